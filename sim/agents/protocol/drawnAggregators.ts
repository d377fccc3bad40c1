import { Effect } from "effect"
import { expectRevert } from "../steps/expectRevert.ts"
import type { Aggregators } from "./aggregators.ts"
import type { Participant } from "../participant.ts"

/** One aggregator is drawn by stake for each round. */
export const drawnAggregators = ({ contracts, plan, account }: Participant): Aggregators => ({
  isMyTurn: Effect.fnUntraced(function* (round) {
    const key = [plan.projectId, BigInt(round)] as const
    // Another aggregator may draw first: then this reverts, and the draw stands.
    yield* expectRevert(contracts.project.write.drawAggregator(key))
    const drawn = yield* contracts.project.read.aggregatorOf(key)
    return drawn.toLowerCase() === account.toLowerCase()
  }),
})

import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { parameterKey } from "../../../chain/suite.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import type { Aggregators } from "./aggregators.ts"
import type { Participant } from "../participant.ts"

/** Blocks between two attempts where nobody can be drawn yet. */
const PATIENCE_BLOCKS = 5n

/** One aggregator is drawn by stake for each round. */
export const drawnAggregators = ({ contracts, plan, account }: Participant): Aggregators => ({
  isMyTurn: Effect.fnUntraced(function* (round) {
    const key = [plan.projectId, BigInt(round)] as const
    // Another aggregator may draw first: then this reverts, and the draw stands.
    yield* expectRevert(contracts.project.write.drawAggregator(key))
    const drawn = yield* contracts.project.read.aggregatorOf(key)
    return drawn.toLowerCase() === account.toLowerCase()
  }),
  nextTurn: Effect.fnUntraced(function* (round) {
    const chain = yield* Chain
    const draws = yield* contracts.project.events.AggregatorDrawn.past()
    const last = draws.findLast(
      ({ args }) => args.projectId === plan.projectId && args.round === BigInt(round),
    )
    const now = yield* chain.blockNumber
    const windowBlocks = yield* contracts.project.read.parameter([parameterKey("aggregatorWindowBlocks")])
    const next = last === undefined ? now : last.log.blockNumber + windowBlocks
    // Nobody is drawn while the round before is disputed or missing.
    return next < now + PATIENCE_BLOCKS ? now + PATIENCE_BLOCKS : next + 1n
  }),
})

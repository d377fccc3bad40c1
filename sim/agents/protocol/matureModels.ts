import { Effect } from "effect"
import { expectRevert } from "../steps/expectRevert.ts"
import type { GlobalModels } from "./globalModels.ts"
import type { Participant } from "../participant.ts"

/** The contract keeps the last model only, and no rounds: the n-th publication is round n's. */
export const matureModels = ({ contracts, plan }: Participant): GlobalModels => {
  const { project } = contracts
  const { projectId, inferencePriceWei } = plan
  const { MatureModelUpdated } = project.events
  const published = Effect.map(MatureModelUpdated.past(), (logs) =>
    logs.filter(({ args }) => args.projectId === projectId).map(({ args }) => args.weightsCid),
  )
  return {
    await: (round) =>
      Effect.scoped(
        Effect.gen(function* () {
          const subscription = yield* MatureModelUpdated.subscribe
          for (;;) {
            const cid = (yield* published)[round - 1]
            if (cid !== undefined) return cid
            yield* subscription.take
          }
        }),
      ),
    latest: Effect.map(published, (cids) => {
      const cid = cids.at(-1)
      return cid === undefined ? undefined : { round: cids.length, cid }
    }),
    publish: ({ cid }) => expectRevert(project.write.setMatureModel([projectId, cid, inferencePriceWei])),
  }
}

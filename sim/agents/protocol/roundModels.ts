import { Effect } from "effect"
import { awaitEvent } from "../steps/awaitEvent.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import type { GlobalModels } from "./globalModels.ts"
import type { Participant } from "../participant.ts"

/** The contract keeps one model a round. */
export const roundModels = ({ contracts, plan }: Participant): GlobalModels => {
  const { project } = contracts
  const { projectId } = plan
  return {
    await: (round) =>
      awaitEvent(
        project.events.GlobalModelPublished,
        Effect.map(project.read.globalModelOf([projectId, BigInt(round)]), (known) =>
          known === "" ? undefined : known,
        ),
        (args) => (args.projectId === projectId && args.round === BigInt(round) ? args.cid : undefined),
      ),
    latest: Effect.gen(function* () {
      const round = yield* project.read.lastRoundOf([projectId])
      if (round === 0n) return undefined
      return { round: Number(round), cid: yield* project.read.globalModelOf([projectId, round]) }
    }),
    publish: ({ round, cid }) =>
      expectRevert(project.write.publishGlobalModel([projectId, BigInt(round), cid])),
  }
}

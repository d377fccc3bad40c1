import { Effect } from "effect"
import { parameterKey } from "../../../chain/suite.ts"
import type { Contracts } from "../contracts.ts"
import type { Participant } from "../participant.ts"
import { expectRevert, unlessReverted } from "../steps/expectRevert.ts"
import type { Modules } from "./modules.ts"

/** A scorecard prices modules, and tasks name theirs. */
export const pricedModules = (
  { contracts, plan }: Participant,
  scorecard: NonNullable<Contracts["scorecard"]>,
): Modules => ({
  propose: ({ capability: { moduleId }, specHash, groundTruthHash }) => {
    const { projectId, learnabilityRewardWei, solverRewardWei } = plan
    const terms = [projectId, specHash, groundTruthHash, learnabilityRewardWei, solverRewardWei] as const
    return unlessReverted(
      moduleId === 0n
        ? contracts.tasks.write.proposeTask(terms)
        : contracts.tasks.write.proposeTaskFor([moduleId, ...terms]),
    )
  },
  placesOfTask: Effect.map(contracts.tasks.read.parameter([parameterKey("maxSolvers")]), Number),
  multiplierOfTask: (taskId) =>
    Effect.map(contracts.tasks.read.moduleOf([taskId]), ({ multiplierBps }) => multiplierBps),
  multiplierNow: ({ moduleId }) => scorecard.read.multiplierBps([moduleId]),
  report: ({ moduleId }, scoreBps) => expectRevert(scorecard.write.reportScore([moduleId, scoreBps])),
})

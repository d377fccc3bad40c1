import { Effect } from "effect"
import type { Participant } from "../participant.ts"
import { unlessReverted } from "../steps/expectRevert.ts"
import type { Modules } from "./modules.ts"

const ONE_BPS = 10_000n

/** The chain knows no modules: only a task's specification names one, and all are worth the same. */
export const unpricedModules = ({ contracts, plan }: Participant): Modules => ({
  propose: ({ specHash, groundTruthHash }) => {
    const { projectId, learnabilityRewardWei, solverRewardWei } = plan
    const terms = [projectId, specHash, groundTruthHash, learnabilityRewardWei, solverRewardWei] as const
    return unlessReverted(contracts.tasks.write.proposeTask(terms))
  },
  // Sets differ, and none says how many: the scenario does.
  placesOfTask: Effect.succeed(plan.solversPerTask),
  multiplierOfTask: () => Effect.succeed(ONE_BPS),
  multiplierNow: () => Effect.succeed(ONE_BPS),
  report: () => Effect.succeed(false),
})

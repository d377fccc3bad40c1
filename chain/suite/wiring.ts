/** How the contracts come to know each other. */
import { forcedErrorRegistryAbi } from "../abi/forcedErrorRegistry.ts"
import { participantStakingAbi } from "../abi/participantStaking.ts"
import { projectAbi } from "../abi/project.ts"
import { resultsRewardsAbi } from "../abi/resultsRewards.ts"
import { taskContractAbi } from "../abi/taskContract.ts"
import type { CoreAddresses, GovernanceAddresses } from "./addresses.ts"
import type { WiredSuiteOptions } from "./options.ts"

/** Who may slash, and who may hold participants to their work. */
export const wireStaking = async (
  { genesis, governance }: WiredSuiteOptions,
  at: CoreAddresses & GovernanceAddresses,
) => {
  const staking = { from: governance, to: at.staking, abi: participantStakingAbi } as const
  for (const slasher of [at.results, at.forcedErrors]) {
    await genesis.call({ ...staking, functionName: "setAuthorizedSlasher", args: [slasher, true] })
  }
  for (const keeper of [at.tasks, at.results]) {
    await genesis.call({ ...staking, functionName: "setAuthorizedDutyKeeper", args: [keeper, true] })
  }
  await genesis.call({ ...staking, functionName: "setTreasury", args: [at.treasury] })
}

export const wireProjectAndTasks = async ({ genesis, governance }: WiredSuiteOptions, at: CoreAddresses) => {
  const project = { from: governance, to: at.project, abi: projectAbi } as const
  await genesis.call({ ...project, functionName: "setAuthorizedDisburser", args: [at.results, true] })
  await genesis.call({ ...project, functionName: "setTaskRewards", args: [at.results] })
  await genesis.call({ ...project, functionName: "setStaking", args: [at.staking] })
  const tasks = { from: governance, to: at.tasks, abi: taskContractAbi } as const
  await genesis.call({ ...tasks, functionName: "setResultsRewardsContract", args: [at.results] })
  const results = { from: governance, to: at.results, abi: resultsRewardsAbi } as const
  await genesis.call({ ...results, functionName: "setProjectContract", args: [at.project] })
  await genesis.call({ ...results, functionName: "setForcedErrorRegistry", args: [at.forcedErrors] })
}

export const wireForcedErrors = async (
  { genesis, governance, keeper }: WiredSuiteOptions,
  at: CoreAddresses & GovernanceAddresses,
) => {
  const registry = { from: governance, to: at.forcedErrors, abi: forcedErrorRegistryAbi } as const
  const args = [at.tasks, at.results, at.treasury] as const
  await genesis.call({ ...registry, functionName: "setContracts", args })
  if (keeper !== undefined) await genesis.call({ ...registry, functionName: "setKeeper", args: [keeper] })
}

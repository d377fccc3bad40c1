/** What prices capabilities, keeps models and judges aggregation: deployed and wired after the training cycle. */
import { modelShardRegistryAbi } from "../abi/modelShardRegistry.ts"
import { participantStakingAbi } from "../abi/participantStaking.ts"
import { projectAbi } from "../abi/project.ts"
import { taskContractAbi } from "../abi/taskContract.ts"
import type { CapabilityAddresses, CoreAddresses } from "./addresses.ts"
import type { WiredSuiteOptions } from "./options.ts"

/** Rejects with `GenesisFailed`. */
export const deployCapability = async (
  options: WiredSuiteOptions,
  core: CoreAddresses,
): Promise<CapabilityAddresses> => {
  const { genesis, governance } = options
  const { token, staking, project } = core
  const scorecard = await genesis.deploy(governance, "CapabilityScorecard", [staking, governance])
  const disputes = await genesis.deploy(governance, "AggregationDisputes", [
    token,
    staking,
    project,
    governance,
  ])
  const shards = await genesis.deploy(governance, "ModelShardRegistry", [staking, governance])
  await wireScorecard(options, core, scorecard)
  await wireDisputes(options, core, disputes)
  const registry = { from: governance, to: shards, abi: modelShardRegistryAbi } as const
  await genesis.call({ ...registry, functionName: "setContracts", args: [project, core.results] })
  return { scorecard, shards, disputes }
}

const wireScorecard = async (
  { genesis, governance }: WiredSuiteOptions,
  { tasks }: CoreAddresses,
  scorecard: CapabilityAddresses["scorecard"],
) => {
  const to = { from: governance, to: tasks, abi: taskContractAbi } as const
  await genesis.call({ ...to, functionName: "setMultiplierSource", args: [scorecard] })
}

const wireDisputes = async (
  { genesis, governance }: WiredSuiteOptions,
  core: CoreAddresses,
  disputes: CapabilityAddresses["disputes"],
) => {
  const staking = { from: governance, to: core.staking, abi: participantStakingAbi } as const
  await genesis.call({ ...staking, functionName: "setAuthorizedSlasher", args: [disputes, true] })
  await genesis.call({ ...staking, functionName: "setAuthorizedDutyKeeper", args: [disputes, true] })
  const project = { from: governance, to: core.project, abi: projectAbi } as const
  await genesis.call({ ...project, functionName: "setDisputes", args: [disputes] })
}

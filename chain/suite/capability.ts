/** What prices capabilities, keeps models and judges aggregation: deployed and wired after the training cycle. */
import { taskContractAbi } from "../abi/taskContract.ts"
import type { CapabilityAddresses, CoreAddresses } from "./addresses.ts"
import type { DeploySuiteOptions } from "./options.ts"

/** Rejects with `GenesisFailed`. */
export const deployCapability = async (
  { genesis, governance }: DeploySuiteOptions,
  { staking, tasks }: CoreAddresses,
): Promise<Pick<CapabilityAddresses, "scorecard">> => {
  const scorecard = await genesis.deploy(governance, "CapabilityScorecard", [staking, governance])
  await genesis.call({
    from: governance,
    to: tasks,
    abi: taskContractAbi,
    functionName: "setMultiplierSource",
    args: [scorecard],
  })
  return { scorecard }
}

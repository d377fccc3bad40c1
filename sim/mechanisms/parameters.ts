/** Every number of the protocol that governance can change, by contract and key in the order of code units. */
import { aggregationParameters } from "./aggregation.ts"
import { capabilityPricingParameters } from "./capabilityPricing.ts"
import { consensusParameters } from "./consensus.ts"
import type { ContractParameter } from "./contractParameter.ts"
import { forcedErrorParameters } from "./forcedErrors.ts"
import { governanceParameters } from "./governance.ts"
import { projectParameters } from "./project.ts"
import { stakingParameters } from "./staking.ts"
import { storageParameters } from "./storage.ts"
import { taskCycleParameters } from "./taskCycle.ts"

/** The name by which scenarios and reports call a parameter: `ResultsRewards.voteCommitBlocks`. */
export const parameterName = ({ contract, key }: Pick<ContractParameter, "contract" | "key">): string =>
  `${contract}.${key}`

const byName = (a: ContractParameter, b: ContractParameter): number =>
  parameterName(a) < parameterName(b) ? -1 : 1

export const contractParameters: readonly ContractParameter[] = [
  ...stakingParameters,
  ...taskCycleParameters,
  ...consensusParameters,
  ...projectParameters,
  ...forcedErrorParameters,
  ...aggregationParameters,
  ...storageParameters,
  ...capabilityPricingParameters,
  ...governanceParameters,
].sort(byName)

/** An entry as plain data: amounts are decimal text. */
export const parameterRecord = (parameter: ContractParameter) => {
  const { unit, min, max, setBy, description } = parameter
  return {
    name: parameterName(parameter),
    unit,
    min: String(min),
    max: String(max),
    default: String(parameter.default),
    setBy,
    description,
  }
}

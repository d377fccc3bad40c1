/** A contract set: which contracts a run deploys, and what they can do. Plain data, so that workers can be sent it. */
import type { CompiledSuite } from "../compile/artifact.ts"
import type { Capabilities } from "./capabilities.ts"

/** What a scenario names. */
export interface ContractChoice {
  /** `builtin`, or the absolute path of a folder of Hardhat or Foundry artifacts. */
  readonly source: "builtin" | (string & {})
  /** Names of rules of the built-in set that are switched off; empty for a folder. */
  readonly rulesOff: readonly string[]
}

export const builtInContracts: ContractChoice = { source: "builtin", rulesOff: [] }

/** Names a choice: `builtin`, `builtin − double-payout, tie-slashes`, `/abs/folder`. The order of the rules does not matter. */
export const contractsKey = ({ source, rulesOff }: ContractChoice): string =>
  rulesOff.length === 0 ? source : `${source} − ${[...rulesOff].sort().join(", ")}`

/** A compiled set, ready to deploy. */
export interface ContractSet {
  readonly choice: ContractChoice
  readonly suite: CompiledSuite
  readonly capabilities: Capabilities
}

import type { Address } from "viem"
import type { Genesis } from "../genesis.ts"
import type { BuiltInAddresses } from "./addresses.ts"
import type { SuiteBounds, SuiteParameter } from "./parameters.ts"

/** What deployed and wired contracts depend on. */
export interface WiredSuiteOptions {
  readonly genesis: Genesis
  /** Deploys the set and governs it until it hands every power to the timelock. */
  readonly governance: Address
  /** Receives the whole supply less the treasury's share; distribute from it with `distributeAtn`. */
  readonly genesisHolder: Address
  /** In whole ATN. */
  readonly supplyAtn?: bigint
  /** Commits and opens forced errors; nobody when absent. */
  readonly keeper?: Address
  /** May veto proposals; nobody when absent. */
  readonly guardian?: Address
  /** What juries may cost the treasury before governance renews the allowance; 10,000 ATN when absent. */
  readonly juryAllowanceWei?: bigint
}

export interface DeploySuiteOptions extends WiredSuiteOptions {
  readonly parameters?: readonly SuiteParameter[]
  /** Bounds that the constitution holds from the start, after the parameters are set; else the technical limits. */
  readonly bounds?: readonly SuiteBounds[]
  /** The treasury's share of the supply; 0 when absent. */
  readonly treasuryWei?: bigint
  /** Paid by the treasury into the pool of the forced-error jackpots; 0 when absent. */
  readonly jackpotPoolWei?: bigint
  /** What else has to be set while `governance` still governs. */
  readonly beforeHandOver?: (at: BuiltInAddresses) => Promise<void>
  /** `deployer`: `governance` keeps all powers, which is good for tests of single contracts only. */
  readonly governedBy?: "timelock" | "deployer"
}

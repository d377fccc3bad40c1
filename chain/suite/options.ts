import type { Address } from "viem"
import type { Genesis } from "../genesis.ts"
import type { SuiteParameter } from "./parameters.ts"

export interface DeploySuiteOptions {
  readonly genesis: Genesis
  /** Deploys the set and governs it; also the token's DAO. */
  readonly governance: Address
  /** Receives slashes and forfeited bonds. */
  readonly treasury: Address
  /** Receives the whole supply; distribute from it with `distributeAtn`. */
  readonly genesisHolder: Address
  /** In whole ATN. */
  readonly supplyAtn?: bigint
  /** Commits and opens forced errors; nobody when absent. */
  readonly keeper?: Address
  readonly parameters?: readonly SuiteParameter[]
}

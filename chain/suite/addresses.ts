/** Where the contracts of a set are. */
import type { Address } from "viem"

/** The contracts that every set has. */
export interface CoreAddresses {
  readonly token: Address
  readonly staking: Address
  readonly project: Address
  readonly tasks: Address
  readonly results: Address
  readonly forcedErrors: Address
}

/** Those of the built-in set's government. */
export interface GovernanceAddresses {
  readonly timelock: Address
  readonly dao: Address
  readonly treasury: Address
  readonly constitution: Address
}

/** Those of the built-in set that price capabilities, keep models and judge aggregation. */
export interface CapabilityAddresses {
  readonly scorecard: Address
  readonly shards: Address
  readonly disputes: Address
}

/** Where the contracts of a set are deployed; what a set does not have is absent. */
export type SuiteAddresses = CoreAddresses & Partial<GovernanceAddresses & CapabilityAddresses>

/** Where the built-in contracts are. */
export type BuiltInAddresses = CoreAddresses & GovernanceAddresses & CapabilityAddresses

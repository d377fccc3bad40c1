import type { StakingRole } from "../mechanisms/staking.ts"

export const roles = [
  "proposer",
  "solver",
  "coordinator",
  "aggregator",
  "validator",
  "curator",
  "provider",
  "keeper",
  "founder",
  "backer",
  "user",
  "holder",
  "builder",
  "outsider",
] as const

/**
 * What an agent does in the protocol. A keeper is named by governance, a founder owns the project that is trained, a
 * backer invests in it, a user buys inference, a holder votes with ATN, a builder orders transactions, an outsider has
 * no part in the protocol at all.
 */
export type Role = (typeof roles)[number]

/** The role in which agents of a role stake when they join; those of the others stake nothing unless they choose to. */
export const stakesAs: Readonly<Partial<Record<Role, StakingRole>>> = {
  proposer: "proposer",
  solver: "solver",
  coordinator: "coordinator",
  aggregator: "aggregator",
  validator: "validator",
  curator: "curator",
  // The registry of shards takes stake in any role.
  provider: "solver",
}

export const roles = ["proposer", "solver", "coordinator", "aggregator", "keeper", "provider"] as const
/**
 * What an agent does in the protocol; a keeper is named by governance and stakes nothing itself, a provider of storage
 * stakes in whatever role.
 */
export type Role = (typeof roles)[number]

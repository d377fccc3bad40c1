/** Roles and stakes: who may take part, and for how long a stake stays after leaving. */
import { ONE, parameterOf, type ContractParameter } from "./contractParameter.ts"

/** Roles by the contracts' own numbers (`uint8 role`). */
export const roleNumbers = {
  proposer: 1,
  solver: 2,
  coordinator: 3,
  aggregator: 4,
  validator: 5,
  curator: 6,
} as const

/** A role that stakes. A keeper is named by governance and has none. */
export type StakingRole = keyof typeof roleNumbers

const parameter = parameterOf("ParticipantStaking")
const MOST_WEI = 10n ** 27n
const DAY_SECONDS = 86_400n

const withArticle = (role: StakingRole): string => `${role === "aggregator" ? "an" : "a"} ${role}`

const minStake = (role: StakingRole, atn: bigint, max = MOST_WEI): ContractParameter =>
  parameter("wei", {
    key: `${role}MinStake`,
    min: 0n,
    max,
    default: atn * ONE,
    description: `Least stake of ${withArticle(role)}; below it an account takes no part.`,
    publicSetter: { functionName: "setMinStake", args: [roleNumbers[role]] },
    publicView: { functionName: "minStakeAmount", args: [roleNumbers[role]] },
  })

const lockup = (role: StakingRole, days: bigint): ContractParameter =>
  parameter("seconds", {
    key: `${role}Lockup`,
    min: 0n,
    max: 365n * DAY_SECONDS,
    default: days * DAY_SECONDS,
    description: `Time between the request of ${withArticle(role)} to unstake and the payment, during which it can still be slashed.`,
    publicSetter: { functionName: "setLockupDuration", args: [roleNumbers[role]] },
    publicView: { functionName: "stakeLockupDuration", args: [roleNumbers[role]] },
  })

export const stakingParameters: readonly ContractParameter[] = [
  minStake("proposer", 100n),
  minStake("solver", 50n),
  minStake("coordinator", 500n),
  minStake("aggregator", 1_000n),
  minStake("validator", 10_000n, 100_000n * ONE),
  minStake("curator", 500n),
  lockup("proposer", 7n),
  lockup("solver", 3n),
  lockup("coordinator", 14n),
  lockup("aggregator", 14n),
  lockup("validator", 21n),
  lockup("curator", 14n),
  parameter("flag", {
    key: "burnSlashed",
    min: 0n,
    max: 1n,
    default: 0n,
    description: "Whether slashed ATN is burned instead of going to the treasury.",
  }),
]

/** The least stake of a role under the scenario's parameters, wei. */
export const minStakeOf = (role: StakingRole, parameters: Readonly<Record<string, bigint>>): bigint => {
  const key = `${role}MinStake`
  const declared = stakingParameters.find((entry) => entry.key === key)
  return parameters[`ParticipantStaking.${key}`] ?? declared?.default ?? 0n
}

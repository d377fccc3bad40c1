/** Who takes part: every agent of a scenario with its name, accounts and means. */
import { Schema } from "effect"
import type { Address } from "viem"
import { addressFromName } from "../../chain/wallet.ts"
import { stakesAs, type Role } from "../agents/role.ts"
import type { AnyStrategy } from "../agents/strategy.ts"
import { forcedErrorParameters } from "../mechanisms/forcedErrors.ts"
import { minStakeOf } from "../mechanisms/staking.ts"
import { minStorageStakeOf } from "../mechanisms/storage.ts"
import { UNSTAKED_CAPITAL_WEI } from "../scenario/limits.ts"
import type { PopulationMember, Scenario, Speed } from "../scenario/scenario.ts"
import { institutions } from "./institutions.ts"

/** One agent before the run begins. */
export interface CastMember {
  /** `solver-3`: role and place. The strategy is no part of it, so that replacing one moves nothing else. */
  readonly name: string
  readonly role: Role
  /** Its place among the agents of its role, from 0. */
  readonly index: number
  readonly strategy: AnyStrategy
  readonly options: Readonly<Record<string, unknown>>
  readonly group: string | undefined
  /** Whose accounts these are, where several agents act for one. */
  readonly owner: string | undefined
  readonly address: Address
  readonly stakeWei: bigint
  /** ATN at genesis, before staking. */
  readonly capitalWei: bigint
  readonly extraAccounts: readonly Address[]
  /** ATN at genesis of each extra account, and what it stakes as a solver. */
  readonly extraCapitalWei: bigint
  readonly extraStakeWei: bigint
  readonly speed: Speed
}

/** All agents, in the order of the scenario. Throws when it names a strategy that is not registered. */
export const castOf = (
  scenario: Scenario,
  strategies: ReadonlyMap<string, AnyStrategy>,
): readonly CastMember[] => {
  const counts = new Map<Role, number>()
  return scenario.population.flatMap((member) => {
    const strategy = strategies.get(member.strategy)
    if (strategy === undefined) throw new Error(`no strategy ${member.strategy} is registered`)
    return Array.from({ length: member.count }, () => {
      const index = counts.get(strategy.role) ?? 0
      counts.set(strategy.role, index + 1)
      return castMember(scenario, member, strategy, index)
    })
  })
}

const castMember = (
  scenario: Scenario,
  member: PopulationMember,
  strategy: AnyStrategy,
  index: number,
): CastMember => {
  const { role } = strategy
  const name = `${role}-${index + 1}`
  const options = Schema.decodeUnknownSync(strategy.optionsSchema)(member.options)
  const stakeWei = stakesAs[role] === undefined ? 0n : (member.stakeWei ?? leastStakeOf(role, scenario))
  const multiple = BigInt(scenario.money.participantStakeMultiple)
  const extraStakeWei = minStakeOf("solver", scenario.parameters)
  const extra = strategy.extraAccounts?.(options) ?? 0
  return {
    name,
    role,
    index,
    strategy,
    options: options as Readonly<Record<string, unknown>>,
    group: member.group,
    owner: member.owner,
    address: addressFromName(name),
    stakeWei,
    capitalWei: member.capitalWei ?? meansOf(role, stakeWei, scenario),
    extraAccounts: Array.from({ length: extra }, (_, account) =>
      addressFromName(`${name}/account-${account + 1}`),
    ),
    extraCapitalWei: multiple * extraStakeWei,
    extraStakeWei,
    speed: member.speed,
  }
}

/** The least that lets it take part: nothing where the role stakes nothing. */
const leastStakeOf = (role: Role, { parameters }: Scenario): bigint => {
  const staking = stakesAs[role]
  if (staking === undefined) return 0n
  const ofRole = minStakeOf(staking, parameters)
  if (role !== "provider") return ofRole
  const ofStorage = minStorageStakeOf(parameters)
  return ofRole > ofStorage ? ofRole : ofStorage
}

/** ATN at genesis of whoever is given none: a multiple of what it binds, or the same for all who bind nothing. */
const meansOf = (role: Role, stakeWei: bigint, scenario: Scenario): bigint => {
  const multiple = BigInt(scenario.money.participantStakeMultiple)
  if (role === "keeper") return multiple * keeperMeans(scenario)
  return stakesAs[role] === undefined ? UNSTAKED_CAPITAL_WEI : multiple * stakeWei
}

/** A keeper binds one bond for each task that it commits to ahead of time. */
const keeperMeans = ({ parameters, tasks }: Scenario): bigint => {
  const declared = forcedErrorParameters.find(({ key }) => key === "keeperBond")
  const bond = parameters["ForcedErrorRegistry.keeperBond"] ?? declared?.default ?? 0n
  return bond * BigInt(tasks.perRound)
}

/** All accounts of an agent, its own first. */
export const accountsOf = ({ address, extraAccounts }: CastMember): readonly Address[] => [
  address,
  ...extraAccounts,
]

export const membersOf = (cast: readonly CastMember[], role: Role): readonly CastMember[] =>
  cast.filter((member) => member.role === role)

/** Who founds the project: the first founder of the cast, or an institution where there is none. */
export const founderOf = (cast: readonly CastMember[]): Address =>
  membersOf(cast, "founder").at(0)?.address ?? institutions.founder

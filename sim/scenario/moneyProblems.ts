/** Whether the ATN of a scenario suffice, before any contract says so. */
import { atnToWeiUnsafe, WEI_PER_ATN } from "./amount.ts"
import { roles, stakesAs } from "../agents/role.ts"
import { UNSTAKED_CAPITAL_WEI } from "./limits.ts"
import { parameterValue } from "./parameterValue.ts"
import { problem, roleOf } from "./problems.ts"
import { parameterName, type Registries } from "./registries.ts"
import type { ScenarioFile } from "./schema.ts"
import type { SchemaProblem } from "./schemaProblems.ts"
import { tasksPerRound } from "./tasksPerRound.ts"

const UNSTAKED: ReadonlySet<string> = new Set(roles.filter((role) => stakesAs[role] === undefined))

/** Genesis can't hand out more than there is, and nobody may take part with less than its role requires. */
export function moneyProblems(
  file: ScenarioFile,
  registries: Registries,
  options: readonly Readonly<Record<string, unknown>>[],
): readonly SchemaProblem[] {
  const { money, population } = file
  const supply = atnToWeiUnsafe(money.supplyAtn)
  const treasury = (supply * BigInt(money.treasuryShareBps)) / 10_000n
  const multiple = BigInt(money.participantStakeMultiple)
  const solver = leastStake("solver", file, registries)
  const means = (strategy: string, stake: bigint): bigint => {
    const role = roleOf(strategy)
    if (role === "keeper") return keeperBonds(file, registries) * multiple
    return UNSTAKED.has(role) ? UNSTAKED_CAPITAL_WEI : stake * multiple
  }
  const problems: SchemaProblem[] = []
  if (atnToWeiUnsafe(money.jackpotPoolAtn) > treasury) {
    const message = `expected at most ${weiToText(treasury)} ATN, the treasury's share, which fills it, found ${money.jackpotPoolAtn}`
    problems.push(problem(["money", "jackpotPoolAtn"], message))
  }
  let given = treasury + atnToWeiUnsafe(money.projectFundingAtn)
  population.forEach(({ strategy, stakeAtn, capitalAtn, count }, index) => {
    const least = leastStake(roleOf(strategy), file, registries)
    const stake = stakeAtn === undefined ? least : atnToWeiUnsafe(stakeAtn)
    const capital = capitalAtn === undefined ? means(strategy, stake) : atnToWeiUnsafe(capitalAtn)
    const extra = registries.strategies.get(strategy)?.extraAccounts?.(options[index] ?? {}) ?? 0
    if (!Number.isInteger(extra) || extra < 0 || extra > MOST_EXTRA_ACCOUNTS) {
      const expected = `expected a whole number from 0 to ${MOST_EXTRA_ACCOUNTS}`
      problems.push(
        problem(["population", index, "strategy"], `its extraAccounts: ${expected}, found ${String(extra)}`),
      )
      return
    }
    const tooLittle = (key: string, bound: bigint, of: string, found: unknown) =>
      problems.push(
        problem(
          ["population", index, key],
          `expected at least ${weiToText(bound)} ATN, ${of}, found ${String(found)}`,
        ),
      )
    if (stake < least) tooLittle("stakeAtn", least, "the least stake of the role", stakeAtn)
    if (capital < stake) tooLittle("capitalAtn", stake, "the agent's stake", capitalAtn)
    given += (capital + BigInt(extra) * solver * multiple) * BigInt(count)
  })
  if (given > supply) {
    const least = (given + WEI_PER_ATN - 1n) / WEI_PER_ATN
    const message = `expected at least ${least} ATN (treasury, project and participants), found ${money.supplyAtn}`
    problems.push(problem(["money", "supplyAtn"], message))
  }
  return problems
}

/** That a strategy may want for each of its agents. */
const MOST_EXTRA_ACCOUNTS = 10_000

/** None for roles that stake nothing; a provider stakes as a solver, with what the registry of shards asks for. */
function leastStake(role: string, file: ScenarioFile, registries: Registries): bigint {
  if (role === "provider") {
    const ofRole = leastStake("solver", file, registries)
    const ofStorage = parameterOf("ModelShardRegistry", "minStorageStake", file, registries)
    return ofRole > ofStorage ? ofRole : ofStorage
  }
  return parameterOf("ParticipantStaking", `${role}MinStake`, file, registries)
}

/** What a keeper binds for the tasks of one round. */
function keeperBonds(file: ScenarioFile, registries: Registries): bigint {
  return parameterOf("ForcedErrorRegistry", "keeperBond", file, registries) * BigInt(tasksPerRound(file))
}

/** The contract parameter as the scenario sets it, or its default; 0 where there is none. */
function parameterOf(contract: string, key: string, file: ScenarioFile, { parameters }: Registries): bigint {
  const entry = parameters.find((each) => each.contract === contract && each.key === key)
  if (entry === undefined) return 0n
  const written = parameterValue(file.parameters[parameterName(entry)], entry.unit)
  return typeof written === "bigint" ? written : entry.default
}

/** Whole ATN as they are, parts of one exactly. */
function weiToText(wei: bigint): string {
  const fraction = String(wei % WEI_PER_ATN)
    .padStart(18, "0")
    .replace(/0+$/, "")
  return `${wei / WEI_PER_ATN}${fraction === "" ? "" : `.${fraction}`}`
}

/**
 * What a trial may change where: the rule off leaves the attacker as it is, and the attacker chooses for nobody but itself.
 * Told from the resolved scenarios, whatever paths and files were written to get there.
 */
import { isDeepStrictEqual } from "node:util"
import type { PopulationMember, Scenario } from "./scenario.ts"

/** What is wrong with changes that switch a rule off; undefined where they leave the attacker alone. */
export function offScopeProblem(attacker: string, on: Scenario, off: Scenario): string | undefined {
  const changed = changedMember(on, off, (member) => isOf(member, attacker))
  if (changed === undefined) return undefined
  return `expected changes that switch the rule off, found a change of the attacker itself (${changed}): what it may choose stands under trial.search.factors`
}

/** What is wrong with a factor; undefined where it leaves all others alone. */
export function factorScopeProblem(attacker: string, on: Scenario, varied: Scenario): string | undefined {
  const changed = changedMember(on, varied, (member) => !isOf(member, attacker))
  if (changed === undefined) return undefined
  return `expected what the attacker chooses, found a change of others (${changed}): only entries of the population whose owner or group is ${attacker} are its own`
}

const isOf = ({ owner, group }: PopulationMember, attacker: string): boolean =>
  owner === attacker || group === attacker

/** `population[3], solver/honest`: the first entry of these that is another, or not among them any more. */
function changedMember(
  before: Scenario,
  after: Scenario,
  isMeant: (member: PopulationMember) => boolean,
): string | undefined {
  const length = Math.max(before.population.length, after.population.length)
  for (let index = 0; index < length; index++) {
    const [was, is] = [before.population[index], after.population[index]]
    const member = [was, is].find((each) => each !== undefined && isMeant(each))
    if (member !== undefined && !isDeepStrictEqual(was, is)) return `population[${index}], ${member.strategy}`
  }
  return undefined
}

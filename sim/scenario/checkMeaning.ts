/** What a schema can't see: strategies' own options, names used in statements, sums of money. */
import type { Schema } from "effect"
import { metricTerms, metricLabel, type MetricTerm } from "../results/expectation.ts"
import { parseExpectation, parseExpression } from "../results/expectationParser.ts"
import { isSubjectMetric, RUN_METRICS, SUBJECT_METRICS } from "../results/metrics.ts"
import { aggregationProblems } from "./aggregationProblems.ts"
import { attackProblems } from "./attackProblems.ts"
import { capabilityProblems } from "./capabilityProblems.ts"
import { contractsProblem } from "./contractsField.ts"
import { dataProblems } from "./dataProblems.ts"
import { didYouMean } from "./didYouMean.ts"
import { leakProblems } from "./leakProblems.ts"
import { type Path, show } from "./problem.ts"
import { moneyProblems } from "./moneyProblems.ts"
import { networkProblems } from "./networkProblems.ts"
import { sayingThatUnread } from "./optionFiles.ts"
import { problem, roleOf } from "./problems.ts"
import { replicatesProblems } from "./replicatesProblems.ts"
import { surrogateProblems } from "./surrogateProblems.ts"
import { taskProblems } from "./taskProblems.ts"
import { clientFractionProblems } from "./tasksPerRound.ts"
import { unitProblems } from "./unitProblems.ts"
import { factorProblems } from "./trialFactors.ts"
import { takesOptions, type Registries } from "./registries.ts"
import type { ScenarioFile } from "./schema.ts"
import { decodeStrictly, type SchemaProblem } from "./schemaProblems.ts"

export interface Meaning {
  /** Decoded options of the strategies, by population entry. */
  readonly options: readonly Readonly<Record<string, unknown>>[]
  readonly problems: readonly SchemaProblem[]
}

export function checkMeaning(file: ScenarioFile, registries: Registries): Meaning {
  const decoded = file.population.map((entry, index) => strategyOptions(entry, index, registries))
  const options = decoded.map((entry) => entry.options)
  return {
    options,
    problems: [
      ...decoded.flatMap(({ problems }) => problems),
      ...populationProblems(file),
      ...dataProblems(file),
      ...capabilityProblems(file),
      ...contractProblems(file),
      ...leakProblems(file, registries),
      ...taskProblems(file, registries),
      ...clientFractionProblems(file),
      ...aggregationProblems(file),
      ...attackProblems(file, options),
      ...surrogateProblems(file, options),
      ...networkProblems(file),
      ...replicatesProblems(file),
      ...moneyProblems(file, registries, options),
      ...statementProblems(file, registries),
      ...unitProblems(file),
      ...trialProblems(file),
    ],
  }
}

type Entry = ScenarioFile["population"][number]

function strategyOptions(entry: Entry, index: number, registries: Registries) {
  const path: Path = ["population", index, "options"]
  const strategy = registries.strategies.get(entry.strategy)
  const schema: Schema.ConstraintDecoder<unknown> | undefined = strategy?.optionsSchema
  if (schema === undefined || !takesOptions(schema)) {
    const keys = Object.keys(entry.options)
    const problems = keys.map((key) =>
      problem([...path, key], `unknown key; ${entry.strategy} takes no options`, true),
    )
    return { options: {}, problems }
  }
  const decoded = decodeStrictly(schema, entry.options, path)
  return decoded._tag === "failed"
    ? { options: {}, problems: decoded.problems.map(sayingThatUnread(strategy, entry.options)) }
    : { options: decoded.value as Readonly<Record<string, unknown>>, problems: [] }
}

function populationProblems(file: ScenarioFile): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = []
  const groups = new Map<string, number>()
  const roles = new Set(file.population.map((entry) => roleOf(entry.strategy)))
  const ownGroups = new Set(file.population.map(({ group }) => group))
  file.population.forEach(({ strategy, count, group, owner }, index) => {
    if (owner !== undefined && (roles.has(owner) || ownGroups.has(owner))) {
      const message = `expected a name that is no role and no group, found ${show(owner)}`
      problems.push(problem(["population", index, "owner"], message))
    }
    if (group === undefined) return
    const path = ["population", index, "group"]
    if (roles.has(group))
      problems.push(problem(path, `expected a name that is no role, found ${show(group)}`))
    if (groups.has(group)) {
      problems.push(
        problem(path, `expected a group of its own, found that of population[${groups.get(group)}]`),
      )
    }
    groups.set(group, index)
    if (count === 0)
      problems.push(problem(path, `expected agents in the group, found a count of 0 of ${strategy}`))
  })
  if (file.population.every(({ count }) => count === 0)) {
    problems.push(problem(["population"], "expected at least one agent, found counts of 0 only"))
  }
  return problems
}

function contractProblems({ contracts }: ScenarioFile): readonly SchemaProblem[] {
  const message = contractsProblem(contracts)
  return message === undefined ? [] : [problem(["contracts"], message)]
}

function statementProblems(file: ScenarioFile, registries: Registries): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = []
  // A comparison may bring in strategies that the base has not.
  const subjects = subjectsOf(file, file.comparisons.length > 0 ? [...registries.strategies.keys()] : [])
  const baseSubjects = subjectsOf(file, [])
  const checkTerms = (terms: readonly MetricTerm[], path: Path, known: readonly string[]) => {
    for (const term of terms) {
      const message = termProblem(term, known, registries)
      if (message !== undefined) problems.push(problem(path, message))
    }
  }
  file.expectations.forEach((entry, index) => {
    const path: Path =
      typeof entry === "string" ? ["expectations", index] : ["expectations", index, "statement"]
    const parsed = parseExpectation(typeof entry === "string" ? entry : entry.statement)
    if (parsed._tag === "failed") return
    checkTerms([...metricTerms(parsed.value.left), ...metricTerms(parsed.value.right)], path, baseSubjects)
  })
  if (file.trial !== undefined) {
    const path: Path = ["trial", "success"]
    const parsed = parseExpectation(file.trial.success)
    if (parsed._tag === "parsed")
      checkTerms([...metricTerms(parsed.value.left), ...metricTerms(parsed.value.right)], path, baseSubjects)
  }
  file.comparisons.forEach(({ measures }, index) => {
    measures.forEach((measure, position) => {
      const path: Path = ["comparisons", index, "measures", position]
      const parsed = parseExpression(measure)
      if (parsed._tag === "failed") problems.push(problem(path, `expected a metric: ${parsed.message}`))
      else checkTerms(metricTerms(parsed.value), path, subjects)
    })
  })
  return problems
}

function trialProblems({ trial, population }: ScenarioFile): readonly SchemaProblem[] {
  if (trial === undefined) return []
  const problems = [...factorProblems(trial)]
  const present = population.filter(({ count }) => count > 0)
  const names = [...new Set(present.flatMap(({ owner, group }) => [owner ?? [], group ?? []].flat()))]
  if (!names.includes(trial.attacker)) {
    const known = names.length === 0 ? "; the population has none" : `; known: ${names.join(", ")}`
    const hint = didYouMean(trial.attacker, names)
    const message = `expected an owner or a group of the population, found ${show(trial.attacker)}${hint}${known}`
    problems.push(problem(["trial", "attacker"], message))
  }
  if (/\bmargin\b/.test(trial.success)) {
    problems.push(
      problem(["trial", "success"], "expected the margin under trial.margin, found it in the statement"),
    )
  }
  if (/\bat\s+[\d.]/.test(trial.success)) {
    const message = "expected a statement without a confidence, which all trials have together, found one"
    problems.push(problem(["trial", "success"], message))
  }
  return problems
}

function subjectsOf(file: ScenarioFile, more: readonly string[]): readonly string[] {
  const present = file.population.filter(({ count }) => count > 0)
  const names = [
    ...present.flatMap(({ strategy, group, owner }) => [
      strategy,
      roleOf(strategy),
      group ?? strategy,
      owner ?? strategy,
    ]),
    ...more,
  ]
  return [...new Set(names)].sort()
}

function termProblem(
  term: MetricTerm,
  subjects: readonly string[],
  registries: Registries,
): string | undefined {
  if (term.subject === undefined) {
    const known = [...new Set([...RUN_METRICS, ...(registries.runMetrics ?? [])])]
    if (isSubjectMetric(term.name) && !known.includes(term.name)) {
      return `expected a strategy, group or role, as in ${term.name}(${subjects[0] ?? "solver/honest"}), found none`
    }
    if (registries.runMetrics === undefined || known.includes(term.name)) return undefined
    return `expected a metric of the run, found ${term.name}${didYouMean(term.name, known)}; known: ${known.join(", ")}`
  }
  if (!isSubjectMetric(term.name)) {
    const hint = didYouMean(term.name, SUBJECT_METRICS)
    return `expected a metric of agents, found ${term.name}${hint}; known: ${SUBJECT_METRICS.join(", ")}`
  }
  if (subjects.includes(term.subject)) return undefined
  const hint = didYouMean(term.subject, subjects)
  return `expected a strategy, group or role of the population in ${metricLabel(term)}, found ${term.subject}${hint}`
}

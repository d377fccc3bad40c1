/** The front door: a scenario file becomes an experiment's plan, or an error that says everything that is wrong. */
import { Effect } from "effect"
import { parseExpectation, parseExpression, type Parsed } from "../results/expectationParser.ts"
import { dirname } from "node:path"
import { absoluteContracts } from "./contractsField.ts"
import { checkMeaning } from "./checkMeaning.ts"
import { looksOf, mostReplicates } from "./replicatesField.ts"
import { inlineOptionFiles } from "./optionFiles.ts"
import { override, parseAssignment } from "./override.ts"
import type { ExperimentPlan, PlannedComparison, PlannedTrial } from "./plan.ts"
import { invalidScenario, printPath, type InvalidScenario, type Path, type Problem } from "./problem.ts"
import type { Registries } from "./registries.ts"
import { resolveScenario } from "./resolveScenario.ts"
import { isSameWorld } from "./sameWorld.ts"
import type { Scenario, StrategyFile } from "./scenario.ts"
import { readScenarioFile } from "./scenarioFile.ts"
import { scenarioFileSchema, type ScenarioFile } from "./schema.ts"
import { absoluteStrategies, loadStrategies, nameStrategies } from "./strategyFiles.ts"
import { decodeStrictly, valueAt, type SchemaProblem } from "./schemaProblems.ts"
import { factorScopeProblem, offScopeProblem } from "./trialScope.ts"
import { edgesOf, factorsOf } from "./trialFactors.ts"
import { readYaml, type SourceDocument } from "./yamlDocument.ts"

export interface LoadOptions {
  readonly registries: Registries
  /** Changes `path=value` in the order given, as from `--set`. */
  readonly set?: readonly string[] | undefined
  /** The first seed, in place of the file's. */
  readonly seed?: number | undefined
  /** The number of replicates, in place of the file's. */
  readonly replicates?: number | undefined
  /** The contracts, in place of the file's: `builtin`, or a folder relative to the working directory. */
  readonly contracts?: string | undefined
  /** Rules of the built-in contracts that are switched off beside those of the file. */
  readonly rulesOff?: readonly string[] | undefined
}

/** Reads and checks a scenario file. Fails with `InvalidScenario`, which lists every problem with its position. */
export const loadScenario = Effect.fnUntraced(function* (
  file: string,
  options: LoadOptions,
): Effect.fn.Return<ExperimentPlan, InvalidScenario> {
  const read = readScenarioFile(file)
  if (read._tag === "failed") return yield* invalidScenario(file, [{ path: [], message: read.message }])
  return yield* loadScenarioText(file, read.text, options)
})

/** `loadScenario` for text that is already there; `file` names it in errors. */
export const loadScenarioText = Effect.fnUntraced(function* (
  file: string,
  text: string,
  options: LoadOptions,
): Effect.fn.Return<ExperimentPlan, InvalidScenario> {
  const { plan } = yield* openScenarioText(file, text, options)
  return plan
})

/** A scenario with its plan, of which variants can be had without reading it again. */
export interface OpenScenario {
  readonly plan: ExperimentPlan
  /** The scenario with changes by path, in their order; folders of contracts in them are relative to the file. */
  readonly vary: (changes: Readonly<Record<string, unknown>>) => Variant
}

export type Variant =
  | { readonly _tag: "scenario"; readonly scenario: Scenario }
  | { readonly _tag: "impossible"; readonly message: string }

/** `loadScenarioText` for those who will ask for variants. */
export const openScenarioText = Effect.fnUntraced(function* (
  file: string,
  text: string,
  { registries, set = [], seed, replicates, contracts, rulesOff = [] }: LoadOptions,
): Effect.fn.Return<OpenScenario, InvalidScenario> {
  const yaml = readYaml(text)
  if (yaml._tag === "failed") return yield* invalidScenario(file, yaml.problems)
  const draft = new Draft(yaml.document, registries, dirname(file))
  for (const assignment of set) draft.assign(assignment, `--set ${assignment}`)
  if (seed !== undefined) draft.assign(`seed=${seed}`, `--seed ${seed}`)
  if (replicates !== undefined) draft.assign(`replicates=${replicates}`, `--replicates ${replicates}`)
  if (contracts !== undefined) draft.chooseContracts(contracts)
  for (const rule of rulesOff) draft.switchOff(rule)
  yield* draft.loadStrategies()
  const plan = draft.plan()
  if (draft.problems.length > 0 || plan === undefined) return yield* invalidScenario(file, draft.problems)
  return { plan, vary: (changes) => draft.vary(changes) }
})

interface Checked {
  readonly file: ScenarioFile
  readonly scenario: Scenario
}

/** A document on its way to a plan, collecting problems. */
class Draft {
  readonly problems: Problem[] = []
  readonly #source: SourceDocument
  #schema: ReturnType<typeof scenarioFileSchema> | undefined
  #registries: Registries
  /** Where values came from that are not in the file, in that order. */
  #origins: readonly { readonly path: Path; readonly origin: string }[] = []
  /** The folder of the file, to which folders of contracts in it are relative. */
  readonly #base: string
  readonly #contractFolders = new Map<string, string>()
  readonly #strategyPaths = new Map<string, string>()
  #strategyFiles: readonly StrategyFile[] = []
  #strategiesFailed = false
  #document: unknown

  constructor(source: SourceDocument, registries: Registries, base: string) {
    this.#source = source
    this.#registries = registries
    this.#base = base
    this.#document = this.#absolute(source.value, base)
  }

  /** Applies `path=value`; `origin` names the flag in errors. */
  assign(assignment: string, origin: string): void {
    const parsed = parseAssignment(assignment)
    if (parsed._tag === "failed") return this.#note({ path: [], origin, message: parsed.message })
    const changed = override(this.#document, parsed.path, parsed.value)
    if (changed._tag === "failed") return this.#note({ path: [], origin, message: changed.message })
    this.#document = this.#absolute(changed.value, ".")
    this.#comes(changed.path, origin)
  }

  /** Puts other contracts in the place of the document's. */
  chooseContracts(source: string): void {
    const changed = override(this.#document, "contracts", source)
    if (changed._tag === "failed") return
    this.#document = this.#absolute(changed.value, ".")
    this.#comes(["contracts"], `--contracts ${source}`)
  }

  /** Switches a rule off beside those that are off already. */
  switchOff(rule: string): void {
    const written = valueAt(this.#document, ["contracts", "rulesOff"])
    const off: readonly unknown[] = Array.isArray(written) ? written : []
    const changed = override(this.#document, "contracts.rulesOff", [...off, rule])
    if (changed._tag === "failed") return
    this.#document = changed.value
    this.#comes(["contracts", "rulesOff", off.length], `--rule-off ${rule}`)
  }

  /** Loads the strategies that are named by file; from then on they have the names that they give themselves. */
  loadStrategies(): Effect.Effect<void> {
    return Effect.map(loadStrategies(this.#document, this.#registries.strategies), (loaded) => {
      for (const { path, message } of loaded.problems) {
        this.#note(this.#located({ path, atKey: false, message: this.#asGiven(message) }))
      }
      this.#strategiesFailed = loaded.problems.length > 0
      if (loaded.files.length === 0) return
      this.#document = nameStrategies(this.#document, loaded.names)
      this.#registries = { ...this.#registries, strategies: loaded.strategies }
      this.#strategyFiles = loaded.files
    })
  }

  #asGiven(message: string): string {
    const longestFirst = [...this.#strategyPaths].sort(([a], [b]) => b.length - a.length)
    return longestFirst.reduce((text, [path, file]) => text.replaceAll(path, file), message)
  }

  /** The document with the folder of its contracts and its files of strategies absolute, and files of options read. */
  #absolute(written: unknown, base: string): unknown {
    const document = absoluteStrategies(
      inlineOptionFiles(written, base, this.#registries.strategies),
      base,
      (path, file) => void this.#strategyPaths.set(path, file),
    )
    if (typeof document !== "object" || document === null || !("contracts" in document)) return document
    const given = (folder: string, name: string) => void this.#contractFolders.set(folder, name)
    return { ...document, contracts: absoluteContracts(document.contracts, base, given) }
  }

  plan(): ExperimentPlan | undefined {
    // A strategy that could not be loaded is no unknown one: what is wrong with it has been said.
    if (this.#strategiesFailed) return undefined
    const base = this.#check(this.#document, (problem) => this.#note(this.#located(problem)))
    if (base === undefined) return undefined
    const comparisons = base.file.comparisons.flatMap((_, index) => this.#comparison(base.file, index) ?? [])
    const trial = this.#trial(base)
    const names = base.file.comparisons.map(({ name }) => name)
    names.forEach((name, index) => {
      if (names.indexOf(name) < index) {
        const path = ["comparisons", index, "name"]
        this.#note(
          this.#located({ path, atKey: false, message: `expected a name of its own, found ${name} again` }),
        )
      }
    })
    if (this.problems.length > 0) return undefined
    const expectations = base.file.expectations.map((entry) => {
      const { statement, why } = typeof entry === "string" ? { statement: entry, why: undefined } : entry
      return { statement, why, expectation: must(parseExpectation(statement)) }
    })
    const contractFolders = Object.fromEntries(this.#contractFolders)
    const strategyPaths = Object.fromEntries(this.#strategyPaths)
    const given = this.#strategyFiles.length === 0 ? {} : { strategyPaths }
    const looks = looksOf(
      base.file.replicates,
      expectations.map(({ expectation }) => expectation.confidence),
    )
    return { base: base.scenario, looks, comparisons, expectations, trial, contractFolders, ...given }
  }

  /** A variant of a document that has a plan. */
  vary(changes: Readonly<Record<string, unknown>>): Variant {
    const scenario = this.#variant(changes, [])
    if (scenario !== undefined) return { _tag: "scenario", scenario }
    return {
      _tag: "impossible",
      message: this.problems
        .splice(0)
        .map(({ message }) => message)
        .join("; "),
    }
  }

  /** Decodes and resolves one variant of the document. */
  #check(document: unknown, report: (problem: SchemaProblem) => void): Checked | undefined {
    const decoded = decodeStrictly((this.#schema ??= scenarioFileSchema(this.#registries)), document)
    if (decoded._tag === "failed") {
      decoded.problems.forEach(report)
      return undefined
    }
    const { options, problems } = checkMeaning(decoded.value, this.#registries)
    problems.forEach(report)
    if (problems.length > 0) return undefined
    return {
      file: decoded.value,
      scenario: resolveScenario(decoded.value, options, this.#registries.parameters, this.#strategyFiles),
    }
  }

  #comparison(file: ScenarioFile, index: number): PlannedComparison | undefined {
    const { name, question, set, measures } = file.comparisons[index]!
    const scenario = this.#variant(set, ["comparisons", index, "set"])
    if (scenario === undefined) return undefined
    const parsed = measures.map((source) => ({ source, expression: must(parseExpression(source)) }))
    return { name, question, set, scenario, measures: parsed }
  }

  /** The trial, once its rule can be switched off and each end of its factors is something that a scenario can have. */
  #trial({ file: { trial }, scenario: on }: Checked): PlannedTrial | undefined {
    if (trial === undefined) return undefined
    const { attack, role, attacker, success, margin, defence } = trial
    const factors = factorsOf(trial)
    this.#switchedOff(defence.off, on, attacker)
    for (const factor of factors) {
      const here: Path = ["trial", "search", "factors"]
      // One wrong value of a factor is enough to say.
      edgesOf(factor).every((value) => {
        const varied = this.#variant({ [factor.path]: value }, here)
        const message = varied && factorScopeProblem(attacker, on, varied)
        if (message !== undefined)
          this.#note(this.#located({ path: [...here, factor.path], atKey: true, message }))
        return varied !== undefined && message === undefined
      })
    }
    return {
      attack,
      role,
      attacker,
      success: { statement: success, expectation: must(parseExpectation(success)) },
      margin,
      rule: defence.rule,
      off: defence.off,
      factors,
    }
  }

  /** Tries the changes that switch a trial's rule off. */
  #switchedOff(changes: Readonly<Record<string, unknown>>, on: Scenario, attacker: string): void {
    const here: Path = ["trial", "defence", "off"]
    const off = this.#variant(changes, here)
    if (off === undefined) return
    const ofAttacker = offScopeProblem(attacker, on, off)
    if (ofAttacker !== undefined)
      return this.#note(this.#located({ path: here, atKey: false, message: ofAttacker }))
    // Flags may have switched it off before: that is how a run without the rule is played again.
    if (this.#origins.length > 0) return
    if (!isSameWorld(on, off, this.#registries.parameters)) return
    const message = "expected changes that switch the rule off, found the same scenario with and without them"
    this.#note(this.#located({ path: here, atKey: false, message }))
  }

  /** The scenario with changes that the file makes at `here`, a map of paths to values. */
  #variant(set: Readonly<Record<string, unknown>>, here: Path): Scenario | undefined {
    // A variant has no variants of its own, and the statements are judged over the base.
    const { trial: _trial, ...world } = this.#document as Partial<ScenarioFile>
    let document: unknown = {
      ...world,
      // Nor do they wait for anything to be decided.
      ...(world.replicates === undefined ? {} : { replicates: mostReplicates(world.replicates) }),
      comparisons: [],
      expectations: [],
    }
    for (const [path, value] of Object.entries(set)) {
      const changed = override(document, path, value)
      if (changed._tag === "failed") {
        this.#note(this.#located({ path: [...here, path], atKey: true, message: changed.message }))
        return undefined
      }
      if (NO_PART_OF_THE_WORLD.includes(String(changed.path[0]))) {
        const message = `expected a change of the world, found one of ${printPath(changed.path)}`
        this.#note(this.#located({ path: [...here, path], atKey: true, message }))
        return undefined
      }
      document = this.#absolute(changed.value, this.#base)
    }
    const checked = this.#check(document, ({ path, message }) =>
      this.#note(
        this.#located({ path: here, atKey: true, message: `makes ${printPath(path)} wrong: ${message}` }),
      ),
    )
    return checked?.scenario
  }

  /** A value at `path` comes from there, and no more from what put it or parts of it there before. */
  #comes(path: Path, origin: string): void {
    this.#origins = [...this.#origins.filter((earlier) => !startsWith(earlier.path, path)), { path, origin }]
  }

  /** Names the flags that put the value there or a part of it, and the place in the file where some of it is. */
  #located({ path, atKey, message }: SchemaProblem): Problem {
    const whole = this.#origins.filter((origin) => startsWith(path, origin.path))
    const parts = path.length === 0 ? [] : this.#origins.filter((origin) => liesWithin(origin.path, path))
    const flags = [...whole.slice(-1), ...parts].map(({ origin }) => origin)
    const origin = flags.length === 0 ? undefined : flags.join(" ")
    if (whole.length > 0) return { path, origin, message }
    return { path, position: this.#source.positionOf(path, atKey ? "key" : "value"), origin, message }
  }

  #note(problem: Problem): void {
    this.problems.push(problem)
  }
}

const NO_PART_OF_THE_WORLD = [
  "comparisons",
  "expectations",
  "trial",
  "seed",
  "replicates",
  "name",
  "title",
  "description",
  "version",
]

function liesWithin(path: Path, whole: Path): boolean {
  return path.length > whole.length && startsWith(path, whole)
}

function startsWith(path: Path, prefix: Path): boolean {
  return prefix.length <= path.length && prefix.every((step, index) => path[index] === step)
}

/** For texts that the checks have already parsed. */
function must<A>(parsed: Parsed<A>): A {
  if (parsed._tag === "failed") throw new Error(`unparsable after checking: ${parsed.message}`)
  return parsed.value
}

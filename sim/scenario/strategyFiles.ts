/**
 * Strategies that a scenario names by file. In the file a path is relative to the file, on the command line to the
 * working directory; from the loading on, each strategy has the name that it gives itself, like those that ship.
 */
import { Effect } from "effect"
import { loadStrategy, type LoadedStrategy } from "../outside/loadStrategy.ts"
import { StrategyFileRefused } from "../outside/loadRefused.ts"
import { absoluteReference, strategyReference } from "../outside/strategyReference.ts"
import type { Path } from "./problem.ts"
import { problem } from "./problems.ts"
import type { StrategyEntry } from "./registries.ts"
import type { StrategyFile } from "./scenario.ts"
import type { SchemaProblem } from "./schemaProblems.ts"

/** Every reference made absolute; `given` is told each path with the one that was written. */
export const absoluteStrategies = (
  document: unknown,
  base: string,
  given: (path: string, file: string) => void,
): unknown => mapStrategies(document, (text) => absoluteReference(text, base, given))

/** Every reference replaced by the name that stands for it. */
export const nameStrategies = (document: unknown, names: ReadonlyMap<string, string>): unknown =>
  mapStrategies(document, (text) => names.get(text) ?? text)

/** A copy in which `change` was applied to all that names a strategy: fields, and changes of them by path. */
function mapStrategies(
  node: unknown,
  change: (text: string, path: Path) => string,
  path: Path = [],
): unknown {
  if (Array.isArray(node)) return node.map((item, index) => mapStrategies(item, change, [...path, index]))
  if (typeof node !== "object" || node === null) return node
  const entries = Object.entries(node).map(([key, value]) => {
    const here = [...path, key]
    return [
      key,
      NAMES.test(key) ? mapNames(value, change, here) : mapStrategies(value, change, here),
    ] as const
  })
  return Object.fromEntries(entries)
}

const NAMES = /(^|\.)strategy$/

/** One name, or the values of a factor of a search. */
function mapNames(value: unknown, change: Change, path: Path): unknown {
  if (typeof value === "string") return change(value, path)
  if (typeof value !== "object" || value === null || !("values" in value) || !Array.isArray(value.values))
    return value
  const values = value.values.map((item, index) => mapNames(item, change, [...path, "values", index]))
  return { ...value, values }
}

type Change = (text: string, path: Path) => string

export interface LoadedStrategies {
  /** The known strategies and the loaded ones. */
  readonly strategies: ReadonlyMap<string, StrategyEntry>
  /** Names by reference. */
  readonly names: ReadonlyMap<string, string>
  readonly files: readonly StrategyFile[]
  readonly problems: readonly SchemaProblem[]
}

/** Loads what a document names by file; its references are absolute. */
export const loadStrategies = Effect.fnUntraced(function* (
  document: unknown,
  known: ReadonlyMap<string, StrategyEntry>,
): Effect.fn.Return<LoadedStrategies> {
  const places = new Map<string, Path>()
  mapStrategies(document, (text, path) => {
    if (strategyReference(text) !== undefined && !places.has(text)) places.set(text, path)
    return text
  })
  const strategies = new Map(known)
  const names = new Map<string, string>()
  const files: StrategyFile[] = []
  const problems: SchemaProblem[] = []
  for (const [text, place] of places) {
    const { file: path, exportName } = strategyReference(text)!
    const loaded = yield* Effect.promise(() => loadOrRefuse(path, exportName))
    if (loaded instanceof StrategyFileRefused) {
      problems.push(problem(place, `${text}: ${loaded.message}`))
      continue
    }
    const { strategy, modules } = loaded
    if (strategies.has(strategy.name)) {
      const whose = known.has(strategy.name) ? "which ships" : "which another file has"
      const message = `${text}: name: expected a name of its own, found ${strategy.name}, ${whose}`
      problems.push(problem(place, message))
      continue
    }
    strategies.set(strategy.name, strategy)
    names.set(text, strategy.name)
    files.push({ strategy: strategy.name, path, exportName, modules })
  }
  files.sort((a, b) => (a.strategy < b.strategy ? -1 : 1))
  return { strategies, names, files, problems }
})

const loadOrRefuse = (path: string, exportName: string): Promise<LoadedStrategy | StrategyFileRefused> =>
  loadStrategy(path, exportName).catch((error: unknown) => {
    if (error instanceof StrategyFileRefused) return error
    throw error
  })

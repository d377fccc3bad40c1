/**
 * Options that hold what a file says: in the scenario they may be the file's path, relative to the scenario. The content
 * takes the place of the path before anything is checked, so that it is part of the run's identity and runs read no file.
 */
import { resolve } from "node:path"
import { show } from "./problem.ts"
import type { StrategyEntry } from "./registries.ts"
import { readScenarioFile } from "./scenarioFile.ts"
import type { SchemaProblem } from "./schemaProblems.ts"
import { readYaml } from "./yamlDocument.ts"

/** The document with these paths replaced by contents. A path of nothing that can be read stays, and is refused later. */
export function inlineOptionFiles(
  document: unknown,
  base: string,
  strategies: ReadonlyMap<string, StrategyEntry>,
): unknown {
  if (!isRecord(document) || !Array.isArray(document["population"])) return document
  const population: readonly unknown[] = document["population"]
  return { ...document, population: population.map((entry) => inlineOptions(entry, base, strategies)) }
}

/** Of an option that is still a path, no more is wrong than that nothing could be read there. */
export const sayingThatUnread =
  (strategy: StrategyEntry | undefined, options: Readonly<Record<string, unknown>>) =>
  (found: SchemaProblem): SchemaProblem => {
    const path = strategy?.optionsFromFiles
      ?.filter((key) => found.path.at(-1) === key)
      .map((key) => options[key])
      .find((value) => typeof value === "string")
    if (path === undefined) return found
    const message = `expected a list, or the path of a readable YAML or JSON file with one, found ${show(path)}`
    return { ...found, message }
  }

function inlineOptions(
  entry: unknown,
  base: string,
  strategies: ReadonlyMap<string, StrategyEntry>,
): unknown {
  if (!isRecord(entry) || !isRecord(entry["options"])) return entry
  const { options } = entry
  const keys = strategies.get(String(entry["strategy"]))?.optionsFromFiles ?? []
  const paths = keys.filter((key) => typeof options[key] === "string")
  if (paths.length === 0) return entry
  const inlined = paths.map((key) => [key, contentOf(resolve(base, String(options[key])), options[key])])
  return { ...entry, options: { ...options, ...Object.fromEntries(inlined) } }
}

/** What a YAML or JSON file says, or `otherwise`. */
function contentOf(file: string, otherwise: unknown): unknown {
  const read = readScenarioFile(file)
  if (read._tag === "failed") return otherwise
  const yaml = readYaml(read.text)
  return yaml._tag === "failed" ? otherwise : yaml.document.value
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

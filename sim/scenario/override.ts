/** Changes of a document by path, as `--set path=value` and comparisons make them. */
import { didYouMean } from "./didYouMean.ts"
import { printPath, show, type Path } from "./problem.ts"
import { readYaml } from "./yamlDocument.ts"

export type Overridden =
  | { readonly _tag: "changed"; readonly value: unknown; readonly path: Path }
  | { readonly _tag: "failed"; readonly message: string }

export type ParsedPath =
  | { readonly _tag: "parsed"; readonly steps: readonly Step[] }
  | { readonly _tag: "failed"; readonly message: string }

/** A key; an index; or an entry of a list by its strategy, group, owner or name: `population[coordinator/lazy]`. */
export type Step =
  | { readonly _tag: "key"; readonly key: string }
  | { readonly _tag: "index"; readonly index: number }
  | { readonly _tag: "entry"; readonly name: string }

const STEP = /\.?([A-Za-z_][A-Za-z0-9_-]*)|\[(\d{1,6})\]|\["([^"\]]+)"\]|\[([a-z][a-z0-9/-]*)\]/y

/** Reads `population[3].strategy`, `parameters.ResultsRewards.voteCommitBlocks`. */
export function parsePath(text: string): ParsedPath {
  const steps: Step[] = []
  let offset = 0
  while (offset < text.length) {
    STEP.lastIndex = offset
    const match = STEP.exec(text)
    if (match === null || (offset === 0 && text.startsWith("."))) {
      return {
        _tag: "failed",
        message: `expected a path such as population[0].count, found ${JSON.stringify(text)}`,
      }
    }
    const [, key, index, quoted, entry] = match
    // The names of contract parameters hold a dot.
    const inParameters = steps.length === 1 && steps[0]!._tag === "key" && steps[0]!.key === "parameters"
    if (key !== undefined && inParameters) {
      steps.push({ _tag: "key", key: text.slice(offset).replace(/^\./, "") })
      return { _tag: "parsed", steps }
    }
    if (key !== undefined) steps.push({ _tag: "key", key })
    else if (index !== undefined) steps.push({ _tag: "index", index: Number(index) })
    else if (quoted !== undefined) steps.push({ _tag: "key", key: quoted })
    else steps.push({ _tag: "entry", name: entry! })
    offset = STEP.lastIndex
  }
  return steps.length === 0
    ? { _tag: "failed", message: "expected a path such as population[0].count, found nothing" }
    : { _tag: "parsed", steps }
}

/** Splits `path=value` and reads the value as YAML. */
export function parseAssignment(
  text: string,
):
  | { readonly _tag: "parsed"; readonly path: string; readonly value: unknown }
  | { readonly _tag: "failed"; readonly message: string } {
  const equals = text.indexOf("=")
  if (equals <= 0) return { _tag: "failed", message: `expected path=value, found ${JSON.stringify(text)}` }
  const path = text.slice(0, equals).trim()
  const source = text.slice(equals + 1)
  if (source.trim() === "")
    return { _tag: "failed", message: `expected a value after ${path}=, found nothing` }
  const read = readYaml(source)
  if (read._tag === "failed")
    return { _tag: "failed", message: read.problems.map(({ message }) => message).join("; ") }
  return { _tag: "parsed", path, value: read.document.value }
}

/** A copy of the document with one value replaced. Maps on the way are made; lists are not extended. */
export function override(document: unknown, pathText: string, value: unknown): Overridden {
  const parsed = parsePath(pathText)
  if (parsed._tag === "failed") return parsed
  const path: (string | number)[] = []
  try {
    const changed = replace(document, parsed.steps, value, path)
    return { _tag: "changed", value: changed, path }
  } catch (misfit) {
    if (misfit instanceof Misfit) return { _tag: "failed", message: misfit.message }
    throw misfit
  }
}

class Misfit extends Error {}

function replace(here: unknown, steps: readonly Step[], value: unknown, path: (string | number)[]): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return value
  const where = path.length === 0 ? "the document" : printPath(path)
  if (step._tag === "key") {
    if (here !== undefined && here !== null && (typeof here !== "object" || Array.isArray(here))) {
      throw new Misfit(`expected ${where} to be a map with ${step.key}, found ${show(here)}`)
    }
    path.push(step.key)
    const map = (here ?? {}) as Record<string, unknown>
    const inner = replace(Object.hasOwn(map, step.key) ? map[step.key] : undefined, rest, value, path)
    return { ...map, [step.key]: inner }
  }
  if (!Array.isArray(here)) throw new Misfit(`expected ${where} to be a list, found ${show(here)}`)
  const index = step._tag === "index" ? step.index : entryIndex(here, step.name, where)
  if (index >= here.length) {
    throw new Misfit(`expected an index of ${where} from 0 to ${here.length - 1}, found ${index}`)
  }
  path.push(index)
  return here.with(index, replace(here[index], rest, value, path))
}

function entryIndex(list: readonly unknown[], name: string, where: string): number {
  const labels = list.map((entry) =>
    typeof entry === "object" && entry !== null
      ? ["group", "owner", "name", "strategy"].map((key) => (entry as Record<string, unknown>)[key])
      : [],
  )
  const matches = labels.flatMap((names, index) => (names.includes(name) ? [index] : []))
  if (matches.length === 1) return matches[0]!
  if (matches.length > 1) {
    throw new Misfit(
      `expected one entry of ${where} called ${name}, found ${matches.length}: use their index or group`,
    )
  }
  const known = labels.flat().filter((label) => typeof label === "string")
  throw new Misfit(`expected an entry of ${where} called ${name}, found none${didYouMean(name, known)}`)
}

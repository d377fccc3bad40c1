/**
 * YAML to plain data that still knows where each value stands.
 *
 * Aliases are expanded here, under a limit, so that neither a cycle nor a few lines that expand to gigabytes do harm.
 * A number with more digits than a float holds stays text, so that nothing is rounded unseen.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
} from "yaml"
import { parseDecimal } from "./amount.ts"
import type { Path, Position, Problem } from "./problem.ts"

export interface SourceDocument {
  readonly value: unknown
  /** Where the key or value at this path stands; the nearest one that exists. */
  readonly positionOf: (path: Path, part: "key" | "value") => Position
}

export type ReadYaml =
  | { readonly _tag: "read"; readonly document: SourceDocument }
  | { readonly _tag: "failed"; readonly problems: readonly Problem[] }

/** Nodes of a document after aliases are expanded. */
export const MAX_NODES = 100_000
/** Nested lists and maps. */
export const MAX_DEPTH = 64

const MOST_FAULTS = 5

function failed(...problems: Problem[]): ReadYaml {
  return { _tag: "failed", problems }
}

export function readYaml(text: string): ReadYaml {
  const lines = new LineCounter()
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }

  const tooDeep = depthProblem(text)
  if (tooDeep !== undefined) return failed(tooDeep)
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    schema: "core",
    version: "1.2",
  })
  if (!Array.isArray(documents) || documents.length === 0) {
    return failed({ path: [], message: "expected a scenario, found an empty file" })
  }
  const [document, second] = documents
  const faults = documents.flatMap((each) => [...each.errors, ...each.warnings])
  if (faults.length > 0) {
    return failed(
      // One slip makes many: those after the first few only follow from it.
      ...faults
        .slice(0, MOST_FAULTS)
        .map((fault) => ({ path: [], position: at(fault.pos[0]), message: phrase(fault) })),
    )
  }
  if (second !== undefined) {
    const position = at(second.range?.[0] ?? 0)
    return failed({ path: [], position, message: "expected one YAML document, found a second one" })
  }
  if (document === undefined || document.contents === null) {
    return failed({ path: [], message: "expected a scenario, found an empty file" })
  }
  return expand(document, at)
}

/** The parser recurses, so that nesting must be bounded before it sees the text. */
function depthProblem(text: string): Problem | undefined {
  let depth = 0
  let line = 1
  let lineStart = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i]
    if (char === "\n") {
      line += 1
      lineStart = i + 1
    } else if (char === "[" || char === "{") depth += 1
    else if ((char === "]" || char === "}") && depth > 0) depth -= 1
    const indent = i - lineStart
    if (depth > 4 * MAX_DEPTH || (indent > 2000 && char === "-")) {
      const position = { line, column: indent + 1 }
      return { path: [], position, message: `expected at most ${MAX_DEPTH} nested lists and maps` }
    }
  }
  return undefined
}

function phrase(fault: { readonly code: string; readonly message: string }): string {
  if (fault.message.includes("call stack")) return `expected at most ${MAX_DEPTH} nested lists and maps`
  switch (fault.code) {
    case "DUPLICATE_KEY":
      return "expected each key once, found one a second time"
    case "TAG_RESOLVE_FAILED":
      return `expected plain YAML without tags: ${fault.message}`
    default:
      return `expected valid YAML: ${fault.message}`
  }
}

interface Place {
  readonly key: number
  readonly value: number
}

class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

function expand(document: Document.Parsed, at: (offset: number) => Position): ReadYaml {
  const places = new Map<string, Place>()
  let nodes = 0

  const visit = (node: Node | null, path: Path, key: number, open: readonly Node[]): unknown => {
    const offset = node?.range?.[0] ?? key
    if (!places.has(JSON.stringify(path))) places.set(JSON.stringify(path), { key, value: offset })
    const refuse = (message: string) => new Refused({ path, position: at(offset), message })
    if (++nodes > MAX_NODES)
      throw refuse(`expected at most ${MAX_NODES} values, counting those that aliases repeat`)
    if (path.length > MAX_DEPTH) throw refuse(`expected at most ${MAX_DEPTH} nested lists and maps`)
    if (node === null) return null
    if (isAlias(node)) {
      const target = node.resolve(document)
      if (target === undefined) throw refuse(`expected an anchor &${node.source} before this alias`)
      if (open.includes(target))
        throw refuse(`expected an alias of something else, found *${node.source} inside itself`)
      return visit(target, path, key, open)
    }
    if (isSeq(node)) {
      const inside = [...open, node]
      return node.items.map((item, index) => visit(item as Node | null, [...path, index], offset, inside))
    }
    if (isMap(node)) {
      const inside = [...open, node]
      const entries = node.items.map((pair) => {
        const name = keyOf(pair.key as Node | null, refuse)
        const keyOffset = (pair.key as Node | null)?.range?.[0] ?? offset
        return [name, visit(pair.value as Node | null, [...path, name], keyOffset, inside)] as const
      })
      return Object.fromEntries(entries)
    }
    if (!isScalar(node)) throw refuse("expected a value, a list or a map")
    return scalar(node.value, node.source, refuse)
  }

  try {
    const value = visit(document.contents, [], 0, [])
    return { _tag: "read", document: { value, positionOf: lookup(places, at) } }
  } catch (refused) {
    if (refused instanceof Refused) return { _tag: "failed", problems: [refused.problem] }
    throw refused
  }
}

function keyOf(key: Node | null, refuse: (message: string) => Refused): string {
  if (isScalar(key)) {
    if (typeof key.value === "string") return key.value
    if (typeof key.value === "number" && key.source !== undefined) return key.source
  }
  throw refuse("expected keys that are plain text")
}

function scalar(value: unknown, source: string | undefined, refuse: (message: string) => Refused): unknown {
  if (typeof value === "number") {
    if (!Number.isFinite(value) && parseDecimal(source ?? "") === undefined)
      throw refuse("expected a finite number")
    return source !== undefined && isRounded(value, source) ? source : value
  }
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value
  throw refuse("expected text, a number, true, false or null")
}

/** Whether reading the decimal text as a float lost digits. Hexadecimal and octal integers are left to the parser. */
function isRounded(value: number, source: string): boolean {
  const exact = parseDecimal(source)
  if (exact === undefined) return false
  const held = parseDecimal(String(value))
  return held === undefined || held.units !== exact.units || held.scale !== exact.scale
}

function lookup(places: ReadonlyMap<string, Place>, at: (offset: number) => Position) {
  return (path: Path, part: "key" | "value"): Position => {
    for (let length = path.length; length >= 0; length--) {
      const place = places.get(JSON.stringify(path.slice(0, length)))
      if (place !== undefined) return at(part === "key" ? place.key : place.value)
    }
    return { line: 1, column: 1 }
  }
}

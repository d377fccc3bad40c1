/** What can be wrong with a scenario file, and how it is said. */
import { Schema } from "effect"

/** Keys and indices from the top of the document. */
export type Path = readonly (string | number)[]

/** Line and column, both from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

export interface Problem {
  /** In the document; empty for the file as a whole. */
  readonly path: Path
  /** Where it stands in the file, if it stands there. */
  readonly position?: Position | undefined
  /** What put the value there, if not the file: `--set population[0].count=x`. */
  readonly origin?: string | undefined
  /** What was expected and what was found. */
  readonly message: string
}

/** `population[3].options.share`, the way that `--set` writes it. */
export function printPath(path: Path): string {
  let text = ""
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`
    else if (/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(step)) text += text === "" ? step : `.${step}`
    else text += `[${JSON.stringify(step)}]`
  }
  return text
}

export function printProblem(file: string, { path, position, origin, message }: Problem): string {
  const place = position === undefined ? file : `${file}:${position.line}:${position.column}`
  const parts = [origin === undefined ? place : `${place}: ${origin}`]
  if (path.length > 0) parts.push(printPath(path))
  return `${parts.join(": ")}: ${message}`
}

/** A scenario that cannot be run, with everything that is wrong with it. `message` has one line per problem. */
export class InvalidScenario extends Schema.TaggedError<InvalidScenario>()("InvalidScenario", {
  file: Schema.String,
  problems: Schema.Array(Schema.String),
  message: Schema.String,
}) {}

const MOST_SHOWN = 50

/** The error for these problems, in the order of the file. */
export function invalidScenario(file: string, problems: readonly Problem[]): InvalidScenario {
  const ordered = [...problems].sort(byPosition)
  const lines = [...new Set(ordered.map((problem) => printProblem(file, problem)))]
  const shown = lines.slice(0, MOST_SHOWN)
  if (lines.length > shown.length) shown.push(`${file}: and ${lines.length - shown.length} more problems`)
  return new InvalidScenario({ file, problems: lines, message: shown.join("\n") })
}

function byPosition(a: Problem, b: Problem): number {
  const [left, right] = [a.position, b.position]
  if (left === undefined || right === undefined)
    return Number(left !== undefined) - Number(right !== undefined)
  return left.line - right.line || left.column - right.column
}

const LONGEST_SHOWN = 60

/** A value as an error shows it: short, with its type where that is not plain to see. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing"
  if (value === null) return "nothing (null)"
  if (typeof value === "object" && !Array.isArray(value)) {
    const keys = Object.keys(value)
    return keys.length === 0 ? "an empty map" : shorten(`a map with ${keys.join(", ")}`)
  }
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`
  return shorten(typeof value === "string" ? `text ${JSON.stringify(value)}` : String(value))
}

function shorten(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}

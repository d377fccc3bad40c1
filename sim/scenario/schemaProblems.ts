/** Turns the issue tree of a failed decoding into problems: path, what was expected, what was found. */
import { Exit, Cause, Schema, SchemaIssue } from "effect"
import { didYouMean } from "./didYouMean.ts"
import { show, type Path } from "./problem.ts"

export interface SchemaProblem {
  readonly path: Path
  /** Whether the key itself is at fault, not its value. */
  readonly atKey: boolean
  readonly message: string
}

export type Decoded<A> =
  | { readonly _tag: "decoded"; readonly value: A }
  | { readonly _tag: "failed"; readonly problems: readonly SchemaProblem[] }

/** Decodes strictly and reports every problem, not only the first. Paths are prefixed with `at`. */
export function decodeStrictly<A>(
  schema: Schema.ConstraintDecoder<A>,
  input: unknown,
  at: Path = [],
): Decoded<A> {
  const exit = Schema.decodeUnknownExit(schema)(input, { errors: "all", onExcessProperty: "error" })
  if (Exit.isSuccess(exit)) return { _tag: "decoded", value: exit.value as A }
  const failure = Cause.squash(exit.cause)
  if (!Schema.isSchemaError(failure)) throw failure
  const problems = collect(failure.issue, [], input)
  return {
    _tag: "failed",
    problems: problems.map((problem) => ({ ...problem, path: [...at, ...problem.path] })),
  }
}

function collect(issue: SchemaIssue.Issue, path: Path, input: unknown): readonly SchemaProblem[] {
  switch (issue._tag) {
    case "Pointer":
      return collect(issue.issue, [...path, ...issue.path.map(step)], input)
    case "Composite":
      return issue.issues.flatMap((inner) => collect(inner, path, input))
    case "AnyOf": {
      // With one candidate the union was discriminated: its own issues say more than the list of alternatives.
      const meant =
        issue.issues.length === 1 ? issue.issues : issue.issues.filter((it) => !failsAtLiteral(it))
      return meant.length === 1 ? collect(meant[0]!, path, input) : [unmet(issue, path, input)]
    }
    case "Encoding":
      return collect(issue.issue, path, input)
    case "Filter":
      return issue.issue._tag === "Pointer" || issue.issue._tag === "Composite"
        ? collect(issue.issue, path, input)
        : [unmet(issue, path, input)]
    case "UnexpectedKey": {
      const key = String(path.at(-1))
      const known = knownKeys(issue)
      const hint = didYouMean(key, known)
      const names = hint === "" && known.length > 0 ? `; known here: ${known.slice(0, 20).join(", ")}` : hint
      return [{ path, atKey: true, message: `unknown key${names}` }]
    }
    case "MissingKey":
      return [
        {
          path: path.slice(0, -1),
          atKey: true,
          message: `expected a key ${String(path.at(-1))}, found none`,
        },
      ]
    default:
      return [unmet(issue, path, input)]
  }
}

/** Whether a value that tells alternatives apart is another than this one's. */
function failsAtLiteral(issue: SchemaIssue.Issue): boolean {
  switch (issue._tag) {
    case "Pointer":
    case "Encoding":
      return failsAtLiteral(issue.issue)
    case "Composite":
      return issue.issues.some(failsAtLiteral)
    case "AnyOf":
      // Without a candidate it is a choice of literals, and none of them.
      return issue.issues.length === 0 || issue.issues.some(failsAtLiteral)
    case "InvalidType":
      return issue.ast._tag === "Literal"
    default:
      return false
  }
}

function unmet(issue: SchemaIssue.Issue, path: Path, input: unknown): SchemaProblem {
  const [first] = format(issue).issues
  const plain = first === undefined ? "another value" : first.message.replace(/^Expected /, "")
  const expected = PLAIN_WORDS[plain] ?? plain
  return { path, atKey: false, message: `expected ${expected}, found ${show(valueAt(input, path))}` }
}

const PLAIN_WORDS: Readonly<Record<string, string>> = {
  number: "a number",
  string: "text",
  boolean: "true or false",
  array: "a list",
  object: "a map",
}

const format = SchemaIssue.makeFormatterStandardSchemaV1()

function knownKeys(issue: SchemaIssue.UnexpectedKey): readonly string[] {
  const { ast } = issue
  return ast._tag === "Objects" ? ast.propertySignatures.map((signature) => String(signature.name)) : []
}

function step(key: PropertyKey): string | number {
  return typeof key === "symbol" ? String(key) : key
}

/** The value at a path of plain data; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let here = value
  for (const key of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined
    here = (here as Record<string | number, unknown>)[key]
  }
  return here
}

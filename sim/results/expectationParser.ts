/**
 * The language of expectations: a recursive descent parser.
 *
 *     expectation = sum (">" | "<" | ">=" | "<=") sum [ "at" number "%" ] [ "margin" number [ unit ] ]
 *     sum         = product { ("+" | "-") product }
 *     product     = factor { ("*" | "/") factor }
 *     factor      = "-" factor | "(" sum ")" | number [ unit ] | name [ "(" subject ")" ] | subject "." name
 *     unit        = "%" | "ATN" | "hours" | "gas" | "nats" | "count"
 *
 * Money is in ATN; `5%` is 0.05. A minus may be the typographic one, as results print it. A subject is a strategy, a group, an owner or a role. `attacker.roi` is
 * `roi(attacker)`; a strategy, whose name holds a slash, is written in parentheses.
 */
import {
  DEFAULT_CONFIDENCE,
  type Expectation,
  type Expression,
  type NumberUnit,
  numberUnits,
  type Relation,
} from "./expectation.ts"

export interface ParseFailure {
  readonly _tag: "failed"
  /** What was expected, what was found and where in the text. */
  readonly message: string
  /** Column in the text, from 1. */
  readonly column: number
}

export type Parsed<A> = { readonly _tag: "parsed"; readonly value: A } | ParseFailure

/** Statements are lines that people write and read. */
export const MAX_STATEMENT_LENGTH = 500

interface Token {
  readonly kind: "number" | "dotted" | "name" | "symbol" | "end"
  readonly text: string
  /** Offset in the text, from 0. */
  readonly at: number
}

class Unexpected {
  readonly expected: string
  readonly token: Token
  constructor(expected: string, token: Token) {
    this.expected = expected
    this.token = token
  }
}

// A name may hold "/" and "-" only inside the parentheses of a metric, where `subject` reads it from the text, and "-"
// before the dot of `lazy-seat.profit`.
const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([a-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*\.[A-Za-z][A-Za-z0-9]*)|([A-Za-z][A-Za-z0-9]*)|(>=|<=|==|!=|=|[><+\-−*/()%≥≤]))/y
const SUBJECT = /\s*([a-z][A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)*)\s*\)/y

class Reader {
  readonly source: string
  #offset = 0
  #next: Token

  constructor(source: string) {
    this.source = source
    this.#next = this.#scan()
  }

  get next(): Token {
    return this.#next
  }

  take(): Token {
    const token = this.#next
    this.#next = this.#scan()
    return token
  }

  /** Takes the next token if it is this symbol or word. */
  accept(text: string): boolean {
    if (this.#next.text !== text || this.#next.kind === "end") return false
    this.take()
    return true
  }

  /** Reads `subject )`, the reader being just behind the opening parenthesis. */
  subject(open: Token): string {
    SUBJECT.lastIndex = open.at + 1
    const match = SUBJECT.exec(this.source)
    if (match === null)
      throw new Unexpected("a strategy, group, owner or role, and a closing parenthesis", this.#next)
    this.#offset = SUBJECT.lastIndex
    this.#next = this.#scan()
    return match[1]!
  }

  #scan(): Token {
    TOKEN.lastIndex = this.#offset
    const match = TOKEN.exec(this.source)
    if (match === null) {
      const rest = this.source.slice(this.#offset)
      const blank = rest.length - rest.trimStart().length
      const at = this.#offset + blank
      const text = rest.slice(blank, blank + 1)
      return { kind: text === "" ? "end" : "symbol", text, at }
    }
    this.#offset = TOKEN.lastIndex
    const [, number, dotted, name, symbol] = match
    const written = number ?? dotted ?? name ?? symbol!
    const text = written === "−" ? "-" : written
    const kinds = [number, dotted, name].findIndex((found) => found !== undefined)
    const kind = (["number", "dotted", "name"] as const)[kinds] ?? "symbol"
    return { kind, text, at: TOKEN.lastIndex - written.length }
  }
}

const MAX_DEPTH = 50

function sum(reader: Reader, depth: number): Expression {
  let left = product(reader, depth)
  for (;;) {
    const operator = reader.next.text
    if (operator !== "+" && operator !== "-") return left
    reader.take()
    left = { _tag: "binary", operator, left, right: product(reader, depth) }
  }
}

function product(reader: Reader, depth: number): Expression {
  let left = factor(reader, depth)
  for (;;) {
    const operator = reader.next.text
    if (operator !== "*" && operator !== "/") return left
    reader.take()
    left = { _tag: "binary", operator, left, right: factor(reader, depth) }
  }
}

function factor(reader: Reader, depth: number): Expression {
  if (depth > MAX_DEPTH) throw new Unexpected(`at most ${MAX_DEPTH} nested parentheses`, reader.next)
  if (reader.accept("-")) return { _tag: "negate", operand: factor(reader, depth + 1) }
  if (reader.accept("(")) {
    const inner = sum(reader, depth + 1)
    if (!reader.accept(")")) throw new Unexpected("a closing parenthesis", reader.next)
    return inner
  }
  const token = reader.next
  if (token.kind === "number") return { _tag: "number", ...quantity(reader) }
  if (token.kind === "dotted") {
    reader.take()
    const [subject, name = ""] = token.text.split(".")
    return { _tag: "metric", name, subject }
  }
  if (token.kind === "name") {
    reader.take()
    const open = reader.next
    const subject = open.text === "(" ? reader.subject(open) : undefined
    return { _tag: "metric", name: token.text, subject }
  }
  throw new Unexpected("a number or a metric", token)
}

interface Quantity {
  readonly value: number
  readonly unit?: NumberUnit
}

/** `5`, `5 ATN`, `5 hours` or `5%`. */
function quantity(reader: Reader): Quantity {
  const token = reader.take()
  if (!Number.isFinite(Number(token.text))) throw new Unexpected("a number of ordinary size", token)
  if (reader.accept("%")) return { value: shareOf(token.text), unit: "%" }
  const value = Number(token.text)
  const unit = numberUnits.find((each) => reader.accept(each))
  return unit === undefined ? { value } : { value, unit }
}

/** 12.5 % as 0.125, moving the decimal point in the text, since dividing by 100 would round twice. */
function shareOf(percent: string): number {
  const [digits = "0", exponent = "0"] = percent.toLowerCase().split("e")
  return Number(`${digits}e${Number(exponent) - 2}`)
}

const RELATIONS: Readonly<Record<string, Relation>> = {
  ">": ">",
  "<": "<",
  ">=": ">=",
  "<=": "<=",
  "≥": ">=",
  "≤": "<=",
}

function relation(reader: Reader): Relation {
  const token = reader.next
  const found = token.kind === "symbol" ? RELATIONS[token.text] : undefined
  if (found !== undefined) {
    reader.take()
    return found
  }
  if (/^[!=]/.test(token.text)) {
    throw new Unexpected("one of > < >= <= (no finite number of runs shows equality)", token)
  }
  throw new Unexpected("one of > < >= <=", token)
}

function confidence(reader: Reader): number {
  if (!reader.accept("at")) return DEFAULT_CONFIDENCE
  const token = reader.take()
  if (token.kind !== "number") throw new Unexpected("a confidence such as 95%", token)
  if (!reader.accept("%")) throw new Unexpected("% after the confidence", reader.next)
  const share = shareOf(token.text)
  if (share <= 0.5 || share >= 1) throw new Unexpected("a confidence above 50% and below 100%", token)
  return share
}

/** The size of an effect below which it is of no interest; 0 = every effect counts. */
function margin(reader: Reader): Pick<Expectation, "margin" | "marginUnit"> {
  if (!reader.accept("margin")) return { margin: 0 }
  const token = reader.next
  const { value, unit }: Quantity = token.kind === "number" ? quantity(reader) : { value: 0 }
  if (value <= 0) throw new Unexpected("a margin above 0, such as 0.02", token)
  return unit === undefined ? { margin: value } : { margin: value, marginUnit: unit }
}

function parse<A>(source: string, read: (reader: Reader) => A): Parsed<A> {
  if (source.length > MAX_STATEMENT_LENGTH) {
    return {
      _tag: "failed",
      message: `at most ${MAX_STATEMENT_LENGTH} characters`,
      column: MAX_STATEMENT_LENGTH + 1,
    }
  }
  try {
    const reader = new Reader(source)
    const value = read(reader)
    if (reader.next.kind !== "end") throw new Unexpected("the end of the statement", reader.next)
    return { _tag: "parsed", value }
  } catch (failure) {
    if (!(failure instanceof Unexpected)) throw failure
    const found = failure.token.kind === "end" ? "the end of the text" : `"${failure.token.text}"`
    const column = failure.token.at + 1
    return { _tag: "failed", message: `${failure.expected} at column ${column}, found ${found}`, column }
  }
}

/** Reads `profit(coordinator/honest) > 5 ATN at 95%`. */
export function parseExpectation(source: string): Parsed<Expectation> {
  return parse(source, (reader) => {
    const left = sum(reader, 0)
    const rel = relation(reader)
    const right = sum(reader, 0)
    return { left, relation: rel, right, confidence: confidence(reader), ...margin(reader) }
  })
}

/** Reads an expression without a relation, such as a comparison's measure. */
export function parseExpression(source: string): Parsed<Expression> {
  return parse(source, (reader) => sum(reader, 0))
}

/**
 * Whether the units of a statement go together: `roi(attacker) < 5 ATN` is no question.
 *
 * A number without a unit has that of what stands beside it, except beside a share when it is above 1: 50 may mean 50 %
 * or fifty times the whole. Products and quotients of unlike units may be in anything, and are left alone.
 */
import { type Expectation, type Expression, printExpression } from "./expectation.ts"
import { metricMeanings, type MetricUnit } from "./metricMeanings.ts"
import { subjectMeanings } from "./subjectMeanings.ts"

type Unit = Exclude<MetricUnit, "difference of shares">

/** What an expression is measured in. */
type Measured =
  | { readonly _tag: "unit"; readonly unit: Unit }
  /** A number without a unit. */
  | { readonly _tag: "plain"; readonly value: number }
  /** A ratio or a multiple: any number, also in percent. */
  | { readonly _tag: "ratio" }
  | { readonly _tag: "unknown" }

const RATIO: Measured = { _tag: "ratio" }
const UNKNOWN: Measured = { _tag: "unknown" }

const UNBOUNDED: ReadonlySet<string> = new Set(["roi", "roiPerDay"])

/** Whether a share may be far above 1. */
export const isUnboundedShare = (metric: string): boolean => UNBOUNDED.has(metric)

/** What is wrong with the units of an expression; empty where they go together. */
export function expressionUnitProblems(expression: Expression): readonly string[] {
  const problems: string[] = []
  measure(expression, problems)
  return problems
}

/** The same of an expectation, its margin included. */
export function expectationUnitProblems(expectation: Expectation): readonly string[] {
  const { left, right, margin, marginUnit } = expectation
  const problems: string[] = []
  const measured = together(left, right, problems)
  if (problems.length > 0 || margin === 0) return problems
  const size: Expression = { _tag: "number", value: margin, ...(marginUnit && { unit: marginUnit }) }
  const sides: Expression = { _tag: "binary", operator: "-", left, right }
  join({ expression: sides, measured }, { expression: size, measured: measure(size, []) }, problems)
  return problems.map((message) => `margin: ${message}`)
}

/** What is wrong with a margin that has no unit of its own, beside a statement whose units go together. */
export function marginUnitProblem({ left, right }: Expectation, margin: number): string | undefined {
  const sides: Expression = { _tag: "binary", operator: "-", left, right }
  const measured = measure(sides, [])
  if (!isShare(measured) || margin <= 1 || isUnbounded(sides)) return undefined
  return `expected a share from 0 to 1 as the statement's sides are, found ${margin} (did you mean ${margin / 100}?)`
}

function measure(expression: Expression, problems: string[]): Measured {
  switch (expression._tag) {
    case "number": {
      const { value, unit } = expression
      if (unit === undefined) return { _tag: "plain", value }
      return { _tag: "unit", unit: unit === "%" ? "share" : unit }
    }
    case "metric": {
      const meanings = expression.subject === undefined ? metricMeanings : subjectMeanings
      const unit = meanings.get(expression.name)?.unit
      if (unit === undefined) return UNKNOWN
      return { _tag: "unit", unit: unit === "difference of shares" ? "share" : unit }
    }
    case "negate": {
      const operand = measure(expression.operand, problems)
      return operand._tag === "plain" ? { ...operand, value: -operand.value } : operand
    }
    case "binary": {
      const { operator, left, right } = expression
      if (operator === "+" || operator === "-") return together(left, right, problems)
      const [a, b] = [measure(left, problems), measure(right, problems)]
      return operator === "*" ? product(a, b) : quotient(a, b)
    }
  }
}

function product(a: Measured, b: Measured): Measured {
  if (a._tag === "unknown" || b._tag === "unknown") return UNKNOWN
  if (a._tag === "plain" && b._tag === "plain") return { _tag: "plain", value: a.value * b.value }
  if (isShare(a) && isShare(b)) return a
  if (isNumber(a)) return isNumber(b) ? RATIO : b
  return isNumber(b) ? a : UNKNOWN
}

function quotient(a: Measured, b: Measured): Measured {
  if (a._tag === "unknown" || b._tag === "unknown") return UNKNOWN
  if (a._tag === "plain" && b._tag === "plain") return { _tag: "plain", value: a.value / b.value }
  if (isNumber(b)) return isNumber(a) ? RATIO : a
  return sameUnit(a, b) ? RATIO : UNKNOWN
}

interface Side {
  readonly expression: Expression
  readonly measured: Measured
}

/** Of two sides that are added, subtracted or compared. */
function together(left: Expression, right: Expression, problems: string[]): Measured {
  const a: Side = { expression: left, measured: measure(left, problems) }
  const b: Side = { expression: right, measured: measure(right, problems) }
  return problems.length > 0 ? UNKNOWN : join(a, b, problems)
}

function join(a: Side, b: Side, problems: string[]): Measured {
  const [x, y] = [a.measured, b.measured]
  if (x._tag === "unknown" || y._tag === "unknown") return UNKNOWN
  // Who writes a sum of bare numbers has thought about what it is in.
  if (x._tag === "plain" && y._tag === "plain") return { _tag: "plain", value: Number.NaN }
  if (x._tag === "plain") return beside(b, a, problems)
  if (y._tag === "plain") return beside(a, b, problems)
  if (isNumber(x) && isNumber(y) && (x._tag === "ratio" || y._tag === "ratio")) return RATIO
  if (sameUnit(x, y)) return x
  problems.push(unlike(a, b))
  return UNKNOWN
}

/** A number without a unit beside something measured. */
function beside(measured: Side, plain: Side, problems: string[]): Measured {
  const { _tag } = plain.measured
  if (_tag !== "plain" || !isShare(measured.measured) || !(Math.abs(plain.measured.value) > 1))
    return measured.measured
  const found = printExpression(plain.expression)
  const value = Math.abs(plain.measured.value)
  const meant = isUnbounded(measured.expression) ? `${found} % or ${100 * value} %` : `${found} %`
  problems.push(
    `expected a share beside ${printExpression(measured.expression)}, in % or from 0 to 1, found ${found} (did you mean ${meant}?)`,
  )
  return UNKNOWN
}

function unlike(a: Side, b: Side): string {
  const literal = [a, b].find(({ expression }) => isLiteral(expression))
  if (literal === undefined || (isLiteral(a.expression) && isLiteral(b.expression))) {
    const said = [a, b].map((side) => `${printExpression(side.expression)} (${WORDS[unitOf(side)].is})`)
    return `expected one unit on both sides, found ${said.join(" and ")}`
  }
  const other = literal === a ? b : a
  return `expected ${WORDS[unitOf(other)].wanted} beside ${printExpression(other.expression)}, found ${printExpression(literal.expression)}`
}

const WORDS: Readonly<Record<Unit | "ratio", { readonly is: string; readonly wanted: string }>> = {
  share: { is: "a share", wanted: "a share, in % or from 0 to 1," },
  ATN: { is: "ATN", wanted: "an amount, in ATN or a plain number of them," },
  hours: { is: "hours", wanted: "a number, of hours," },
  gas: { is: "gas", wanted: "a number, of gas," },
  nats: { is: "nats", wanted: "a number, of nats," },
  count: { is: "a count", wanted: "a plain number" },
  ratio: { is: "a ratio", wanted: "a plain number or %" },
}

const unitOf = ({ measured }: Side): Unit | "ratio" => (measured._tag === "unit" ? measured.unit : "ratio")

const isShare = (measured: Measured): boolean => measured._tag === "unit" && measured.unit === "share"

const sameUnit = (a: Measured, b: Measured): boolean =>
  a._tag === "unit" && b._tag === "unit" && a.unit === b.unit

/** Whether it has no dimension. */
const isNumber = (measured: Measured): boolean =>
  measured._tag !== "unit" || ["share", "count", "nats"].includes(measured.unit)

const isLiteral = (expression: Expression): boolean =>
  expression._tag === "number" || (expression._tag === "negate" && isLiteral(expression.operand))

function isUnbounded(expression: Expression): boolean {
  switch (expression._tag) {
    case "number":
      return false
    case "metric":
      return isUnboundedShare(expression.name)
    case "negate":
      return isUnbounded(expression.operand)
    case "binary":
      return isUnbounded(expression.left) || isUnbounded(expression.right)
  }
}

/** An expectation as data: `left relation right` at a confidence. Made by `expectationParser.ts`. */

export type Relation = ">" | "<" | ">=" | "<="

/** The units that a number can be written with: those of metrics, shares in percent. */
export const numberUnits = ["%", "ATN", "hours", "gas", "nats", "count"] as const
export type NumberUnit = (typeof numberUnits)[number]

/** An arithmetic expression over numbers and metrics of one run. */
export type Expression =
  | {
      readonly _tag: "number"
      /** 0.05 for `5%`. */
      readonly value: number
      /** As written; absent where there is none. */
      readonly unit?: NumberUnit
    }
  | {
      readonly _tag: "metric"
      readonly name: string
      /** A strategy, group or role: `coordinator/honest`; undefined for a metric of the whole run. */
      readonly subject: string | undefined
    }
  | { readonly _tag: "negate"; readonly operand: Expression }
  | {
      readonly _tag: "binary"
      readonly operator: "+" | "-" | "*" | "/"
      readonly left: Expression
      readonly right: Expression
    }

export type MetricTerm = Extract<Expression, { readonly _tag: "metric" }>

export interface Expectation {
  readonly left: Expression
  readonly relation: Relation
  readonly right: Expression
  /** Above 0.5 and below 1. */
  readonly confidence: number
  /** δ, in the unit of left − right: a smaller effect is of no interest; 0 = every effect counts. */
  readonly margin: number
  /** As written; absent where there is none. */
  readonly marginUnit?: NumberUnit
}

/** The confidence of a statement that names none. */
export const DEFAULT_CONFIDENCE = 0.95

/** Every metric that an expression names, left to right. */
export function metricTerms(expression: Expression): readonly MetricTerm[] {
  switch (expression._tag) {
    case "number":
      return []
    case "metric":
      return [expression]
    case "negate":
      return metricTerms(expression.operand)
    case "binary":
      return [...metricTerms(expression.left), ...metricTerms(expression.right)]
  }
}

/** `profit(coordinator/honest)`, the way a metric is written. */
export function metricLabel(term: Pick<MetricTerm, "name" | "subject">): string {
  return term.subject === undefined ? term.name : `${term.name}(${term.subject})`
}

const STRENGTH = { "+": 1, "-": 1, "*": 2, "/": 2 } as const

/** The canonical text of an expression; parsing it gives the expression back. */
export function printExpression(expression: Expression): string {
  return print(expression, 0)
}

function print(expression: Expression, context: number): string {
  switch (expression._tag) {
    case "number":
      return printNumber(expression.value, expression.unit)
    case "metric":
      return metricLabel(expression)
    case "negate":
      return `-${print(expression.operand, 3)}`
    case "binary": {
      const strength = STRENGTH[expression.operator]
      const left = print(expression.left, strength)
      const right = print(expression.right, strength + 1)
      const inner = `${left} ${expression.operator} ${right}`
      return strength < context ? `(${inner})` : inner
    }
  }
}

/** The canonical text of an expectation; parsing it gives the expectation back. */
export function printExpectation(expectation: Expectation): string {
  const left = printExpression(expectation.left)
  const right = printExpression(expectation.right)
  const margin =
    expectation.margin === 0 ? "" : ` margin ${printNumber(expectation.margin, expectation.marginUnit)}`
  return `${left} ${expectation.relation} ${right} at ${percentText(expectation.confidence)}${margin}`
}

function printNumber(value: number, unit: NumberUnit | undefined): string {
  if (unit === "%") return percentText(value)
  return unit === undefined ? String(value) : `${value} ${unit}`
}

/** `95%`, the way a confidence is written. */
export function percentText(share: number): string {
  // Shifts the decimal point in the text, because 0.57 * 100 is not 57.
  const [digits = "0", exponent = "0"] = share.toExponential().split("e")
  return `${Number(`${digits}e${Number(exponent) + 2}`)}%`
}

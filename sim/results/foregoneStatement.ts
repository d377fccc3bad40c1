/**
 * Statements that are decided before anything is played: of constants, of a thing and itself, of a share and a constant that
 * no share comes near. Seen where left − right is linear in its metrics; what is not, is left alone.
 */
import { type Expectation, type Expression, metricLabel, printExpression } from "./expectation.ts"
import { metricMeanings } from "./metricMeanings.ts"
import { subjectMeanings } from "./subjectMeanings.ts"
import { isUnboundedShare } from "./statementUnits.ts"

interface Linear {
  readonly constant: number
  /** Factors by the label of their metric. */
  readonly factors: ReadonlyMap<string, { readonly factor: number; readonly metric: Metric }>
}

type Metric = Extract<Expression, { readonly _tag: "metric" }>

/** Why no run can change the answer, and what would be right; undefined where runs can. */
export function foregone({ left, right }: Expectation): string | undefined {
  const difference = linear({ _tag: "binary", operator: "-", left, right })
  if (difference === undefined) return undefined
  const terms = [...difference.factors.values()]
  if (terms.length === 0)
    return `expected a metric on one side at least, such as accuracy > 50%, found only constants, which no run can change`
  const open = terms.filter(({ factor }) => factor !== 0)
  if (open.length === 0) {
    const both = terms.map(({ metric }) => metricLabel(metric)).join(" and ")
    return `expected two different things, such as agents of two kinds, found ${both} on both sides, where no run can change the difference`
  }
  return beyond(open, difference.constant, left, right)
}

/** Shares against a constant that lies outside what they can come to. */
function beyond(
  open: readonly { readonly factor: number; readonly metric: Metric }[],
  constant: number,
  left: Expression,
  right: Expression,
): string | undefined {
  let [lower, upper] = [constant, constant]
  for (const { factor, metric } of open) {
    const range = rangeOf(metric)
    if (range === undefined) return undefined
    const ends = range.map((end) => factor * end)
    lower += Math.min(...ends)
    upper += Math.max(...ends)
  }
  if (lower <= ROUNDING && upper >= -ROUNDING) return undefined
  const ranges = open.map(({ metric }) => {
    const [from, to] = rangeOf(metric)!
    return `${metricLabel(metric)} lies between ${100 * from} % and ${100 * to} %`
  })
  const sides = `${printExpression(left)} and ${printExpression(right)}`
  return `expected sides of which either can be larger, found ${sides}, where no run can change which is: ${ranges.join(", ")}`
}

/** 0.1 + 0.2 − 0.3 is not quite 0. */
const ROUNDING = 1e-9

/** What a share can come to; undefined for what has no such bounds. */
function rangeOf({ name, subject }: Metric): readonly [number, number] | undefined {
  if (isUnboundedShare(name)) return undefined
  const unit = (subject === undefined ? metricMeanings : subjectMeanings).get(name)?.unit
  if (unit === "share") return [0, 1]
  return unit === "difference of shares" ? [-1, 1] : undefined
}

/** Undefined where it is not linear. */
function linear(expression: Expression): Linear | undefined {
  switch (expression._tag) {
    case "number":
      return { constant: expression.value, factors: new Map() }
    case "metric":
      return { constant: 0, factors: new Map([[metricLabel(expression), { factor: 1, metric: expression }]]) }
    case "negate":
      return scaled(linear(expression.operand), -1)
    case "binary": {
      const [left, right] = [linear(expression.left), linear(expression.right)]
      if (left === undefined || right === undefined) return undefined
      if (expression.operator === "+") return added(left, right)
      if (expression.operator === "-") return added(left, scaled(right, -1)!)
      if (expression.operator === "/")
        return right.factors.size === 0 && right.constant !== 0 ? scaled(left, 1 / right.constant) : undefined
      if (right.factors.size === 0) return scaled(left, right.constant)
      return left.factors.size === 0 ? scaled(right, left.constant) : undefined
    }
  }
}

function scaled(terms: Linear | undefined, by: number): Linear | undefined {
  if (terms === undefined) return undefined
  const factors = [...terms.factors].map(
    ([label, { factor, metric }]) => [label, { factor: by * factor, metric }] as const,
  )
  return { constant: by * terms.constant, factors: new Map(factors) }
}

function added(a: Linear, b: Linear): Linear {
  const factors = new Map(a.factors)
  for (const [label, { factor, metric }] of b.factors) {
    factors.set(label, { factor: (factors.get(label)?.factor ?? 0) + factor, metric })
  }
  return { constant: a.constant + b.constant, factors }
}

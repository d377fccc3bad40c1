/**
 * Judges expectations over the replicates of one setting.
 *
 * A statement `left > right at c` is read as: the mean over seeds of left − right is above zero. Left and right are
 * taken from the same run, so that what they have in common (the seed) cancels. It `holds` where the one-sided lower
 * bound of that mean at confidence c is above zero, `fails` where the upper one is below, and is `undecided` between.
 *
 * Shares of counted events have a second interval, because a t-interval knows nothing of events that never happened:
 * twenty runs without a false accept have no variance and prove little. For a statement with shares in it the bounds
 * are the wider of both: t over replicates, and the pooled counts' Clopper–Pearson bounds carried through the
 * arithmetic (at α ÷ number of metrics each, so that together they miss no more often than stated).
 *
 * With fewer replicates than its confidence needs (`surest.ts`), a statement is undecided whatever its bounds.
 */
import {
  metricLabel,
  metricTerms,
  percentText,
  type Expectation,
  type Expression,
  type MetricTerm,
} from "./expectation.ts"
import { type Bounds, hull, mean, meanBounds, pool, shareBounds } from "./interval.ts"
import { metricOf, proportionOf } from "./metrics.ts"
import type { RunResult } from "./runResult.ts"
import { leastReplicates } from "./surest.ts"

/** `negligible`: there is no effect larger than the margin of the statement. */
export type Verdict = "holds" | "fails" | "undecided" | "negligible"

export interface Judgement {
  readonly verdict: Verdict
  readonly confidence: number
  /** Mean of each side over the replicates that define it; null where none does. */
  readonly left: number | null
  readonly right: number | null
  /** Mean of left − right per replicate. */
  readonly difference: number | null
  /** One-sided bounds of it at the confidence; null = unbounded. */
  readonly lower: number | null
  readonly upper: number | null
  /** Replicates in which both sides are defined. */
  readonly replicates: number
  /** Why it is undecided, or what to know about the verdict; empty if nothing. */
  readonly note: string
}

/** Value of an expression in one run; null where a metric is undefined there or a divisor is zero. */
export function evaluate(expression: Expression, run: RunResult): number | null {
  switch (expression._tag) {
    case "number":
      return expression.value
    case "metric":
      return metricOf(run, expression)
    case "negate": {
      const value = evaluate(expression.operand, run)
      return value === null ? null : -value
    }
    case "binary": {
      const left = evaluate(expression.left, run)
      const right = evaluate(expression.right, run)
      if (left === null || right === null) return null
      const value = arithmetic(expression.operator, left, right)
      return Number.isFinite(value) ? value : null
    }
  }
}

function arithmetic(operator: "+" | "-" | "*" | "/", left: number, right: number): number {
  if (operator === "+") return left + right
  if (operator === "-") return left - right
  return operator === "*" ? left * right : left / right
}

/**
 * Judges one expectation. `runs` are the replicates of a setting in the order of their seeds; `looks` says at how many
 * numbers of them one may have stopped. Where there are several, or a margin, bounds are those of `sequential.ts`: at
 * α / 2L, so that what is claimed is false with probability α at most wherever one stops.
 */
export function judge(expectation: Expectation, runs: readonly RunResult[], looks = 1): Judgement {
  const { left, right, confidence, margin } = expectation
  const lefts = runs.flatMap((run) => evaluate(left, run) ?? [])
  const rights = runs.flatMap((run) => evaluate(right, run) ?? [])
  const { values: differences, boundsAt } = differenceOf({ left, right }, runs)
  const claims = looks > 1 || margin > 0 ? claimsOver(looks) : 1
  const alpha = (1 - confidence) / claims
  const bounds = boundsAt(alpha)
  const least = leastReplicates(alpha)
  const verdict = differences.length < least ? "undecided" : verdictOf(expectation, bounds)
  return {
    verdict,
    confidence,
    left: meanOrNull(lefts),
    right: meanOrNull(rights),
    difference: meanOrNull(differences),
    lower: finiteOrNull(bounds.lower),
    upper: finiteOrNull(bounds.upper),
    replicates: differences.length,
    note: noteOn(expectation, verdict, runs, differences, least),
  }
}

/** False claims that can be made over several looks: two at each, of three that cannot all be false. */
export const claimsOver = (looks: number): number => 2 * looks

/** What a statement is about: left − right, over runs. */
export interface Difference {
  /** In each run in which both sides are defined. */
  readonly values: readonly number[]
  /** One-sided bounds of the mean, each missed with probability alpha. */
  readonly boundsAt: (alpha: number) => Bounds
}

export function differenceOf(
  { left, right }: Pick<Expectation, "left" | "right">,
  runs: readonly RunResult[],
): Difference {
  const values = runs.flatMap((run) => {
    const [l, r] = [evaluate(left, run), evaluate(right, run)]
    return l === null || r === null ? [] : [l - r]
  })
  return { values, boundsAt: (alpha) => differenceBounds(left, right, runs, values, alpha) }
}

function verdictOf({ relation, margin }: Expectation, bounds: Bounds): Verdict {
  if (bounds.lower > -margin && bounds.upper < margin) return "negligible"
  return decide(relation, bounds)
}

function decide(relation: Expectation["relation"], { lower, upper }: Bounds): Exclude<Verdict, "negligible"> {
  switch (relation) {
    case ">":
      return lower > 0 ? "holds" : upper <= 0 ? "fails" : "undecided"
    case ">=":
      return lower >= 0 ? "holds" : upper < 0 ? "fails" : "undecided"
    case "<":
      return decide(">", { lower: -upper, upper: -lower })
    case "<=":
      return decide(">=", { lower: -upper, upper: -lower })
  }
}

function differenceBounds(
  left: Expression,
  right: Expression,
  runs: readonly RunResult[],
  differences: readonly number[],
  alpha: number,
): Bounds {
  const overReplicates = meanBounds(differences, alpha)
  const terms = [...metricTerms(left), ...metricTerms(right)]
  if (!terms.some((term) => isShare(term, runs))) return overReplicates
  const whole: Expression = { _tag: "binary", operator: "-", left, right }
  return hull(overReplicates, carried(whole, runs, alpha / terms.length))
}

function isShare(term: MetricTerm, runs: readonly RunResult[]): boolean {
  return runs.some((run) => proportionOf(run, term) !== undefined)
}

/** Bounds of an expression from the bounds of its metrics, by interval arithmetic. */
function carried(expression: Expression, runs: readonly RunResult[], alpha: number): Bounds {
  switch (expression._tag) {
    case "number":
      return { lower: expression.value, upper: expression.value }
    case "metric":
      return termBounds(expression, runs, alpha)
    case "negate": {
      const { lower, upper } = carried(expression.operand, runs, alpha)
      return { lower: -upper, upper: -lower }
    }
    case "binary": {
      const { operator } = expression
      const a = carried(expression.left, runs, alpha)
      const b = carried(expression.right, runs, alpha)
      if (operator === "/" && b.lower <= 0 && b.upper >= 0) return EVERYTHING
      const corners = [a.lower, a.upper].flatMap((x) =>
        [b.lower, b.upper].map((y) => arithmetic(operator, x, y)),
      )
      // Infinite bounds meet as ∞ − ∞ or 0 × ∞.
      if (corners.some(Number.isNaN)) return EVERYTHING
      return { lower: Math.min(...corners), upper: Math.max(...corners) }
    }
  }
}

const EVERYTHING: Bounds = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY }

function termBounds(term: MetricTerm, runs: readonly RunResult[], alpha: number): Bounds {
  const shares = runs.flatMap((run) => proportionOf(run, term) ?? [])
  if (shares.length > 0) return shareBounds(pool(shares), alpha)
  return meanBounds(
    runs.flatMap((run) => metricOf(run, term) ?? []),
    alpha,
  )
}

function noteOn(
  { left, right, confidence }: Expectation,
  verdict: Verdict,
  runs: readonly RunResult[],
  differences: readonly number[],
  least: number,
): string {
  const terms = [...metricTerms(left), ...metricTerms(right)]
  const missing = terms.filter((term) => runs.every((run) => metricOf(run, term) === null)).map(metricLabel)
  if (runs.length > 0 && missing.length > 0)
    return `no run has a value of ${[...new Set(missing)].join(", ")}`
  if (differences.length === 0) return "no run has values of both sides"
  const undefinedIn = runs.length - differences.length
  const same = differences.every((value) => value === differences[0])
  return [
    undefinedIn > 0 ? `undefined in ${undefinedIn} of ${runs.length} runs` : "",
    differences.length < least
      ? `${least} replicates at least to decide it at ${percentText(confidence)}`
      : "",
    verdict !== "undecided" && same && undefinedIn === 0 ? `the same in all ${runs.length} replicates` : "",
  ]
    .filter((part) => part !== "")
    .join("; ")
}

function meanOrNull(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values)
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

/**
 * All verdicts together: one failure fails, one doubt leaves it undecided, one effect below its margin is no effect, for
 * what was expected of it has not been shown. Nothing asked holds.
 */
export const overall = (verdicts: readonly Verdict[]): Verdict =>
  (["fails", "undecided", "negligible"] as const).find((verdict) => verdicts.includes(verdict)) ?? "holds"

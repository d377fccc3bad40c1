/** A metric over the replicates of a setting, or its change between two settings, with its interval. */
import { Schema } from "effect"
import type { Expression } from "./expectation.ts"
import { type Bounds, cut, hull, mean, meanBounds, pool, shareBounds } from "./interval.ts"
import { evaluate } from "./judge.ts"
import { isFraction, possibleRange, proportionOf } from "./metrics.ts"
import type { RunResult } from "./runResult.ts"
import { leastReplicates } from "./surest.ts"

/** The confidence of every two-sided interval in results. */
export const INTERVAL_CONFIDENCE = 0.95

/** What each end of an interval is missed with. */
export const INTERVAL_TAIL = (1 - INTERVAL_CONFIDENCE) / 2

/** A mean over replicates with its two-sided interval. */
export const Estimate = Schema.Struct({
  /** Null where no replicate defines the metric. */
  mean: Schema.NullOr(Schema.Finite),
  /** Ends of the interval; null where one replicate or none defines the metric. */
  lower: Schema.NullOr(Schema.Finite),
  upper: Schema.NullOr(Schema.Finite),
  /** Replicates that define the metric. */
  replicates: Schema.Int,
})
export type Estimate = typeof Estimate.Type

/** The change of a measure from one setting to another on the same seeds. */
export const Change = Schema.Struct({
  from: Estimate,
  to: Estimate,
  /** Mean of the differences per seed, with the interval that pairing gives. */
  difference: Estimate,
  /** Whether zero lies outside that interval; null below `LEAST_TO_MOVE` replicates. */
  moves: Schema.NullOr(Schema.Boolean),
})
export type Change = typeof Change.Type

/** Fewer replicates claim no change: at the confidence of intervals, `surest.ts` lets them claim nothing. */
export const LEAST_TO_MOVE = leastReplicates(1 - INTERVAL_CONFIDENCE)

/** Mean and t-interval of values over replicates, without what is impossible. */
export function estimateMean(values: readonly number[], possible?: Bounds): Estimate {
  if (values.length === 0) return { mean: null, lower: null, upper: null, replicates: 0 }
  const center = mean(values)
  if (values.length === 1) return { mean: center, lower: null, upper: null, replicates: 1 }
  const bounds = meanBounds(values, INTERVAL_TAIL)
  return {
    mean: center,
    ...(possible === undefined ? bounds : cut(bounds, possible)),
    replicates: values.length,
  }
}

/** An expression over runs; a lone share gets the wider of its t-interval and its Clopper–Pearson interval. */
export function estimate(expression: Expression, runs: readonly RunResult[]): Estimate {
  const possible = expression._tag === "metric" ? possibleRange(expression, runs) : undefined
  const values = runs.flatMap((run) => evaluate(expression, run) ?? [])
  const overReplicates = estimateMean(values, possible)
  if (expression._tag !== "metric" || overReplicates.lower === null || overReplicates.upper === null) {
    return overReplicates
  }
  const shares = runs.flatMap((run) => proportionOf(run, expression) ?? [])
  if (shares.length === 0) return overReplicates
  const { lower, upper } = overReplicates
  return { ...overReplicates, ...hull({ lower, upper }, shareBounds(pool(shares), INTERVAL_TAIL)) }
}

const SHARE_CHANGE: Bounds = { lower: -1, upper: 1 }

/** Pairs runs by seed, in the order of `from`. Seeds that only one side has are left out. */
export function estimateChange(
  expression: Expression,
  from: readonly RunResult[],
  to: readonly RunResult[],
): Change {
  const bySeed = new Map(to.map((run) => [run.seed, run]))
  const differences = from.flatMap((run) => {
    const partner = bySeed.get(run.seed)
    const before = evaluate(expression, run)
    const after = partner === undefined ? null : evaluate(expression, partner)
    return before === null || after === null ? [] : [after - before]
  })
  const difference = estimateMean(differences, isShareLike(expression, from) ? SHARE_CHANGE : undefined)
  const { lower, upper } = difference
  return {
    from: estimate(expression, from),
    to: estimate(expression, to),
    difference,
    moves:
      differences.length < LEAST_TO_MOVE || lower === null || upper === null ? null : lower > 0 || upper < 0,
  }
}

/** Whether an expression is a lone share or fraction, to be shown in percent. */
export function isShareLike(expression: Expression, runs: readonly RunResult[]): boolean {
  if (expression._tag !== "metric") return false
  return isFraction(expression) || runs.some((run) => proportionOf(run, expression) !== undefined)
}

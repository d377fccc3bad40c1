/**
 * Confidence intervals: Student's t for means over replicates, Clopper–Pearson for shares.
 *
 * Floats are summed in the order of the replicates' seeds, so that equal runs give equal bits.
 */
import betaQuantile from "@stdlib/stats-base-dists-beta-quantile"
import tQuantile from "@stdlib/stats-base-dists-t-quantile"
import type { Proportion } from "./runResult.ts"

/** A closed range; infinite where nothing is known. */
export interface Bounds {
  readonly lower: number
  readonly upper: number
}

export function mean(values: readonly number[]): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** Standard deviation of a sample, with n − 1; NaN below two values. */
export function sampleDeviation(values: readonly number[]): number {
  const center = mean(values)
  let squares = 0
  for (const value of values) squares += (value - center) * (value - center)
  return values.length < 2 ? Number.NaN : Math.sqrt(squares / (values.length - 1))
}

/**
 * Bounds of the mean, each missed with probability `alpha`: a one-sided bound at 1 − alpha, or with both together a
 * two-sided interval at 1 − 2·alpha. Below two values nothing is known.
 */
export function meanBounds(values: readonly number[], alpha: number): Bounds {
  const count = values.length
  if (count < 2) return { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY }
  const center = mean(values)
  const reach = (tQuantile(1 - alpha, count - 1) * sampleDeviation(values)) / Math.sqrt(count)
  return { lower: center - reach, upper: center + reach }
}

/** Clopper–Pearson bounds of a share, each missed with probability at most `alpha`. Exact: never too narrow. */
export function shareBounds({ count, of }: Proportion, alpha: number): Bounds {
  if (of === 0) return { lower: 0, upper: 1 }
  return {
    lower: count === 0 ? 0 : betaQuantile(alpha, count, of - count + 1),
    upper: count === of ? 1 : betaQuantile(1 - alpha, count + 1, of - count),
  }
}

/** Sums the counts of several runs. */
export function pool(proportions: readonly Proportion[]): Proportion {
  let count = 0
  let of = 0
  for (const proportion of proportions) {
    count += proportion.count
    of += proportion.of
  }
  return { count, of }
}

/** What a mean of shares, and of counts or amounts that are never negative, can be. */
export const SHARE_RANGE: Bounds = { lower: 0, upper: 1 }
export const COUNT_RANGE: Bounds = { lower: 0, upper: Number.POSITIVE_INFINITY }

/** Bounds without what is impossible. */
export function cut(bounds: Bounds, possible: Bounds): Bounds {
  return {
    lower: Math.min(Math.max(bounds.lower, possible.lower), possible.upper),
    upper: Math.max(Math.min(bounds.upper, possible.upper), possible.lower),
  }
}

/** The least range that holds both. */
export function hull(a: Bounds, b: Bounds): Bounds {
  return { lower: Math.min(a.lower, b.lower), upper: Math.max(a.upper, b.upper) }
}

import { mean, meanBounds } from "../../sim/results/interval.ts"

/** A mean over runs with its 95 % interval; the bounds are null where a single run allows none. */
export interface Estimate {
  readonly n: number
  readonly mean: number
  readonly low: number | null
  readonly high: number | null
}

/** Each bound is missed with this probability: 95 % for the interval. */
const ALPHA = 0.025

/** The mean of independent runs with its 95 % interval (Student's t), values in a stated order. Null for no values. */
export const estimateMean = (values: readonly number[]): Estimate | null => {
  const n = values.length
  if (n === 0) return null
  const { lower, upper } = meanBounds(values, ALPHA)
  return n === 1
    ? { n, mean: mean(values), low: null, high: null }
    : { n, mean: mean(values), low: lower, high: upper }
}

import { estimateMean } from "../../sim/results/estimate.ts"
import type { Bounds } from "../../sim/results/interval.ts"

/** A mean over runs with its 95 % interval; the bounds are null where a single run allows none. */
export interface MeanOfRuns {
  readonly runs: number
  readonly mean: number
  readonly lower: number | null
  readonly upper: number | null
}

/**
 * The mean of independent runs with its 95 % interval, values in a stated order. Null for no values. `possible`: what the
 * mean can be, where it can't be anything.
 */
export const meanOfRuns = (values: readonly number[], possible?: Bounds): MeanOfRuns | null => {
  const { mean, lower, upper, replicates } = estimateMean(values, possible)
  return mean === null ? null : { runs: replicates, mean, lower, upper }
}

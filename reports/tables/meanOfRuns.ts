import { estimateMean } from "../../sim/results/estimate.ts"

/** A mean over runs with its 95 % interval; the bounds are null where a single run allows none. */
export interface MeanOfRuns {
  readonly runs: number
  readonly mean: number
  readonly lower: number | null
  readonly upper: number | null
}

/** The mean of independent runs with its 95 % interval, values in a stated order. Null for no values. */
export const meanOfRuns = (values: readonly number[]): MeanOfRuns | null => {
  const { mean, lower, upper, replicates } = estimateMean(values)
  return mean === null ? null : { runs: replicates, mean, lower, upper }
}

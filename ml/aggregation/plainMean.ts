import { fedAvg } from "./fedAvg.ts"
import type { Contribution } from "./contribution.ts"

/** The mean in which everybody counts the same, whatever they claim. Throws `AggregationInvalid`. */
export const plainMean = (contributions: readonly Contribution[]): Float32Array =>
  fedAvg(contributions.map((contribution) => ({ ...contribution, samples: 1 })))

import { AggregationInvalid, inOrderOfNames, type Contribution } from "./contribution.ts"

export interface FedAvgOptions {
  /** A contribution counts as at most this many samples: claims are not proven. Default: no cap. */
  readonly maxSamples?: number
}

/**
 * Federated averaging (McMahan et al. 2017): the mean of contributions, weighted by their numbers of samples, as a new
 * array. Throws `AggregationInvalid`.
 */
export const fedAvg = (contributions: readonly Contribution[], options: FedAvgOptions = {}): Float32Array => {
  const ordered = inOrderOfNames(contributions)
  const cap = options.maxSamples ?? Infinity
  const counts = ordered.map(({ samples }) => Math.min(samples, cap))
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (!(total > 0)) {
    throw new AggregationInvalid({ contribution: "all contributions", problem: "their samples sum to zero" })
  }
  const length = ordered[0]!.values.length
  const sums = new Float64Array(length)
  ordered.forEach(({ values }, index) => {
    const count = counts[index]!
    for (let i = 0; i < length; i++) sums[i] = sums[i]! + count * values[i]!
  })
  const mean = new Float32Array(length)
  for (let i = 0; i < length; i++) mean[i] = sums[i]! / total
  return mean
}

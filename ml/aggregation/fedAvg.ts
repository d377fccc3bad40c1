/**
 * Federated averaging (McMahan et al. 2017): the mean of contributions, weighted by their numbers of samples.
 *
 * Sums of floats depend on order, so contributions are added in the code-unit order of their names, in float64,
 * and rounded to float32 once at the end.
 */
import { Schema } from "effect"

export interface Contribution {
  /** Decides the order of summation: a task's or a solver's identifier. Names are unique. */
  readonly name: string
  /** Weights or a weight update; all of one length. */
  readonly values: Float32Array
  /** Claimed samples, a non-negative integer. */
  readonly samples: number
}

export interface FedAvgOptions {
  /** A contribution counts as at most this many samples: claims are not proven. Default: no cap. */
  readonly maxSamples?: number
}

/** Contributions that cannot be averaged. */
export class AggregationInvalid extends Schema.TaggedError<AggregationInvalid>()("AggregationInvalid", {
  contribution: Schema.String,
  problem: Schema.String,
}) {
  override get message(): string {
    return `cannot average ${this.contribution}: ${this.problem}`
  }
}

/** The weighted mean as a new array. Throws `AggregationInvalid`. */
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
  return Float32Array.from(sums, (sum) => sum / total)
}

const inOrderOfNames = (contributions: readonly Contribution[]): readonly Contribution[] => {
  const first = contributions[0]
  if (first === undefined) {
    throw new AggregationInvalid({ contribution: "nothing", problem: "at least one contribution is needed" })
  }
  const ordered = [...contributions].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  ordered.forEach(({ name, values, samples }, index) => {
    const refuse = (problem: string): never => {
      throw new AggregationInvalid({ contribution: JSON.stringify(name), problem })
    }
    if (index > 0 && ordered[index - 1]!.name === name) refuse("the name occurs twice")
    if (values.length !== first.values.length) {
      refuse(`it has ${values.length} values, ${JSON.stringify(first.name)} has ${first.values.length}`)
    }
    if (!Number.isSafeInteger(samples) || samples < 0) {
      refuse(`samples is ${samples}, expected an integer from 0`)
    }
    if (!values.every(Number.isFinite)) refuse("a value is not finite")
  })
  return ordered
}

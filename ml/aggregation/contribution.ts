/**
 * What is aggregated. Sums of floats depend on order, so every rule goes through contributions in the code-unit order
 * of their names, in float64, and rounds to float32 once at the end.
 */
import { Schema } from "effect"

export interface Contribution {
  /** Decides the order of summation, and between equals: a task's or a solver's identifier. Names are unique. */
  readonly name: string
  /** Weights or a weight update; all of one length. */
  readonly values: Float32Array
  /** Claimed samples, a non-negative integer. Only federated averaging looks at them: claims are not proven. */
  readonly samples: number
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

/** The contributions by name, checked: at least one, all of one length and finite. Throws `AggregationInvalid`. */
export const inOrderOfNames = (contributions: readonly Contribution[]): readonly Contribution[] => {
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
    if (!isFinite(values)) refuse("a value is not finite")
  })
  return ordered
}

const isFinite = (values: Float32Array): boolean => {
  // A loop, because `every` with a callback takes as long as the average itself.
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false
  return true
}

/** How the updates of a round become one: a public term of the project, so that anyone can recompute its models. */
import { Schema } from "effect"

export type AggregationRule =
  /** Mean, weighted by samples: what one attacker says counts without bound. */
  | { readonly kind: "fedAvg" }
  /** Median of each weight by itself. */
  | { readonly kind: "median" }
  /** Mean of each weight by itself without the ⌊share · n⌋ smallest and largest values; 0 ≤ share < ½. */
  | { readonly kind: "trimmedMean"; readonly share: number }
  /** The update that lies closest to others, if `byzantine` of them lie. */
  | { readonly kind: "krum"; readonly byzantine: number }
  /** Mean of the `keep` updates that lie closest to others; default all but `byzantine`. */
  | { readonly kind: "multiKrum"; readonly byzantine: number; readonly keep?: number }

export interface AggregationOptions {
  readonly rule: AggregationRule
  /** In federated averaging a contribution counts as at most this many samples. Default: no cap. */
  readonly maxSamples?: number
  /** L2 norm to which longer updates are shortened before the rule. Default: none is. */
  readonly maxNorm?: number
}

/** A rule or a bound that makes no sense. */
export class AggregationRuleInvalid extends Schema.TaggedError<AggregationRuleInvalid>()(
  "AggregationRuleInvalid",
  { field: Schema.String, problem: Schema.String },
) {
  override get message(): string {
    return `cannot aggregate: ${this.field} ${this.problem}`
  }
}

/** Throws `AggregationRuleInvalid`. */
export const checkAggregation = ({ rule, maxSamples, maxNorm }: AggregationOptions): void => {
  if (rule.kind === "trimmedMean" && !(rule.share >= 0 && rule.share < 0.5)) {
    refuse("share", `is ${rule.share}, expected a number from 0 to below 0.5`)
  }
  if (rule.kind === "krum" || rule.kind === "multiKrum") {
    if (!isCount(rule.byzantine, 0)) refuse("byzantine", `is ${rule.byzantine}, expected an integer from 0`)
  }
  if (rule.kind === "multiKrum" && rule.keep !== undefined && !isCount(rule.keep, 1)) {
    refuse("keep", `is ${rule.keep}, expected an integer from 1`)
  }
  if (maxSamples !== undefined && !(maxSamples > 0)) {
    refuse("maxSamples", `is ${maxSamples}, expected a number above 0`)
  }
  if (maxNorm !== undefined && !(maxNorm > 0)) refuse("maxNorm", `is ${maxNorm}, expected a number above 0`)
}

const isCount = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least

const refuse = (field: string, problem: string): never => {
  throw new AggregationRuleInvalid({ field, problem })
}

import { checkAggregation, type AggregationOptions, type AggregationRule } from "./aggregationRule.ts"
import type { Contribution } from "./contribution.ts"
import { fedAvg } from "./fedAvg.ts"
import { krum } from "./krum.ts"
import { median } from "./median.ts"
import { multiKrum } from "./multiKrum.ts"
import { clipNorm } from "./normClipping.ts"
import { trimmedMean } from "./trimmedMean.ts"

/**
 * One update from many, by a rule: the same bits in whatever order contributions come. Synchronous: call it through
 * `Learning` inside a run. Throws `AggregationInvalid`, `AggregationRuleInvalid`.
 */
export const aggregate = (
  contributions: readonly Contribution[],
  options: AggregationOptions,
): Float32Array => {
  checkAggregation(options)
  const { rule, maxNorm } = options
  const bounded =
    maxNorm === undefined
      ? contributions
      : contributions.map((given) => ({ ...given, values: clipNorm(given.values, maxNorm) }))
  return apply(rule, bounded, options)
}

const apply = (
  rule: AggregationRule,
  contributions: readonly Contribution[],
  { maxSamples }: AggregationOptions,
): Float32Array => {
  switch (rule.kind) {
    case "fedAvg":
      return fedAvg(contributions, maxSamples === undefined ? {} : { maxSamples })
    case "median":
      return median(contributions)
    case "trimmedMean":
      return trimmedMean(contributions, rule.share)
    case "krum":
      return krum(contributions, rule.byzantine)
    case "multiKrum":
      return multiKrum(contributions, rule)
  }
}

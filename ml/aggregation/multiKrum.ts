import type { Contribution } from "./contribution.ts"
import { krumScores } from "./krum.ts"
import { plainMean } from "./plainMean.ts"

/**
 * Multi-Krum (Blanchard et al. 2017): the plain mean of the `keep` contributions with the lowest Krum scores, by
 * default all but `byzantine`, at least one and at most all. Throws `AggregationInvalid`.
 */
export const multiKrum = (
  contributions: readonly Contribution[],
  options: { readonly byzantine: number; readonly keep?: number },
): Float32Array => {
  const { byzantine, keep = Math.max(1, contributions.length - byzantine) } = options
  const best = krumScores(contributions, byzantine).slice(0, keep)
  return plainMean(best.map(({ contribution }) => contribution))
}

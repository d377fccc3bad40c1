import { inOrderOfNames, type Contribution } from "./contribution.ts"
import { mapSortedColumns } from "./sortedColumns.ts"

/** Keeps 0.29 · 100 from being 28. */
const ROUNDING = 1e-9

/** Values that are left out on each side: ⌊share · clients⌋, so that few clients lose none. */
export const trimmedEachSide = (share: number, clients: number): number =>
  Math.floor(share * clients + ROUNDING)

/**
 * Coordinate-wise trimmed mean (Yin et al. 2018): of each weight by itself the mean without the ⌊share · n⌋ smallest
 * and as many largest values. Claims of samples count for nothing. Within the honest values as long as no more than
 * ⌊share · n⌋ lie; past that it breaks down. `share` from 0 to below ½. Throws `AggregationInvalid`.
 */
export const trimmedMean = (contributions: readonly Contribution[], share: number): Float32Array => {
  const ordered = inOrderOfNames(contributions)
  const trimmed = trimmedEachSide(share, ordered.length)
  const kept = ordered.length - 2 * trimmed
  return mapSortedColumns(ordered, (values, from) => {
    let sum = 0
    const to = from + trimmed + kept
    for (let at = from + trimmed; at < to; at++) sum += values[at]!
    return sum / kept
  })
}

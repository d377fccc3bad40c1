import { inOrderOfNames, type Contribution } from "./contribution.ts"
import { mapSortedColumns } from "./sortedColumns.ts"

/**
 * Coordinate-wise median (Yin et al. 2018): of each weight by itself the middle value, or the mean of the two in the
 * middle. Claims of samples count for nothing. Within the honest values as long as fewer than half lie.
 * Throws `AggregationInvalid`.
 */
export const median = (contributions: readonly Contribution[]): Float32Array => {
  const ordered = inOrderOfNames(contributions)
  const upper = ordered.length >> 1
  const lower = (ordered.length - 1) >> 1
  return mapSortedColumns(ordered, (values, from) => (values[from + lower]! + values[from + upper]!) / 2)
}

import { deriveStream } from "../kernel/randomStream.ts"

/** Of the runs of an experiment, where nobody says otherwise: one of a hundred, and at least one. */
export const DEFAULT_AUDIT_SHARE = 0.01

/**
 * Draws which runs are repeated, in the order of the plan: at least one where the share is above 0. A larger share
 * under the same seed takes in the smaller one's runs. Throws a `RangeError` for what is no share.
 */
export const auditSample = <A>(runs: readonly A[], share: number, seed: string): readonly A[] => {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`auditShare: expected 0 to 1, found ${share}`)
  // A share such as 0.07 of 100 is 7, not the next number above 7.000000000000001.
  const count = Math.ceil(Number((share * runs.length).toFixed(9)))
  const drawn = new Set(
    deriveStream(seed, "audit")
      .shuffle(runs.map((_, index) => index))
      .slice(0, count),
  )
  return runs.filter((_, index) => drawn.has(index))
}

/**
 * How sure anything measured on n replicates may be claimed: no surer than n coins that all fell alike, 2⁻ⁿ.
 *
 * Replicates that hardly differ have an interval of hardly any width, however few they are; but two or three of them say
 * little about outcomes that none of them had. So a claim that is to be false with probability α at most needs n with
 * 2⁻ⁿ ≤ α: 5 replicates at 95 %, 7 at 99 %. The direction is part of a claim, and of two opposite ones at most one is
 * false, so that the coins need to fall alike in one way only.
 */

/** Probability that n coins all fall as one says; 1 below two, which show no spread. */
export const surest = (replicates: number): number => (replicates < 2 ? 1 : 2 ** -replicates)

/** The fewest replicates on which something can be claimed that is false with probability `alpha` at most, above 0. */
export function leastReplicates(alpha: number): number {
  let count = 2
  while (surest(count) > alpha) count += 1
  return count
}

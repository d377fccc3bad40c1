/** The seeds of trials: those on which options are chosen, and those on which the chosen are judged, share none. */
import type { Rung } from "../search/successiveHalving.ts"

export const TRAINING_SEEDS: readonly number[] = Array.from({ length: 7 }, (_, index) => 900_001 + index)

/**
 * Of the replicates that are judged, unless somebody asks for others; scenarios are written on small ones. Seeds from
 * 1,000,001 on told how many replicates verdicts take, and so judge nothing.
 */
export const FIRST_FRESH_SEED = 2_000_001

/** 64 settings on one seed, the best 8 of them on two more, the best 2 on four more. */
export const RUNGS: readonly Rung[] = [
  { keep: 64, seeds: TRAINING_SEEDS.slice(0, 1) },
  { keep: 8, seeds: TRAINING_SEEDS.slice(1, 3) },
  { keep: 2, seeds: TRAINING_SEEDS.slice(3, 7) },
]

/** Runs of one search, the settings being all different. */
export const SEARCH_RUNS = RUNGS.reduce((sum, { keep, seeds }) => sum + keep * seeds.length, 0)

/** Replicates of a verdict: looked at after this many first, ... */
export const LEAST_REPLICATES = 8
/** ... and never more. */
export const MOST_REPLICATES = 512
/** The same where the search is what is on trial: it is to find what is plain to see. */
export const MOST_REPLICATES_OF_CANARY = 64

/** Probability that the table of trials has any false verdict at all. */
export const FAMILYWISE_ERROR = 0.05

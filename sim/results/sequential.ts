/**
 * Judges a statement after each of several looks at a growing number of replicates, and stops at the first that tells.
 *
 * Three claims can be made of `left > right` with an indifference margin δ: it holds, it fails, or there is no effect
 * larger than δ (the mean of left − right lies within ±δ). At each of L looks a claim is made at α / 2L: by Bonferroni
 * over the looks, and over the two claims at most that can be false at once, a false one is made with probability α at
 * most, wherever one stops. The bounds are those of `judge`.
 *
 * Nothing is claimed more surely than `surest.ts` lets n replicates claim.
 */
import tQuantile from "@stdlib/stats-base-dists-t-quantile"
import { INTERVAL_TAIL } from "./estimate.ts"
import type { Expectation } from "./expectation.ts"
import { type Bounds, mean, sampleDeviation } from "./interval.ts"
import { claimsOver, type Difference, differenceOf } from "./judge.ts"
import type { RunResult } from "./runResult.ts"
import { leastReplicates, surest } from "./surest.ts"

export type Claim = "holds" | "fails" | "negligible"

export interface SequentialRule {
  /** δ, in the unit of left − right; above 0. */
  readonly margin: number
  /** Probability of a false claim. */
  readonly alpha: number
  /** Numbers of replicates at which one looks, ascending. */
  readonly looks: readonly number[]
}

export interface SequentialJudgement {
  readonly verdict: Claim | "undecided"
  /** The claim that was made, or the one that came nearest. */
  readonly claim: Claim
  /** The smallest α at which it would be made here, looks and claims accounted for; 1 at most. */
  readonly p: number
  /** Mean of left − right, or of right − left where the statement is `<`: positive is for the statement. */
  readonly effect: number | null
  /** Ends of its interval at the confidence of intervals, this look by itself; null where unknown. */
  readonly lower: number | null
  readonly upper: number | null
  /** Replicates that define it. */
  readonly replicates: number
  /** Replicates that a decision would need, by the spread and the effect so far; null where decided or unknown. */
  readonly needed: number | null
}

/** Doublings from `least` to `most`; those at which nothing can be claimed at this α yet are left out. */
export function looksAt(
  { least, most }: { readonly least: number; readonly most: number },
  alpha: number,
): readonly number[] {
  const looks: number[] = []
  for (let count = least; count < most; count *= 2) looks.push(count)
  looks.push(most)
  while (looks.length > 1 && surest(looks[0]!) * claimsOver(looks.length) > alpha) looks.shift()
  return looks
}

/** Judges the first `count` of the replicates, `count` being one of the looks. */
export function judgeAt(
  expectation: Expectation,
  runs: readonly RunResult[],
  rule: SequentialRule,
): SequentialJudgement {
  const { margin, alpha, looks } = rule
  const difference = forwards(expectation, differenceOf(expectation, runs))
  const { values } = difference
  const strict = expectation.relation === ">" || expectation.relation === "<"
  // Where two can be made, the former says more: an effect within the margin is none, whichever its sign.
  const claims: readonly (readonly [Claim, (bounds: Bounds) => boolean])[] = [
    ["fails", ({ upper }) => (strict ? upper <= 0 : upper < 0)],
    ["negligible", ({ lower, upper }) => lower > -margin && upper < margin],
    ["holds", ({ lower }) => (strict ? lower > 0 : lower >= 0)],
  ]
  const judged = claims.map(([claim, made]) => ({
    claim,
    p: Math.min(
      1,
      claimsOver(looks.length) * Math.max(surest(values.length), smallestAlpha(difference, made)),
    ),
  }))
  const made = judged.find(({ p }) => p <= alpha)
  const nearest = made ?? judged.reduce((best, other) => (other.p < best.p ? other : best))
  return {
    verdict: made?.claim ?? "undecided",
    ...nearest,
    effect: values.length === 0 ? null : mean(values),
    ...finiteOrNull(difference.boundsAt(INTERVAL_TAIL)),
    replicates: values.length,
    needed: made === undefined ? replicatesNeeded(values, rule) : null,
  }
}

const finiteOrNull = ({ lower, upper }: Bounds) => ({
  lower: Number.isFinite(lower) ? lower : null,
  upper: Number.isFinite(upper) ? upper : null,
})

/** The difference with its sign turned where the statement is `<`. */
function forwards({ relation }: Expectation, difference: Difference): Difference {
  if (relation === ">" || relation === ">=") return difference
  const { values, boundsAt } = difference
  return {
    values: values.map((value) => -value),
    boundsAt: (alpha) => {
      const { lower, upper } = boundsAt(alpha)
      return { lower: -upper, upper: -lower }
    },
  }
}

const LEAST_ALPHA = 1e-9

/** The smallest α whose bounds make the claim, by bisection: bounds only widen as α falls. 1 where none does. */
function smallestAlpha({ boundsAt }: Difference, made: (bounds: Bounds) => boolean): number {
  const makes = (exponent: number) => made(boundsAt(10 ** exponent))
  let [below, above] = [Math.log10(LEAST_ALPHA), Math.log10(0.5)]
  if (!makes(above)) return 1
  if (makes(below)) return LEAST_ALPHA
  while (above - below > 1e-3) {
    const middle = (below + above) / 2
    if (makes(middle)) above = middle
    else below = middle
  }
  return 10 ** above
}

/**
 * n ≈ (t·s / distance)², the distance being that of the mean from zero, or from the margin where that is farther: the
 * easier of the two to be decided. An estimate from what was seen, no promise.
 */
function replicatesNeeded(
  values: readonly number[],
  { margin, alpha, looks }: SequentialRule,
): number | null {
  const deviation = sampleDeviation(values)
  if (!(deviation > 0)) return null
  const each = alpha / claimsOver(looks.length)
  const t = tQuantile(1 - each, values.length - 1)
  const effect = Math.abs(mean(values))
  const count = Math.ceil(((t * deviation) / Math.max(effect, margin - effect)) ** 2)
  const needed = Math.max(count, leastReplicates(each))
  return needed > values.length ? needed : values.length + 1
}

/** Holm's step-down: which of several claims stand at a familywise error of alpha, in the order given. */
export function holm(ps: readonly number[], alpha: number): readonly boolean[] {
  const order = ps.map((_, index) => index).sort((a, b) => ps[a]! - ps[b]!)
  const stands = ps.map(() => false)
  for (const [rank, index] of order.entries()) {
    if (ps[index]! > alpha / (ps.length - rank)) break
    stands[index] = true
  }
  return stands
}

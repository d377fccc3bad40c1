/**
 * The rule by which a solution is judged, in integers throughout: accuracies are counts, so that every coordinator,
 * contract and auditor comes to the same score.
 */
import { Schema } from "effect"

/** An accuracy as counts: `correct` of `total` examples. */
export interface Counts {
  readonly correct: number
  readonly total: number
}

export interface AcceptanceRule {
  /** Score from 0 to 100 that a correct solution reaches; 70 in the default world. */
  readonly minimumScore: number
  /** How far accuracy may fall below the base model's, in basis points of accuracy (100 = one point). */
  readonly toleranceBps: number
}

export interface Judgement {
  /** min(100, ⌊100 · accuracy / threshold⌋) */
  readonly score: number
  readonly correct: boolean
}

/** Counts or parameters that make no accuracy or no rule. */
export class AcceptanceInvalid extends Schema.TaggedError<AcceptanceInvalid>()("AcceptanceInvalid", {
  field: Schema.String,
  problem: Schema.String,
}) {
  override get message(): string {
    return `cannot judge: ${this.field} ${this.problem}`
  }
}

/** min(100, ⌊100 · accuracy / threshold⌋), exact. Throws `AcceptanceInvalid`. */
export const scoreOf = (accuracy: Counts, threshold: Counts): number => {
  const [correct, total] = exact("accuracy", accuracy)
  const [thresholdCorrect, thresholdTotal] = exact("threshold", threshold)
  if (thresholdCorrect === 0n) {
    throw new AcceptanceInvalid({ field: "threshold", problem: "is zero: any solution would reach it" })
  }
  const score = (100n * correct * thresholdTotal) / (total * thresholdCorrect)
  return score > 100n ? 100 : Number(score)
}

/** Whether accuracy ≥ base − tolerance, exact. Throws `AcceptanceInvalid`. */
export const keepsUpWithBase = (accuracy: Counts, base: Counts, toleranceBps: number): boolean => {
  const [correct, total] = exact("accuracy", accuracy)
  const [baseCorrect, baseTotal] = exact("base", base)
  if (!Number.isInteger(toleranceBps) || toleranceBps < 0 || toleranceBps > 10_000) {
    throw new AcceptanceInvalid({
      field: "toleranceBps",
      problem: `is ${toleranceBps}, expected an integer from 0 to 10,000`,
    })
  }
  return 10_000n * correct * baseTotal >= (10_000n * baseCorrect - BigInt(toleranceBps) * baseTotal) * total
}

/** Judges a solution: correct if it reaches the minimum score and keeps up with its base. Throws `AcceptanceInvalid`. */
export const judge = (
  measured: { readonly accuracy: Counts; readonly threshold: Counts; readonly base: Counts },
  rule: AcceptanceRule,
): Judgement => {
  const { minimumScore } = rule
  if (!Number.isInteger(minimumScore) || minimumScore < 0 || minimumScore > 100) {
    throw new AcceptanceInvalid({
      field: "minimumScore",
      problem: `is ${minimumScore}, expected an integer from 0 to 100`,
    })
  }
  const score = scoreOf(measured.accuracy, measured.threshold)
  const keepsUp = keepsUpWithBase(measured.accuracy, measured.base, rule.toleranceBps)
  return { score, correct: score >= minimumScore && keepsUp }
}

const exact = (field: string, { correct, total }: Counts): readonly [bigint, bigint] => {
  if (
    !Number.isSafeInteger(total) ||
    !Number.isSafeInteger(correct) ||
    correct < 0 ||
    total < 1 ||
    correct > total
  ) {
    throw new AcceptanceInvalid({
      field,
      problem: `is ${correct} of ${total}, expected 0 ≤ correct ≤ total and total ≥ 1`,
    })
  }
  return [BigInt(correct), BigInt(total)]
}

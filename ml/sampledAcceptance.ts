/**
 * The acceptance rule on a sample, and how often it errs.
 *
 * A sample's counts stand for the whole set's: c correct of n sampled examples are judged by `judge` with
 * `accuracy = c / n`, in integers, and vote and score are what it says. `threshold` and `base` stay the counts that the
 * proposer published about the whole set. Nobody could measure the threshold again, as the reference's weights are
 * unknown. The base model could be evaluated on the same examples, and the two compared pair by pair; but that looks at
 * two models instead of one. On MNIST, from the third round of federated training on, the sampled difference of two
 * models has 0.2 to 0.7 times the variance of one model's sampled accuracy, at twice the price: about what a sample
 * twice as large gives. And a sample of everything is exactly the vote of a coordinator that looks at everything.
 */
import { judge, type AcceptanceRule, type Counts } from "./acceptance.ts"

/** What a submission is measured against: counts on the whole evaluation set, published with the ground truth. */
export interface Yardstick {
  readonly threshold: Counts
  readonly base: Counts
  readonly rule: AcceptanceRule
}

/**
 * The least number of right answers among `examples` with which a sample passes; `examples` + 1 if none suffices.
 * Throws `AcceptanceInvalid`.
 */
export const passMark = (examples: number, { threshold, base, rule }: Yardstick): number => {
  let low = 0
  let high = examples + 1
  while (low < high) {
    const correct = Math.floor((low + high) / 2)
    const passes = judge({ accuracy: { correct, total: examples }, threshold, base }, rule).correct
    if (passes) high = correct
    else low = correct + 1
  }
  return low
}

/**
 * P(a sample passes): of `total` examples the submission gets `correct` right, n are drawn without repetition, and X of
 * them are right. X is hypergeometric,
 *
 *     P(X = x) = C(K, x) · C(N − K, n − x) / C(N, n)   with K = correct, N = total,
 *
 * and the sample passes when X reaches the pass mark. One minus this is the rate of false rejections of a submission
 * that passes on the whole set; this is the rate of false approvals of one that does not. Throws `AcceptanceInvalid`.
 */
export const approvalProbability = (whole: Counts, examples: number, yardstick: Yardstick): number => {
  const mark = passMark(examples, yardstick)
  const { correct: right, total } = whole
  const wrong = total - right
  const least = Math.max(0, examples - wrong)
  const most = Math.min(examples, right)
  // P(X = x + 1) / P(X = x)
  const rise = (x: number): number => ((right - x) * (examples - x)) / ((x + 1) * (wrong - examples + x + 1))
  // Outwards from the most likely count, so that nothing overflows.
  const mode = Math.min(most, Math.max(least, Math.floor(((examples + 1) * (right + 1)) / (total + 2))))
  let all = 1
  let passing = mode >= mark ? 1 : 0
  const add = (x: number, weight: number): void => {
    all += weight
    if (x >= mark) passing += weight
  }
  for (let x = mode, weight = 1; x < most; x++) add(x + 1, (weight *= rise(x)))
  for (let x = mode, weight = 1; x > least; x--) add(x - 1, (weight /= rise(x - 1)))
  return passing / all
}

import type { RandomStream } from "../../sim/kernel/randomStream.ts"
import { gaussianNoise } from "./gaussianNoise.ts"

/** Halvings of the search: the noise is found to one part in a thousand of its range. */
const HALVINGS = 10
/** Noise is searched up to this multiple of the update's size. */
const LARGEST_DEVIATION = 64

/**
 * The honest update made just bad enough: along one drawn direction of noise, the smallest amount found with which
 * at most `targetCorrect` examples are answered right. A bad result near the threshold, hard to tell from an honest
 * one. If even the largest noise leaves more right, that is returned.
 */
export const degradation = (
  update: Float32Array,
  options: {
    /** Examples answered right with a candidate update: an evaluation that the attacker can make. */
    readonly countCorrect: (candidate: Float32Array) => number
    readonly targetCorrect: number
    readonly stream: RandomStream
  },
): Float32Array => {
  const noisy = gaussianNoise(update, { relativeDeviation: 1, stream: options.stream })
  const candidate = (deviation: number): Float32Array =>
    update.map((value, i) => value + deviation * (noisy[i]! - value))
  const isBadEnough = (deviation: number): boolean =>
    options.countCorrect(candidate(deviation)) <= options.targetCorrect
  let high = 1
  while (high < LARGEST_DEVIATION && !isBadEnough(high)) high *= 2
  let low = high === 1 ? 0 : high / 2
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2
    if (isBadEnough(middle)) high = middle
    else low = middle
  }
  return candidate(high)
}

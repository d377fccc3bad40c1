/** Accuracy and loss over examples without number: smooth in the weights, where those on given examples are not. */
import type { ClassMargin } from "./margins.ts"
import { normalCdf, normalQuantile } from "./normal.ts"

const thresholds = new Map<number, number>()

/** The margin that nobody's knowledge is worth: with margin 0, one example in `classes` is answered right. */
export const thresholdOf = (classes: number): number => {
  const known = thresholds.get(classes) ?? -normalQuantile(1 / classes)
  thresholds.set(classes, known)
  return known
}

/** Share of examples that are answered right if class k is a share `shares[k]` of them. */
export const expectedAccuracy = (margins: readonly ClassMargin[], shares: readonly number[]): number => {
  const threshold = thresholdOf(margins.length)
  return margins.reduce((sum, { margin }, k) => sum + shares[k]! * normalCdf(margin - threshold), 0)
}

/** Gauss–Hermite nodes and weights for a standard normal number (Abramowitz and Stegun 25.10, n = 5). */
const NODES = [-2.856970013872806, -1.355626179974266, 0, 1.355626179974266, 2.856970013872806]
const WEIGHTS = [
  0.011257411327720691, 0.2220759220056126, 0.5333333333333333, 0.2220759220056126, 0.011257411327720691,
]

/** Mean loss in nats under the same conditions. */
export const expectedLoss = (
  margins: readonly ClassMargin[],
  shares: readonly number[],
  slope: number,
): number =>
  margins.reduce((sum, { margin }, k) => {
    const loss = NODES.reduce(
      (mean, node, i) => mean + WEIGHTS[i]! * lossOf(margin - node, margins.length, slope),
      0,
    )
    return sum + shares[k]! * loss
  }, 0)

/** Cross-entropy of an example in nats; `surplus` is its class's margin less its difficulty. ln(classes) where nothing is known. */
const lossOf = (surplus: number, classes: number, slope: number): number =>
  Math.log(1 + (classes - 1) * Math.exp(-slope * surplus))

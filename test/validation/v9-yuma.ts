/**
 * V9: Yuma consensus, the rule of voting that the contracts' is compared with. Four validators weigh four servers; two of
 * them, one after the other, weigh only themselves, which does not count: their bonds fade, the others' grow.
 */
import {
  weightedMedian,
  yumaEpoch,
  type Matrix,
  type YumaOptions,
} from "../../sim/mechanisms/yumaConsensus.ts"
import { exactRow, type ValidationTarget } from "./target.ts"

const medians: readonly (readonly [
  stakes: readonly number[],
  scores: readonly number[],
  expected: number,
])[] = [
  [[0.51], [1], 1],
  [[0.49, 0.51], [0.5, 1], 1],
  [[0.51, 0.49], [0.5, 1], 0.5],
  [[0.2, 0.2, 0.2, 0.2, 0.2], [0.8, 0.2, 1, 0.6, 0.4], 0.6],
]

/** Dividends of the four validators, epoch by epoch. */
const epochs: Readonly<Record<YumaOptions["rounding"], readonly (readonly number[])[]>> = {
  u16: [
    [0.1, 0.2, 0.3, 0.4],
    [0.0899967, 0.2022211, 0.3033344, 0.4044477],
    [0.0809936, 0.1819996, 0.3158593, 0.4211475],
  ],
  none: [
    [0.1, 0.2, 0.3, 0.4],
    [0.09, 0.2022222, 0.3033333, 0.4044444],
    [0.081, 0.182, 0.3158571, 0.4211429],
  ],
}

const stakes = [0.1, 0.2, 0.3, 0.4, 0, 0, 0, 0]
const VALIDATORS = 4

/** The first `selfish` validators weigh themselves, the others all servers by the same weights; servers nobody. */
const weightsWith = (selfish: number): Matrix =>
  stakes.map((_, i) => {
    if (i < selfish) return stakes.map((_, j) => (i === j ? 1 : 0))
    return i < VALIDATORS ? [0, 0, 0, 0, 0.1, 0.2, 0.3, 0.4] : stakes.map(() => 0)
  })

const dividendsOf = (rounding: YumaOptions["rounding"]): readonly (readonly number[])[] => {
  const options: YumaOptions = { majority: 32_767 / 65_535, bondAverage: 0.1, bondPenalty: 1, rounding }
  let bonds: Matrix | undefined
  return epochs[rounding].map((_, selfish) => {
    const epoch = yumaEpoch(stakes, weightsWith(selfish), bonds, options)
    bonds = epoch.bonds
    return epoch.dividends
  })
}

export const v9: ValidationTarget = {
  id: "V9",
  title: "Yuma consensus",
  source:
    "tests of Bittensor's subtensor: weighted medians at a majority of 0.51, dividends of four validators",
  kind: "exact",
  rows: async () => [
    ...medians.map(([stakes, scores, expected]) =>
      exactRow({
        label: `weighted median of ${scores.join(", ")} at stakes ${stakes.join(", ")}`,
        expected,
        simulated: weightedMedian(stakes, scores, 0.51),
        tolerance: 0,
      }),
    ),
    ...(["u16", "none"] as const).flatMap((rounding) => {
      const simulated = dividendsOf(rounding)
      return epochs[rounding].flatMap((dividends, epoch) =>
        dividends.map((expected, validator) =>
          exactRow({
            label: `dividend of validator ${validator + 1}, epoch ${epoch + 1}, ${rounding === "u16" ? "bonds of 16 bits" : "bonds not rounded"}`,
            expected,
            simulated: simulated[epoch]?.[validator] ?? Number.NaN,
            tolerance: 1e-6,
          }),
        ),
      )
    }),
  ],
}

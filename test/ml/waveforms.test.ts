import { describe, expect, test } from "vitest"
import type { ExampleSet } from "../../ml/datasets/dataset.ts"
import { HIGHEST, LOWEST, makeWaveforms, waveAt } from "../../ml/datasets/waveforms.ts"

const POINTS = 40
const waveforms = makeWaveforms()

const valueAt = ({ inputs }: ExampleSet, example: number, at: number): number =>
  LOWEST + (inputs[example * POINTS + at]! / 255) * (HIGHEST - LOWEST)

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length

/** The waves that each class mixes, as the book numbers them less one. */
const MIXED = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const

/**
 * Bayes' rule with what nobody knows, the proportion of the mixture, integrated out over a grid: the best that can be
 * done with the 21 coordinates that carry a wave.
 */
const mostLikelyClass = (set: ExampleSet, example: number): number => {
  const values = Array.from({ length: 21 }, (_, at) => valueAt(set, example, at))
  const likelihoods = MIXED.map(([first, second]) => {
    const shares = Array.from({ length: 40 }, (_, step) => (step + 0.5) / 40)
    return mean(
      shares.map((share) => {
        const squares = values.map((value, at) => {
          const wave = share * waveAt(first, at + 1) + (1 - share) * waveAt(second, at + 1)
          return (value - wave) * (value - wave)
        })
        return Math.exp(-squares.reduce((a, b) => a + b, 0) / 2)
      }),
    )
  })
  return likelihoods.indexOf(Math.max(...likelihoods))
}

describe("waveforms", () => {
  test("are mixtures of two waves in even proportions, as the book defines them", () => {
    const { train } = waveforms
    expect([waveAt(0, 7), waveAt(1, 11), waveAt(2, 15)]).toEqual([6, 6, 6])
    expect([waveAt(0, 1), waveAt(0, 13), waveAt(2, 21), waveAt(1, 9)]).toEqual([0, 0, 0, 4])
    MIXED.forEach(([first, second], label) => {
      const members = [...train.labels.keys()].filter((example) => train.labels[example] === label)
      for (const at of [0, 6, 8, 10, 14, 20]) {
        const expected = (waveAt(first, at + 1) + waveAt(second, at + 1)) / 2
        // 8,000 examples of a standard deviation of at most 2: 0.1 is over four standard errors.
        expect(Math.abs(mean(members.map((each) => valueAt(train, each, at))) - expected)).toBeLessThan(0.1)
      }
    })
  })

  test("have 19 coordinates of standard normal noise and nothing else", () => {
    const { train } = waveforms
    const noise = Array.from({ length: train.size }, (_, example) =>
      valueAt(train, example, 21 + (example % 19)),
    )
    expect(Math.abs(mean(noise))).toBeLessThan(0.03)
    expect(Math.abs(mean(noise.map((value) => value * value)) - 1)).toBeLessThan(0.04)
  })

  test("allow nobody to be right more often than the 86 % that the book gives", () => {
    const { test: heldOut } = waveforms
    const looked = 3_000
    let right = 0
    for (let example = 0; example < looked; example++) {
      if (mostLikelyClass(heldOut, example) === heldOut.labels[example]) right++
    }
    // The standard error of 3,000 is 0.6 points.
    expect(Math.abs(right / looked - 0.86)).toBeLessThan(0.02)
  })

  test("are the same bytes whenever they are made", () => {
    expect(makeWaveforms().hash).toBe(waveforms.hash)
  })
})

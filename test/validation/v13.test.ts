import { expect, test } from "vitest"
import { factorRow } from "./target.ts"
import { roundsToTarget } from "./v13-mnist-fedavg.ts"

test("rounds are counted where the best accuracy so far crosses 97 %, between two rounds too", () => {
  expect(roundsToTarget([0.1, 0.9, 0.97])).toBe(2)
  expect(roundsToTarget([0.1, 0.95, 0.99])).toBeCloseTo(1.5)
  // A fall in between does not count: the line starts from the best so far.
  expect(roundsToTarget([0.1, 0.95, 0.9, 0.99])).toBeCloseTo(2.5)
  expect(roundsToTarget([0.1, 0.5])).toBe(2)
})

test("a row within a factor passes by its whole interval", () => {
  const passes = (replicates: readonly number[]): boolean =>
    factorRow({ label: "", expected: 90, replicates, factor: 1.5 }).pass
  expect(passes([84, 85, 86])).toBe(true)
  expect(passes([60, 61, 62])).toBe(false)
  expect(passes([130, 134, 138])).toBe(false)
  expect(passes([30, 31, 32])).toBe(false)
})

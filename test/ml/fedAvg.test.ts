import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { AggregationInvalid, type Contribution } from "../../ml/aggregation/contribution.ts"
import { fedAvg } from "../../ml/aggregation/fedAvg.ts"
import { anyContributions, contribution, shuffledBy } from "./contributions.ts"

const contributions = anyContributions()

describe("federated averaging", () => {
  test("weights by samples", () => {
    expect([...fedAvg([contribution("a", [0, 4], 100), contribution("b", [4, 8], 300)])]).toEqual([3, 7])
  })

  test("gives the same bits in whatever order contributions arrive", () => {
    fc.assert(
      fc.property(contributions, fc.infiniteStream(fc.nat()), (given, keys) => {
        const shuffled = shuffledBy(keys, given)
        expect(fedAvg(shuffled)).toEqual(fedAvg(given))
      }),
    )
  })

  test("lies between the smallest and the largest value", () => {
    fc.assert(
      fc.property(contributions, (given) => {
        fedAvg(given).forEach((mean, i) => {
          const column = given.map(({ values }) => values[i]!)
          expect(mean).toBeGreaterThanOrEqual(Math.min(...column))
          expect(mean).toBeLessThanOrEqual(Math.max(...column))
        })
      }),
    )
  })

  test("is the float64 mean, rounded once", () => {
    fc.assert(
      fc.property(contributions, (given) => {
        const total = given.reduce((sum, { samples }) => sum + samples, 0)
        fedAvg(given).forEach((mean, i) => {
          const exact = given.reduce((sum, { values, samples }) => sum + samples * values[i]!, 0) / total
          expect(Math.abs(mean - exact)).toBeLessThanOrEqual(1e-4)
          expect(Math.abs(mean - Math.fround(exact))).toBeLessThanOrEqual(Math.abs(exact) * 2 ** -23 + 1e-9)
        })
      }),
    )
  })

  test("claims above the cap count as the cap: bragging buys no weight", () => {
    const honest = [contribution("a", [0], 600), contribution("b", [3], 600)]
    const bragging = [contribution("a", [0], 600), contribution("b", [3], 1_000_000)]
    expect(fedAvg(bragging, { maxSamples: 600 })).toEqual(fedAvg(honest))
    expect(fedAvg(bragging)[0]).toBeGreaterThan(2.9)
  })

  test("does not touch what it is given", () => {
    const given = [contribution("b", [1], 1), contribution("a", [2], 1)]
    fedAvg(given)
    expect(given.map(({ name }) => name)).toEqual(["b", "a"])
    expect([...given[0]!.values]).toEqual([1])
  })

  test.each<[string, Contribution[]]>([
    ["at least one contribution", []],
    ["the name occurs twice", [contribution("a", [1], 1), contribution("a", [1], 1)]],
    ['it has 1 values, "a" has 2', [contribution("a", [1, 2], 1), contribution("b", [1], 1)]],
    ["samples is -1", [contribution("a", [1], -1)]],
    ["samples is 0.5", [contribution("a", [1], 0.5)]],
    ["their samples sum to zero", [contribution("a", [1], 0), contribution("b", [1], 0)]],
    ["a value is not finite", [contribution("a", [Infinity], 1)]],
    ["a value is not finite", [contribution("a", [1], 1), contribution("b", [NaN], 1)]],
  ])("refuses: %s", (problem, given) => {
    expect(() => fedAvg(given)).toThrow(AggregationInvalid)
    expect(() => fedAvg(given)).toThrow(problem)
  })
})

import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import type { Factor } from "../../sim/scenario/plan.ts"
import { designOfSettings } from "../../sim/search/designOfSettings.ts"
import { latinHypercube } from "../../sim/search/latinHypercube.ts"
import { successiveHalving } from "../../sim/search/successiveHalving.ts"

const range = { _tag: "range", path: "a", from: 1, to: 1000, scale: "linear", integer: false } as const
const settings = (factors: readonly Factor[], count = 64) =>
  designOfSettings(factors, count, deriveStream("design", "test"))

describe("a Latin hypercube", () => {
  test("has one point in every stratum of every coordinate", () => {
    const sizes = { count: fc.integer({ min: 1, max: 80 }), dimensions: fc.integer({ min: 1, max: 6 }) }
    fc.assert(
      fc.property(fc.record(sizes), fc.string(), ({ count, dimensions }, seed) => {
        const points = latinHypercube({ count, dimensions }, deriveStream(seed, "cube"))
        for (let axis = 0; axis < dimensions; axis++) {
          const strata = points.map((point) => Math.floor(point[axis]! * count)).sort((a, b) => a - b)
          expect(strata).toEqual(Array.from({ length: count }, (_, stratum) => stratum))
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe("the design of a search", () => {
  test("spreads each factor over its range, on its scale", () => {
    const values = settings([{ ...range, scale: "log" }]).map((setting) => Number(setting["a"]))
    expect(values.filter((value) => value < 10)).toHaveLength(21)
    expect(Math.min(...values)).toBeLessThan(1.2)
    expect(Math.max(...values)).toBeGreaterThan(890)
    const wholes = settings([{ ...range, to: 64, integer: true }]).map((setting) => Number(setting["a"]))
    expect(wholes.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, index) => index + 1))
  })

  test("has no setting twice, however coarse the factors, and refuses a space that is too small", () => {
    const coarse: readonly Factor[] = [
      { ...range, to: 8, integer: true },
      { _tag: "values", path: "b", values: ["x", "y", "z"] },
      { _tag: "values", path: "c", values: [true, false, null] },
    ]
    expect(new Set(settings(coarse).map(canonicalJson)).size).toBe(64)
    expect(() => settings(coarse.slice(1))).toThrow("the factors have fewer than 64 settings")
  })
})

describe("successive halving", () => {
  const rungs = [
    { keep: 16, seeds: [1] },
    { keep: 4, seeds: [2, 3] },
    { keep: 1, seeds: [4, 5] },
  ]
  const sixteen = Array.from({ length: 16 }, (_, index) => index)

  test("finds what is best on average, though another shone on the first seed, within its budget", async () => {
    const played: number[] = []
    const { best, runs } = await successiveHalving(sixteen, rungs, (setting, seed) => {
      played.push(seed)
      return Promise.resolve(setting === 3 ? (seed === 1 ? 20 : -20) : setting)
    })
    expect(best).toMatchObject({ setting: 15, score: 15, seeds: 5 })
    expect([runs, played.length]).toEqual([26, 26])
  })

  test("takes the earliest of equals, and nothing that failed before anything that did not", async () => {
    const equal = await successiveHalving(sixteen, rungs, () => Promise.resolve(1))
    expect(equal.best.setting).toBe(0)
    const report = await successiveHalving(sixteen, rungs, (setting, seed) =>
      Promise.resolve(setting === 7 ? -100 : setting < 3 && seed === 1 ? 5 : null),
    )
    expect(report.best).toMatchObject({ setting: 7, score: -100 })
    expect((await successiveHalving([1, 2], rungs, () => Promise.resolve(null))).best.score).toBeNull()
  })
})

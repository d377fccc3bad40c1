import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { hull, meanBounds, pool, shareBounds } from "../../sim/results/interval.ts"

/** Share of repetitions in which an interval misses the truth. */
const missRate = (repetitions: number, misses: (index: number) => boolean) => {
  let missed = 0
  for (let index = 0; index < repetitions; index++) if (misses(index)) missed += 1
  return missed / repetitions
}

describe("the t-interval of a mean", () => {
  test("agrees with the textbook: 1, 2, 3, 4, 5 at 95 %", () => {
    const { lower, upper } = meanBounds([1, 2, 3, 4, 5], 0.025)
    expect([lower, upper]).toEqual([expect.closeTo(1.036757, 6), expect.closeTo(4.963243, 6)])
  })

  test.each([
    [3, 0.025],
    [5, 0.025],
    [5, 0.05],
    [20, 0.025],
  ])("of %i normal replicates misses each side as often as stated (%f)", (count, alpha) => {
    const stream = deriveStream("coverage", `t ${count} ${alpha}`)
    const below: number[] = []
    const rate = missRate(4000, (index) => {
      const { lower, upper } = meanBounds(
        Array.from({ length: count }, () => 7 + 3 * stream.normal()),
        alpha,
      )
      if (upper < 7) below.push(index)
      return lower > 7
    })
    // Three standard errors of a share near alpha over 4000 repetitions.
    const slack = 3 * Math.sqrt((alpha * (1 - alpha)) / 4000)
    expect(Math.abs(rate - alpha)).toBeLessThan(slack)
    expect(Math.abs(below.length / 4000 - alpha)).toBeLessThan(slack)
  })

  test("knows nothing from one value, and widens with confidence", () => {
    expect(meanBounds([4], 0.05)).toEqual({ lower: -Infinity, upper: Infinity })
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(values, (sample) => {
        const [narrow, wide] = [meanBounds(sample, 0.1), meanBounds(sample, 0.01)]
        expect(wide.lower).toBeLessThanOrEqual(narrow.lower)
        expect(wide.upper).toBeGreaterThanOrEqual(narrow.upper)
      }),
    )
  })
})

describe("the Clopper–Pearson interval of a share", () => {
  test("agrees with the textbook: 3 of 50 and 0 of 50 at 95 %", () => {
    const three = shareBounds({ count: 3, of: 50 }, 0.025)
    expect([three.lower, three.upper]).toEqual([expect.closeTo(0.012549, 6), expect.closeTo(0.165482, 6)])
    // The rule of three, exactly: 1 − 0.05^(1/50).
    expect(shareBounds({ count: 0, of: 50 }, 0.05)).toEqual({ lower: 0, upper: expect.closeTo(0.058155, 6) })
  })

  test.each([0.01, 0.05, 0.3, 0.5])(
    "never misses more often than stated, for a true share of %f",
    (truth) => {
      const stream = deriveStream("coverage", `share ${truth}`)
      for (const side of ["lower", "upper"] as const) {
        const rate = missRate(3000, () => {
          let count = 0
          for (let trial = 0; trial < 40; trial++) if (stream.next() < truth) count += 1
          const bounds = shareBounds({ count, of: 40 }, 0.05)
          return side === "lower" ? bounds.lower > truth : bounds.upper < truth
        })
        expect(rate).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 3000))
      }
    },
  )

  test("holds the observed share, mirrors, and says nothing about no trials", () => {
    expect(shareBounds({ count: 0, of: 0 }, 0.05)).toEqual({ lower: 0, upper: 1 })
    const counts = fc
      .integer({ min: 1, max: 500 })
      .chain((of) => fc.record({ count: fc.integer({ min: 0, max: of }), of: fc.constant(of) }))
    fc.assert(
      fc.property(counts, ({ count, of }) => {
        const { lower, upper } = shareBounds({ count, of }, 0.025)
        const mirrored = shareBounds({ count: of - count, of }, 0.025)
        expect(lower).toBeLessThanOrEqual(count / of)
        expect(upper).toBeGreaterThanOrEqual(count / of)
        expect(1 - mirrored.upper).toBeCloseTo(lower, 9)
        expect(1 - mirrored.lower).toBeCloseTo(upper, 9)
      }),
    )
  })
})

test("pooling adds counts, and a hull holds both of its parts", () => {
  expect(
    pool([
      { count: 1, of: 4 },
      { count: 0, of: 6 },
    ]),
  ).toEqual({ count: 1, of: 10 })
  expect(hull({ lower: 0, upper: 2 }, { lower: 1, upper: 3 })).toEqual({ lower: 0, upper: 3 })
})

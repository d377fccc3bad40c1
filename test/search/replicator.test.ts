import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  payoffsAgainst,
  replicatorDynamics,
  ReplicatorInputError,
  velocity,
} from "../../sim/search/replicator.ts"

const payoff = fc.double({ min: -1, max: 1, noNaN: true })
const share = fc.double({ min: 0.01, max: 1, noNaN: true })

/** A game of two to five strategies and a mix in which all are present. */
const gameArbitrary = fc.integer({ min: 2, max: 5 }).chain((count) =>
  fc.record({
    payoffs: fc.array(fc.array(payoff, { minLength: count, maxLength: count }), {
      minLength: count,
      maxLength: count,
    }),
    start: fc.array(share, { minLength: count, maxLength: count }),
    method: fc.constantFrom("rungeKutta" as const, "discrete" as const),
  }),
)

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe("replicator dynamics", () => {
  test("stay on the simplex at every step", () => {
    fc.assert(
      fc.property(gameArbitrary, ({ payoffs, start, method }) => {
        const { path } = replicatorDynamics(payoffs, start, { method, maxSteps: 200, recordEvery: 1 })
        for (const { shares } of path) {
          expect(shares.every((x) => x >= 0 && x <= 1)).toBe(true)
          expect(Math.abs(sum(shares) - 1)).toBeLessThan(1e-12)
        }
      }),
    )
  })

  test("never bring back what is absent, and keep what is present", () => {
    fc.assert(
      fc.property(gameArbitrary, ({ payoffs, start, method }) => {
        const { shares } = replicatorDynamics(payoffs, [0, ...start.slice(1)], { method, maxSteps: 50 })
        expect(shares[0]).toBe(0)
        expect(shares.slice(1).every((x) => x > 0)).toBe(true)
      }),
    )
  })

  test("move mass between strategies, and make or lose none", () => {
    fc.assert(
      fc.property(gameArbitrary, ({ payoffs, start }) => {
        const shares = start.map((x) => x / sum(start))
        expect(Math.abs(sum(velocity(payoffs, shares)))).toBeLessThan(1e-12)
      }),
    )
  })

  test("do not see what all strategies earn alike against the same opponent", () => {
    fc.assert(
      fc.property(gameArbitrary, payoff, ({ payoffs, start }, gift) => {
        const shifted = payoffs.map((row) => row.map((value, j) => (j === 0 ? value + gift : value)))
        const options = { maxSteps: 100 }
        const [one, two] = [payoffs, shifted].map((game) => replicatorDynamics(game, start, options).shares)
        one?.forEach((x, i) => {
          expect(Math.abs(x - (two?.[i] ?? NaN))).toBeLessThan(1e-9)
        })
      }),
    )
  })

  test("come to rest only where all present strategies earn alike", () => {
    fc.assert(
      fc.property(gameArbitrary, ({ payoffs, start, method }) => {
        const report = replicatorDynamics(payoffs, start, {
          method,
          restSpeed: 1e-10,
          maxSteps: 20_000,
          step: 0.5,
        })
        fc.pre(report.converged)
        report.shares.forEach((x, i) => {
          expect(x * Math.abs((report.payoffs[i] ?? NaN) - report.meanPayoff)).toBeLessThanOrEqual(1e-10)
        })
      }),
      { numRuns: 50 },
    )
  })

  test("rest at a pure strategy, and say when another could invade it", () => {
    const prisoners = [
      [3, 0],
      [5, 1],
    ]
    expect(replicatorDynamics(prisoners, [1, 0])).toMatchObject({
      converged: true,
      steps: 0,
      exploitability: 2,
    })
    const invaded = replicatorDynamics(prisoners, [0.99, 0.01])
    expect(invaded.converged).toBe(true)
    expect(invaded.shares[1]).toBeCloseTo(1, 9)
    expect(invaded.exploitability).toBeCloseTo(0, 9)
  })

  test("circle in rock-paper-scissors, and admit that they did not come to rest", () => {
    const game = [
      [0, -1, 1],
      [1, 0, -1],
      [-1, 1, 0],
    ]
    const report = replicatorDynamics(game, [0.5, 0.3, 0.2], { maxSteps: 2000, recordEvery: 1 })
    expect(report.converged).toBe(false)
    // The product of the shares is constant along the true orbit; the method must keep it.
    for (const { shares } of report.path) {
      expect(Math.abs(shares.reduce((product, x) => product * x, 1) - 0.03)).toBeLessThan(1e-5)
    }
    expect(replicatorDynamics(game, [1, 1, 1])).toMatchObject({ converged: true, steps: 0 })
  })

  test("follow the logistic curve that a constant advantage gives", () => {
    const { path } = replicatorDynamics(
      [
        [1, 1],
        [0, 0],
      ],
      [0.1, 0.9],
      { step: 0.1, maxSteps: 40, recordEvery: 10 },
    )
    for (const { step, shares } of path) {
      const odds = (0.1 / 0.9) * Math.exp(0.1 * step)
      expect(shares[0]).toBeCloseTo(odds / (1 + odds), 6)
    }
  })

  test.each([
    ["no strategies", [], [], {}],
    ["row 1 of the payoffs has 1 entries, not 2", [[1, 2], [3]], [1, 1], {}],
    ["no finite number", [[NaN]], [1], {}],
    [
      "1 initial shares for 2 strategies",
      [
        [1, 2],
        [3, 4],
      ],
      [1],
      {},
    ],
    [
      "negative or no number",
      [
        [1, 2],
        [3, 4],
      ],
      [1, -1],
      {},
    ],
    [
      "all initial shares are zero",
      [
        [1, 2],
        [3, 4],
      ],
      [0, 0],
      {},
    ],
    ["the step must be positive, got 0", [[1]], [1], { step: 0 }],
    [
      "negative offspring",
      [
        [-5, -5],
        [0, 0],
      ],
      [1, 1],
      { method: "discrete", step: 1 } as const,
    ],
  ])("refuse nonsense: %s", (reason, payoffs, shares, options) => {
    expect(() => replicatorDynamics(payoffs, shares, options)).toThrow(ReplicatorInputError)
    expect(() => replicatorDynamics(payoffs, shares, options)).toThrow(reason)
  })

  test("payoffs against a mix are the weighted rows", () => {
    expect(
      payoffsAgainst(
        [
          [2, 4],
          [1, 3],
        ],
        [0.25, 0.75],
      ),
    ).toEqual([3.5, 2.5])
  })
})

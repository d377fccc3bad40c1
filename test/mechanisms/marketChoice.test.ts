import { describe, expect, it } from "vitest"
import { choiceShares, expectedProfits, pick } from "../../sim/agents/solver/marketChoice.ts"
import type { CapabilityResult } from "../../sim/results/runResult.ts"
import { marketMetrics } from "../../sim/world/marketMetrics.ts"

const opening = (capability: string, multiplier: number, places = 8, cost = 0.5) => {
  return { capability, multiplier, places, cost }
}

describe("what a solver expects of a capability", () => {
  const openings = [opening("a", 3), opening("b", 1)]

  it.each([
    ["by its price", {}, [14.5, 4.5]],
    ["by what its own attempts brought", { yieldOf: (name: string) => (name === "a" ? 0.1 : 1) }, [1, 4.5]],
    // 16 rivals in proportion 3 : 1 are 12 for the 8 places of a.
    ["by the places that rivals leave", { rivals: 16 }, [9.5, 4.5]],
  ])("is reckoned %s", (_, known, expected) => {
    const profits = expectedProfits({ openings, reward: 5, yieldOf: () => 1, rivals: undefined, ...known })
    profits.forEach((profit, place) => expect(profit).toBeCloseTo(expected[place]!, 12))
  })
})

describe("what a solver chooses", () => {
  it.each([
    ["the best", [2, 7, 3], 0, [0, 1, 0]],
    ["one of the best, each as likely", [7, 7, 3], 0, [0.5, 0.5, 0]],
    ["nothing that does not pay", [-1, 0], 0, [0, 0]],
    [
      "e times as likely what brings one temperature more",
      [1, 2],
      1,
      [1 / (1 + Math.E), Math.E / (1 + Math.E)],
    ],
  ])("is %s", (_, profits, temperature, shares) => {
    choiceShares(profits, temperature).forEach((share, place) =>
      expect(share).toBeCloseTo(shares[place]!, 12),
    )
  })

  it("falls on a share by a number from 0 to 1, and on nothing where there is nothing to choose", () => {
    expect([0, 0.24, 0.25, 0.999].map((drawn) => pick([0.25, 0, 0.75], drawn))).toEqual([0, 0, 2, 2])
    expect(pick([0, 0], 0.5)).toBe(undefined)
  })
})

describe("metrics of a market", () => {
  const rows = (round: number, ...solutions: readonly number[]): readonly CapabilityResult[] =>
    solutions.map((count, place) => ({
      round,
      module: `module-${place}`,
      accuracy: 0.5 + place / 10,
      reportedScore: null,
      multiplier: place + 1,
      tasks: 1,
      solutions: count,
    }))
  const valueOf = (name: string, capabilities: readonly CapabilityResult[]) =>
    marketMetrics.find((metric) => metric.name === name)?.of(capabilities)

  it.each([
    ["effortEntropy", Math.LN2 / 2],
    ["effortHerfindahl", 0.75],
    // All effort moves once, then half of it.
    ["effortOscillation", 0.75],
    ["lowestCapability", 0.5],
    ["capabilityGap", 0.1],
    ["paidMultiplier", (4 * 1 + 4 * 2 + 2 * 1 + 2 * 2) / 12],
  ])("%s is that of its formula", (name, expected) => {
    // Rounds without any solution say nothing about where effort goes.
    const run = [...rows(0, 0, 0), ...rows(1, 4, 0), ...rows(2, 0, 4), ...rows(3, 2, 2)]
    const spread = name === "effortEntropy" || name === "effortHerfindahl"
    expect(valueOf(name, spread ? [...rows(1, 4, 0), ...rows(2, 3, 3)] : run)).toBeCloseTo(expected, 12)
  })
})

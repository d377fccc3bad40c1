import { describe, expect, it } from "vitest"
import { capabilityMarketFigure } from "../../reports/figures/capabilityMarket.ts"
import { compileFigure } from "../../reports/render/compileFigure.ts"
import { figureTables } from "../../reports/tables/figureTables.ts"
import { syntheticExperiment } from "./syntheticExperiment.ts"

const { result, runs } = syntheticExperiment({ seeds: [1, 2, 3, 4, 5], rounds: 3 })

/** Two capabilities: one is all that anybody works on, and its price moves by `step` a round. */
const figureOf = (step: (seed: number) => number) => {
  const priced = runs.map((run) => ({
    ...run,
    capabilities: [0, 1, 2, 3].flatMap((round) =>
      ["worked", "left"].map((module) => ({
        round,
        module,
        accuracy: 0.5,
        reportedScore: null,
        multiplier: round === 0 ? null : module === "left" ? 2 : 2 + step(run.seed) * (round - 1),
        tasks: round === 0 ? 0 : 1,
        solutions: round > 0 && module === "worked" ? 4 : 0,
      })),
    ),
  }))
  return capabilityMarketFigure.make(figureTables(result, priced))
}

describe("the figure of the capability market", () => {
  it("says which price moves, and no more than the intervals allow", () => {
    expect(figureOf((seed) => -0.5 - seed / 100)?.title).toBe("The price of worked falls from 2.00 to 0.94")
    expect(figureOf((seed) => 0.2 + seed / 100)?.title).toContain("The price of worked rises")
    expect(figureOf((seed) => (seed === 2 ? -1 : 1) / 10)?.title).toBe(
      "No price of a capability shows a clear change",
    )
  })

  it("draws without warnings, and only where there are capabilities", async () => {
    const drawn = await compileFigure(figureOf((seed) => -0.5 - seed / 100)!)
    expect(drawn.svgInline).toContain("Share of the work")
    const without = runs.map((run) => ({ ...run, capabilities: [] }))
    expect(capabilityMarketFigure.make(figureTables(result, without))).toBe(null)
  })
})

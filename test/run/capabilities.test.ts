import { Effect, Result } from "effect"
import { describe, expect, it } from "vitest"
import { loadScenario } from "../../sim/scenario/loadScenario.ts"
import { strategies } from "../../sim/agents/registry.ts"
import { contractParameters } from "../../sim/mechanisms/parameters.ts"
import { playScenario, smallScenario } from "./playScenario.ts"

const TWO = "learning.capabilities=[{ name: low, labels: [0, 1] }, { name: high, labels: [7, 8, 9] }]"

/** No more than softmax regression on few examples, so that a run takes half a second. */
const quick = [
  TWO,
  "rounds=2",
  "tasks.perRound=2",
  "population[1].count=4",
  "learning.model={ kind: mlp, hidden: [] }",
  "learning.samplesPerSolver=100",
  "learning.heldOutExamples=500",
  "learning.evaluationExamples=100",
  "population[2].strategy=curator/honest",
]

const refusals = async (...set: readonly string[]): Promise<string> => {
  const registries = { strategies, parameters: contractParameters }
  const loaded = await Effect.runPromise(Effect.result(loadScenario(smallScenario, { registries, set })))
  return Result.isFailure(loaded) ? loaded.failure.message : ""
}

describe("several capabilities in one run", () => {
  it("take turns in tasks, are priced by what curators report, and are each judged among its own classes", async () => {
    const run = await playScenario({ set: quick })
    const rows = run.capabilities ?? []
    expect(rows.map(({ round, module }) => `${round} ${module}`)).toEqual([
      "0 low",
      "0 high",
      "1 low",
      "1 high",
      "2 low",
      "2 high",
    ])
    const [low, high] = rows.slice(-2)
    expect(low?.solutions).toBeGreaterThan(0)
    expect(high?.solutions).toBeGreaterThan(0)
    expect(new Set(run.submissions.map(({ module }) => module))).toEqual(new Set(["low", "high"]))
    // Among two classes chance alone is right every second time: among ten, every tenth.
    expect(low?.accuracy).toBeGreaterThan(0.8)
    for (const { reportedScore, multiplier } of [low!, high!]) {
      // 3.00 at a score of 0, 0.50 at 0.8: the price of the last tasks follows from a report before them.
      expect(reportedScore).toBeGreaterThan(0)
      expect(multiplier).toBeGreaterThanOrEqual(0.5)
      expect(multiplier).toBeLessThan(3)
      expect(multiplier).not.toBe(1)
    }
    expect(run.violations).toEqual([])
  })

  it("are refused where the surrogate, checkpoints or the data set can't give them", async () => {
    expect(await refusals(TWO, "ml=surrogate")).toContain(
      "the surrogate was fitted to a choice between all classes",
    )
    expect(await refusals(TWO, "learning.checkpoints={ every: 2 }")).toContain(
      "where solvers leave checkpoints",
    )
    expect(await refusals("learning.capabilities=[{ name: x, labels: [3, 12] }]")).toContain(
      "expected a class of mnist, from 0 to 9, found 12",
    )
  })
})

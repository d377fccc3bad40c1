import { describe, expect, it } from "vitest"
import { playScenario } from "./playScenario.ts"

/** Nobody looks: coordinators approve whatever they see, so that one poisoned update of six and the keeper's traps
 * reach the average. */
const nobodyLooks = [
  "rounds=2",
  "population[1].count=5",
  "tasks.perRound=2",
  "tasks.solversPerTask=3",
  "population[3].strategy=coordinator/lazy",
]

describe("the aggregation rule of a scenario", () => {
  it("decides what a poisoned update that got through does to the global model", async () => {
    const finalOf = async (rule: string) => {
      const set = [...nobodyLooks, `learning.aggregation.rule=${rule}`]
      return (await playScenario({ set })).rounds.at(-1)!
    }
    const mean = await finalOf("{ kind: fedAvg }")
    const median = await finalOf("{ kind: median }")
    const multiKrum = await finalOf("{ kind: multiKrum, byzantine: 3 }")
    expect(mean.updates).toBeGreaterThanOrEqual(5)
    for (const robust of [median, multiKrum]) {
      expect(robust.updates).toBe(mean.updates)
      expect(robust.accuracy).toBeGreaterThan(mean.accuracy + 0.1)
    }
  })
})

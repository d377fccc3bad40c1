import { Effect, Result } from "effect"
import { describe, expect, test } from "vitest"
import { strategies } from "../../sim/agents/registry.ts"
import { contractParameters } from "../../sim/mechanisms/parameters.ts"
import { loadScenarioText } from "../../sim/scenario/loadScenario.ts"
import { exampleRegistries, minimalScenario } from "./exampleRegistries.ts"

const registries = { ...exampleRegistries, strategies, parameters: contractParameters }

const problemOf = async (...set: readonly string[]) => {
  const loaded = await Effect.runPromise(
    Effect.result(loadScenarioText("x.yaml", minimalScenario, { registries, set })),
  )
  return Result.isFailure(loaded) ? loaded.failure.message : undefined
}

describe("tasks that nobody could work on", () => {
  test("are refused: more solvers than the contract takes, with both numbers", async () => {
    expect(await problemOf("tasks.solversPerTask=4")).toBeUndefined()
    expect(await problemOf("tasks.solversPerTask=5")).toContain(
      "tasks.solversPerTask: expected at most 4, which is TaskContract.maxSolvers, found 5",
    )
    expect(await problemOf("tasks.solversPerTask=5", "parameters.TaskContract.maxSolvers=5")).toBeUndefined()
  })

  test("are refused: tasks that wait for an activation", async () => {
    expect(await problemOf("parameters.TaskContract.autoActivate=true")).toBeUndefined()
    expect(await problemOf("parameters.TaskContract.autoActivate=false")).toContain(
      "expected on, since no strategy activates tasks by hand, found off",
    )
  })

  test("are for the run to show on other contracts, and where a rule is off", async () => {
    expect(await problemOf("tasks.solversPerTask=5", "contracts=.")).toBeUndefined()
    expect(await problemOf("tasks.solversPerTask=5", "contracts.rulesOff=[tie-slashes]")).toBeUndefined()
  })
})

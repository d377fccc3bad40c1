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

  test("are refused: more checkpoints than the contract keeps, with both numbers", async () => {
    // 600 samples in batches of 32 are 19 steps.
    const every = "learning.checkpoints={every: 2}"
    expect(await problemOf(every, "parameters.TaskContract.maxCheckpoints=10")).toBeUndefined()
    expect(await problemOf(every, "parameters.TaskContract.maxCheckpoints=9")).toContain(
      "learning.checkpoints.every: expected at most 9 checkpoints a task, which is TaskContract.maxCheckpoints, found 10",
    )
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

describe("how many solvers a round takes", () => {
  const perRound = async (...set: readonly string[]) =>
    Result.getOrThrow(
      await Effect.runPromise(
        Effect.result(loadScenarioText("x.yaml", minimalScenario, { registries, set })),
      ),
    ).base.tasks.perRound

  test("is stated as tasks, 2 unless said", async () => {
    expect(await perRound()).toBe(2)
    expect(await perRound("tasks.perRound=7")).toBe(7)
  })

  test("or as a share of the solvers, rounded up to whole tasks", async () => {
    const solvers = (count: number, fraction: number, solversPerTask: number) =>
      perRound(
        `population[0].count=${count}`,
        `tasks.clientFraction=${fraction}`,
        `tasks.solversPerTask=${solversPerTask}`,
      )
    expect(await solvers(100, 0.1, 1)).toBe(10)
    expect(await solvers(100, 0.1, 3)).toBe(4)
    expect(await solvers(100, 1, 4)).toBe(25)
    // 0.07 · 100 is 7.000000000000001 in binary.
    expect(await solvers(100, 0.07, 1)).toBe(7)
    expect(await solvers(3, 0.001, 2)).toBe(1)
  })

  test("but not as both", async () => {
    expect(await problemOf("tasks.perRound=2", "tasks.clientFraction=0.5")).toContain(
      "tasks.clientFraction: expected either perRound or clientFraction, found both (perRound: 2)",
    )
  })
})

import { Effect, Result } from "effect"
import { describe, expect, test } from "vitest"
import { loadScenarioText } from "../../sim/scenario/loadScenario.ts"
import { exampleRegistries, minimalScenario } from "./exampleRegistries.ts"

const load = (...set: readonly string[]) =>
  Effect.runPromise(
    Effect.result(loadScenarioText("x.yaml", minimalScenario, { registries: exampleRegistries, set })),
  )

const problemOf = async (...set: readonly string[]) => {
  const loaded = await load(...set)
  return Result.isFailure(loaded) ? loaded.failure.message : undefined
}

describe("the data set of a scenario", () => {
  test("is MNIST unless another is named", async () => {
    const named = async (...set: readonly string[]) =>
      Result.getOrThrow(await load(...set)).base.learning.dataset
    expect(await named()).toBe("mnist")
    expect(await named("learning.dataset=languages")).toBe("languages")
  })

  test("is one of those that there are: the refusal lists them", async () => {
    expect(await problemOf("learning.dataset=cifar")).toContain(
      'learning.dataset: expected one of mnist, languages, waveforms, found text "cifar"',
    )
  })

  test("must have examples for every shard", async () => {
    const asked = ["learning.samplesPerSolver=20000"]
    expect(await problemOf(...asked)).toBeUndefined()
    expect(await problemOf(...asked, "learning.dataset=waveforms")).toContain(
      "learning.samplesPerSolver: expected at most 24000 training examples of waveforms in all, found 20000 for each of 3",
    )
  })

  test("limits how many labels a solver may have", async () => {
    const labels = (count: number) => `learning.partition={ kind: byLabel, labelsPerSolver: ${count} }`
    expect(await problemOf(labels(4))).toBeUndefined()
    expect(await problemOf(labels(4), "learning.dataset=waveforms")).toContain(
      "learning.partition.labelsPerSolver: expected at most 3, the classes of waveforms, found 4",
    )
    expect(await problemOf(labels(7))).toContain(
      "learning.partition.labelsPerSolver: expected a divisor of samplesPerSolver (600), since slices have equal sizes, found 7",
    )
  })
})

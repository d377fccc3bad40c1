import { Effect, Result } from "effect"
import { describe, expect, test } from "vitest"
import { datasets } from "../../ml/datasets/registry.ts"
import { loadScenarioText } from "../../sim/scenario/loadScenario.ts"
import { modelOfChoice } from "../../sim/scenario/modelOfChoice.ts"
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

test("a measured backdoor aims at a class that there is", async () => {
  expect(await problemOf("learning.backdoor={ target: 3 }")).toBeUndefined()
  expect(await problemOf("learning.backdoor={ target: 3 }", "learning.dataset=waveforms")).toContain(
    "learning.backdoor.target: expected a class of waveforms, from 0 to 2, found 3",
  )
  const { base } = Result.getOrThrow(await load("learning.backdoor={ target: 3 }"))
  expect(base.learning.backdoor).toEqual({ target: 3, patchPixels: 4 })
  expect("backdoor" in Result.getOrThrow(await load()).base.learning).toBe(false)
})

describe("the model of a scenario", () => {
  const cnn = (sizes: string) => `learning.model={ kind: cnn, kernelSize: 5, ${sizes} }`

  test("may be a convolutional network, on images", async () => {
    const loaded = Result.getOrThrow(await load(cnn("filters: [32, 64], dense: [512]")))
    expect(modelOfChoice(loaded.base.learning.model, datasets.mnist)).toEqual({
      kind: "cnn",
      inputShape: [28, 28, 1],
      filters: [32, 64],
      kernelSize: 5,
      dense: [512],
      classes: 10,
    })
    expect(await problemOf(cnn("filters: [4], dense: []"), "learning.dataset=waveforms")).toContain(
      "learning.model: expected a model for waveforms, but a convolutional network takes images, not examples of 40 numbers",
    )
  })

  test("has sizes that fit the images and a thread's memory", async () => {
    expect(await problemOf(cnn("filters: [], dense: []"))).toContain("expected 1 to 4 convolutions")
    expect(await problemOf(cnn("filters: [256, 256, 256, 256], dense: []"))).toBeUndefined()
    expect(await problemOf(cnn("filters: [256, 256], dense: [1024, 1024, 1024, 1024]"))).toContain(
      "learning.model: expected a model for mnist, but 17",
    )
  })

  test("is one of those that there are", async () => {
    expect(await problemOf("learning.model={ kind: rnn, hidden: [3] }")).toContain(
      "expected one of { kind: mlp, hidden: [..] }, { kind: cnn, filters: [..], kernelSize: .., dense: [..] }",
    )
  })
})

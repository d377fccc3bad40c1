import { Cause, Effect, Exit, Option } from "effect"
import { describe, expect, test } from "vitest"
import { Learning } from "../../ml/learning.ts"
import { createTrainingMemo } from "../../ml/memo/trainingMemo.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { initialWeights } from "../../ml/models/model.ts"
import { train, type TrainingRequest } from "../../ml/training/train.ts"
import { createKernel } from "../../sim/kernel/createKernel.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { secondsToMicros } from "../../sim/kernel/time.ts"
import { syntheticDataset } from "./syntheticDataset.ts"

const dataset = syntheticDataset({ seed: "learning", inputs: 8, classes: 3, train: 60, test: 20 })
const model = mlp({ inputs: 8, hidden: [4], classes: 3 })
const weights = initialWeights(model, deriveStream("learning", "weights"))
const request: TrainingRequest = {
  model,
  weights,
  dataset,
  indices: [1, 2, 3, 4, 5],
  epochs: 1,
  batchSize: 2,
  learningRate: 0.1,
  seed: "a",
}

const run = <A, E>(program: Effect.Effect<A, E, Learning>): Promise<Exit.Exit<A, E>> =>
  Effect.runPromiseExit(Effect.provide(program, Learning.layer()))

describe("the learning service", () => {
  test("does the work of the functions beneath it", async () => {
    const exit = await run(
      Effect.gen(function* () {
        const learning = yield* Learning
        const trained = yield* learning.train(request)
        const evaluation = yield* learning.evaluate({ model, weights: trained.weights, dataset })
        const mean = yield* learning.aggregate(
          [
            { name: "a", values: trained.weights, samples: 1 },
            { name: "b", values: trained.weights, samples: 1 },
          ],
          { rule: { kind: "fedAvg" } },
        )
        return { trained, evaluation, mean, backend: learning.backend.backend }
      }),
    )
    const { trained, evaluation, mean, backend } = Exit.getSuccess(exit).pipe(Option.getOrThrow)
    expect(trained).toEqual(train(request))
    expect(evaluation.total).toBe(20)
    expect(mean).toEqual(trained.weights)
    expect(backend).toBe("wasm")
  })

  test.each([
    ["TrainingRequestInvalid", { ...request, epochs: 0 }],
    ["WeightsSizeMismatch", { ...request, weights: new Float32Array(1) }],
    ["ExampleOutOfRange", { ...request, indices: [60] }],
    ["TrainingDiverged", { ...request, learningRate: 1e30, epochs: 5 }],
  ])("fails with the typed error %s, which an agent can catch", async (tag, wrong) => {
    const exit = await run(
      Effect.gen(function* () {
        return yield* (yield* Learning).train(wrong)
      }).pipe(Effect.catch((error) => Effect.succeed(error._tag))),
    )
    expect(exit).toEqual(Exit.succeed(tag))
  })

  test("a mistake of the program is a defect, not a typed failure", async () => {
    const broken = { ...request, dataset: undefined } as unknown as TrainingRequest
    const exit = await run(
      Effect.gen(function* () {
        return yield* (yield* Learning).train(broken)
      }),
    )
    expect(Exit.isFailure(exit) && Cause.hasDies(exit.cause)).toBe(true)
  })

  test("on the kernel, work takes no virtual time, and agents share the memo", async () => {
    const kernel = createKernel({ seed: "1", horizonMicros: secondsToMicros(100) })
    const memo = createTrainingMemo()
    const layer = Learning.layer({ memo })
    const seen: { agent: string; time: number; steps: number }[] = []
    for (const agent of ["solver-1", "solver-2"]) {
      kernel.spawn(
        agent,
        Effect.gen(function* () {
          const learning = yield* Learning
          yield* Effect.sleep("10 seconds")
          const { steps } = yield* learning.train(request)
          seen.push({ agent, time: kernel.now(), steps })
        }).pipe(Effect.provide(layer)),
      )
    }
    await kernel.run()
    expect(seen).toEqual(
      ["solver-1", "solver-2"].map((agent) => ({ agent, time: secondsToMicros(10), steps: 3 })),
    )
    expect(memo.statistics.training).toMatchObject({ hits: 1, misses: 1 })
  })
})

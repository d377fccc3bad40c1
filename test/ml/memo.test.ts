import * as fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { initialiseBackend } from "../../ml/backend.ts"
import { createMemo } from "../../ml/memo/memo.ts"
import type { MemoStore } from "../../ml/memo/memoStore.ts"
import { createTrainingMemo, trainingKey } from "../../ml/memo/trainingMemo.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { initialWeights } from "../../ml/models/model.ts"
import { labelFlip } from "../../ml/poisoning/labelFlip.ts"
import { train, type TrainingRequest } from "../../ml/training/train.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { syntheticDataset } from "./syntheticDataset.ts"

beforeAll(async () => {
  await initialiseBackend()
})

describe("a memo", () => {
  test("never holds more than its limit, and forgets the least recently used first", () => {
    const memo = createMemo<string>({ limitBytes: 10 })
    memo.set("a", "A", 4)
    memo.set("b", "B", 4)
    memo.get("a")
    memo.set("c", "C", 4)
    expect(["a", "b", "c"].map((key) => memo.get(key))).toEqual(["A", undefined, "C"])
    expect(memo.statistics).toEqual({ hits: 3, misses: 1, entries: 2, bytes: 8 })
  })

  test("agrees with a plain list of entries in order of use", () => {
    const operation = fc.record({
      key: fc.constantFrom("a", "b", "c", "d"),
      bytes: fc.integer({ min: 0, max: 12 }),
      write: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(operation), (operations) => {
        const memo = createMemo<number>({ limitBytes: 10 })
        let model: { key: string; value: number; bytes: number }[] = []
        const known = (key: string) => model.find((entry) => entry.key === key)
        operations.forEach(({ key, bytes, write }, value) => {
          if (write) memo.set(key, value, bytes)
          const answer = write ? value : memo.get(key)
          expect(answer).toBe(write ? value : known(key)?.value)
          const entry = write ? { key, value, bytes } : known(key)
          model = model.filter((other) => other.key !== key)
          if (entry !== undefined && entry.bytes <= 10) model.push(entry)
          while (model.reduce((sum, { bytes }) => sum + bytes, 0) > 10) model.shift()
        })
        expect(memo.statistics.bytes).toBe(model.reduce((sum, entry) => sum + entry.bytes, 0))
        expect(memo.statistics.entries).toBe(model.length)
      }),
    )
  })
})

const dataset = syntheticDataset({ seed: "memo", inputs: 8, classes: 3, train: 60, test: 20 })
const model = mlp({ inputs: 8, hidden: [4], classes: 3 })
const weights = initialWeights(model, deriveStream("memo", "weights"))
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

describe("the training memo", () => {
  test("answers with the bytes of doing the work, counts hits, and reports the same work done", () => {
    const memo = createTrainingMemo()
    const first = memo.train(request)
    const second = memo.train({
      ...request,
      weights: weights.slice(),
      indices: Uint32Array.of(1, 2, 3, 4, 5),
    })
    expect(first).toEqual(train(request))
    expect(second).toEqual(first)
    expect(memo.statistics.training).toMatchObject({ hits: 1, misses: 1, entries: 1 })
  })

  test("gives each caller weights of its own", () => {
    const memo = createTrainingMemo()
    memo.train(request).weights.fill(0)
    expect(memo.train(request)).toEqual(train(request))
  })

  test("tells apart everything that a result depends on", () => {
    const otherWeights = weights.with(0, weights[0]! + 2 ** -20)
    const variants: TrainingRequest[] = [
      request,
      { ...request, weights: otherWeights },
      { ...request, model: mlp({ inputs: 8, hidden: [4, 4], classes: 3 }) },
      { ...request, dataset: labelFlip(dataset, { seed: "1" }) },
      { ...request, split: "test" },
      { ...request, indices: [5, 4, 3, 2, 1] },
      { ...request, indices: [1, 2, 3, 4] },
      { ...request, epochs: 2 },
      { ...request, batchSize: 3 },
      { ...request, learningRate: 0.2 },
      { ...request, momentum: 0.5 },
      { ...request, proximal: 0.5 },
      { ...request, seed: "b" },
    ]
    expect(new Set(variants.map(trainingKey)).size).toBe(variants.length)
    expect(trainingKey({ ...request, momentum: 0, proximal: 0, split: "train" })).toBe(trainingKey(request))
  })

  test("remembers evaluations apart from trainings", () => {
    const memo = createTrainingMemo()
    const one = memo.evaluate({ model, weights, dataset })
    expect(memo.evaluate({ model, weights, dataset })).toEqual(one)
    expect(memo.evaluate({ model, weights, dataset, indices: [0, 1] }).total).toBe(2)
    expect(memo.statistics.evaluation).toMatchObject({ hits: 1, misses: 2, entries: 2 })
    expect(memo.statistics.training).toMatchObject({ hits: 0, misses: 0 })
  })

  test("with a limit of zero does all work itself", () => {
    const memo = createTrainingMemo({ limitBytes: 0 })
    expect(memo.train(request)).toEqual(memo.train(request))
    expect(memo.statistics.training).toMatchObject({ hits: 0, misses: 2, entries: 0 })
  })

  const storesInMemory = () => {
    const kept = { training: new Map<string, Uint8Array>(), evaluation: new Map<string, Uint8Array>() }
    const storeOf = (map: Map<string, Uint8Array>): MemoStore => ({
      get: (key) => map.get(key),
      set: (key, bytes) => void map.set(key, bytes),
    })
    return { kept, stores: { training: storeOf(kept.training), evaluation: storeOf(kept.evaluation) } }
  }

  test("takes from its stores what another memo has worked out, with the same bytes", () => {
    const { kept, stores } = storesInMemory()
    const [first, second] = [0, 1].map(() => createTrainingMemo({ stores }))
    const trained = first!.train(request)
    const evaluated = first!.evaluate({ model, weights, dataset })
    expect([kept.training.size, kept.evaluation.size]).toEqual([1, 1])
    // What the store has is what is given: a mark in it would show.
    expect(second!.train(request)).toEqual(trained)
    expect(second!.evaluate({ model, weights, dataset })).toEqual(evaluated)
    const [key] = kept.training.keys()
    const marked = kept.training.get(key!)!.slice()
    marked[marked.length - 1]! ^= 1
    kept.training.set(key!, marked)
    expect(createTrainingMemo({ stores }).train(request)).not.toEqual(trained)
  })

  test("does the work itself where a store has what is no result, and mends the store", () => {
    const { kept, stores } = storesInMemory()
    const trained = createTrainingMemo({ stores }).train(request)
    const [[key, bytes]] = [...kept.training] as [[string, Uint8Array]]
    kept.training.set(key, bytes.subarray(0, 20))
    expect(createTrainingMemo({ stores }).train(request)).toEqual(trained)
    expect(kept.training.get(key)).toEqual(bytes)
  })
})

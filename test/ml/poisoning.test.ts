import * as fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { initialiseBackend } from "../../ml/backend.ts"
import { evaluate } from "../../ml/evaluation/evaluate.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { initialWeights } from "../../ml/models/model.ts"
import { applyUpdate, updateBetween } from "../../ml/models/weightUpdate.ts"
import { degradation } from "../../ml/poisoning/degradation.ts"
import { garbage } from "../../ml/poisoning/garbage.ts"
import { gaussianNoise } from "../../ml/poisoning/gaussianNoise.ts"
import { labelFlip } from "../../ml/poisoning/labelFlip.ts"
import { scaled } from "../../ml/poisoning/scaled.ts"
import { signFlip } from "../../ml/poisoning/signFlip.ts"
import { staleBase } from "../../ml/poisoning/staleBase.ts"
import { train } from "../../ml/training/train.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { syntheticDataset } from "./syntheticDataset.ts"

beforeAll(async () => {
  await initialiseBackend()
})

const dataset = syntheticDataset({ seed: "poison", inputs: 32, classes: 4, train: 400, test: 200 })
const model = mlp({ inputs: 32, hidden: [8], classes: 4 })
const base = initialWeights(model, deriveStream("poison", "weights"))
const honestUpdate = (data = dataset): Float32Array => {
  const indices = Array.from({ length: 400 }, (_, i) => i)
  const request = { model, weights: base, indices, epochs: 5, batchSize: 16, learningRate: 0.1, seed: "1" }
  return updateBetween(base, train({ ...request, dataset: data }).weights)
}
const correct = (weights: Float32Array): number => evaluate({ model, weights, dataset }).correct
const countCorrect = (update: Float32Array): number => correct(applyUpdate(base, update))

const rms = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length)

describe("poisoned updates are bad where the honest one is good", () => {
  test("honest training learns this data set", () => {
    expect(countCorrect(honestUpdate())).toBeGreaterThan(190)
  })

  test("garbage guesses", () => {
    const update = garbage({ length: base.length, deviation: 1, stream: deriveStream("1", "g") })
    expect(countCorrect(update)).toBeLessThan(120)
    expect(rms(update)).toBeCloseTo(1, 0)
    expect(update).toEqual(garbage({ length: base.length, deviation: 1, stream: deriveStream("1", "g") }))
  })

  test("a flipped sign takes the model back along the path that honest work took it", () => {
    const update = honestUpdate()
    const trained = applyUpdate(base, update)
    expect(correct(applyUpdate(trained, signFlip(update)))).toBe(correct(base))
    expect(correct(base)).toBeLessThan(correct(trained) / 2)
    expect(signFlip(update, 3)).toEqual(scaled(update, -3))
  })

  test("training on flipped labels answers with the next class", () => {
    const flipped = labelFlip(dataset, { seed: "1" })
    const weights = applyUpdate(base, honestUpdate(flipped))
    expect(evaluate({ model, weights, dataset }).correct).toBeLessThan(10)
    expect(evaluate({ model, weights, dataset: flipped, split: "train" }).accuracy).toBeGreaterThan(0.95)
  })

  test("a stale base takes the model back to the older one", () => {
    const current = applyUpdate(base, honestUpdate())
    const restored = applyUpdate(current, staleBase({ currentBase: current, staleModel: base }))
    restored.forEach((weight, i) => expect(Math.abs(weight - base[i]!)).toBeLessThan(1e-6))
  })
})

describe("noise", () => {
  test("is in proportion to the update", () => {
    const update = honestUpdate()
    const stream = deriveStream("1", "noise")
    const noisy = gaussianNoise(update, { relativeDeviation: 0.5, stream })
    expect(rms(updateBetween(update, noisy)) / rms(update)).toBeCloseTo(0.5, 1)
    expect(gaussianNoise(update, { relativeDeviation: 0, stream })).toEqual(update)
  })
})

describe("degradation", () => {
  test("ends just below its target, for any target that noise can reach", () => {
    const update = honestUpdate()
    const best = countCorrect(update)
    fc.assert(
      fc.property(fc.integer({ min: 110, max: best - 1 }), fc.string(), (targetCorrect, seed) => {
        const bad = degradation(update, { countCorrect, targetCorrect, stream: deriveStream(seed, "d") })
        expect(countCorrect(bad)).toBeLessThanOrEqual(targetCorrect)
        expect(countCorrect(bad)).toBeGreaterThan(targetCorrect - 25)
      }),
      { numRuns: 8 },
    )
  })
})

describe("flipped labels", () => {
  test("touch the share asked for and nothing else, under a hash of their own", () => {
    const flipped = labelFlip(dataset, { shift: 2, shareBps: 2_500, seed: "1" })
    const changed = [...dataset.train.labels.keys()].filter(
      (i) => flipped.train.labels[i] !== dataset.train.labels[i],
    )
    expect(changed.length).toBeGreaterThan(70)
    expect(changed.length).toBeLessThan(130)
    for (const i of changed) expect(flipped.train.labels[i]).toBe((dataset.train.labels[i]! + 2) % 4)
    expect(flipped.train.inputs).toBe(dataset.train.inputs)
    expect(flipped.test).toBe(dataset.test)
    expect(flipped.hash).not.toBe(dataset.hash)
    expect(flipped.hash).not.toBe(labelFlip(dataset, { shift: 2, shareBps: 2_500, seed: "2" }).hash)
  })

  test.each([{ shift: 0 }, { shift: 4 }, { shareBps: 10_001 }, { shareBps: -1 }])("refuse %o", (options) => {
    expect(() => labelFlip(dataset, { ...options, seed: "1" })).toThrow(RangeError)
  })
})

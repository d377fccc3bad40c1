import * as tf from "@tensorflow/tfjs-core"
import * as fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { initialiseBackend } from "../../ml/backend.ts"
import { cnn } from "../../ml/models/cnn.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { initialWeights } from "../../ml/models/model.ts"
import { WeightsSizeMismatch } from "../../ml/models/modelErrors.ts"
import { ExampleOutOfRange } from "../../ml/datasets/dataset.ts"
import {
  train,
  TrainingDiverged,
  TrainingRequestInvalid,
  type TrainingRequest,
} from "../../ml/training/train.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { gradientOf } from "./reference.ts"
import { asExamples, syntheticDataset } from "./syntheticDataset.ts"

beforeAll(async () => {
  await initialiseBackend()
})

const dataset = syntheticDataset({ seed: "train", inputs: 16, classes: 4, train: 200, test: 50 })
const model = mlp({ inputs: 16, hidden: [8], classes: 4 })
const weights = initialWeights(model, deriveStream("train", "weights"))
const base: TrainingRequest = {
  model,
  weights,
  dataset,
  indices: Array.from({ length: 50 }, (_, i) => 3 * i),
  epochs: 2,
  batchSize: 16,
  learningRate: 0.1,
  seed: "a",
}

const images = cnn({ inputShape: [4, 4, 1], filters: [3, 4], kernelSize: 3, dense: [5], classes: 4 })
const convolutional = { model: images, weights: initialWeights(images, deriveStream("train", "images")) }

/** The same rule in float64, with the same shuffles. */
const referenceTraining = (request: TrainingRequest): Float64Array => {
  const { epochs, batchSize, learningRate, momentum = 0, proximal = 0 } = request
  const start = Float64Array.from(request.weights)
  const current = start.slice()
  const velocity = new Float64Array(start.length)
  const stream = deriveStream(request.seed, "ml/shuffle")
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = stream.shuffle(Array.from(request.indices))
    for (let from = 0; from < order.length; from += batchSize) {
      const examples = asExamples(request.dataset, order.slice(from, from + batchSize))
      const gradient = gradientOf(request.model, current, examples)
      current.forEach((weight, i) => {
        velocity[i] = momentum * velocity[i]! + gradient[i]! + proximal * (weight - start[i]!)
        current[i] = weight - learningRate * velocity[i]!
      })
    }
  }
  return current
}

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0)

const distance = (proximal: number): number =>
  largestDifference(train({ ...base, epochs: 5, proximal }).weights, weights)

describe("training follows the rule it documents", () => {
  test.each([
    { name: "plain", extra: {} },
    { name: "momentum 0.9", extra: { momentum: 0.9 } },
    { name: "proximal 0.5", extra: { proximal: 0.5 } },
    { name: "both", extra: { momentum: 0.5, proximal: 0.1 } },
    { name: "a convolutional network", extra: convolutional },
    { name: "a convolutional network with both", extra: { ...convolutional, momentum: 0.5, proximal: 0.1 } },
  ])("$name descends like float64 does", ({ extra }) => {
    const request: TrainingRequest = { ...base, ...extra }
    const result = train(request)
    expect(largestDifference(result.weights, referenceTraining(request))).toBeLessThan(2e-6)
    // The comparison has teeth: the weights moved by far more than the tolerance.
    expect(largestDifference(result.weights, request.weights)).toBeGreaterThan(0.01)
  })

  test("a strong proximal term keeps the weights near their start", () => {
    expect(distance(5)).toBeLessThan(distance(0) / 2)
  })

  test("the loss falls", () => {
    const first = train(base)
    const later = train({ ...base, weights: first.weights, epochs: 20 })
    expect(later.finalLoss).toBeLessThan(first.finalLoss / 2)
  })

  test("counts the work: steps include the smaller last batch", () => {
    const { steps, samples, samplesProcessed } = train(base)
    expect({ steps, samples, samplesProcessed }).toEqual({ steps: 8, samples: 50, samplesProcessed: 100 })
  })
})

describe("training is a function of its request", () => {
  test("the same request gives the same bytes; another seed gives others", () => {
    expect(train(base)).toEqual(train(base))
    expect(train({ ...base, seed: "b" }).weights).not.toEqual(train(base).weights)
  })

  test("the given weights and indices are left untouched", () => {
    const indices = [...(base.indices as number[])]
    const before = weights.slice()
    train({ ...base, indices })
    expect(weights).toEqual(before)
    expect(indices).toEqual(base.indices)
  })

  test("no tensor is left behind, whether it ends well or not", () => {
    const before = tf.memory().numTensors
    train({ ...base, momentum: 0.9, proximal: 0.1 })
    train({ ...base, ...convolutional, momentum: 0.9, proximal: 0.1 })
    expect(() => train({ ...base, learningRate: 1e30 })).toThrow(TrainingDiverged)
    expect(tf.memory().numTensors).toBe(before)
  })

  test("two epochs in one call are not one epoch twice with the same order", () => {
    const once = train({ ...base, epochs: 1 })
    const again = train({ ...base, epochs: 1, weights: once.weights })
    expect(train(base).weights).not.toEqual(again.weights)
  })

  test("a batch of the whole shard does not depend on the shuffle beyond rounding", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const whole = { ...base, batchSize: 50, epochs: 1 }
        const difference = largestDifference(
          train({ ...whole, seed: one }).weights,
          train({ ...whole, seed: other }).weights,
        )
        expect(difference).toBeLessThan(1e-6)
      }),
      { numRuns: 20 },
    )
  })
})

describe("a request that cannot be carried out is refused by name", () => {
  test.each<[string, Partial<TrainingRequest>]>([
    ["epochs", { epochs: 0 }],
    ["epochs", { epochs: 1.5 }],
    ["batchSize", { batchSize: 0 }],
    ["learningRate", { learningRate: 0 }],
    ["learningRate", { learningRate: NaN }],
    ["momentum", { momentum: 1 }],
    ["proximal", { proximal: -1 }],
    ["indices", { indices: [] }],
    ["model", { model: mlp({ inputs: 15, hidden: [8], classes: 4 }) }],
    ["model", { model: mlp({ inputs: 16, hidden: [8], classes: 3 }) }],
  ])("%s: %o", (field, change) => {
    expect(() => train({ ...base, ...change })).toThrow(
      expect.objectContaining({ _tag: "TrainingRequestInvalid", field }),
    )
    expect(() => train({ ...base, ...change })).toThrow(TrainingRequestInvalid)
  })

  test("weights of another model", () => {
    expect(() => train({ ...base, weights: weights.slice(1) })).toThrow(WeightsSizeMismatch)
  })

  test.each([200, -1, 0.5, NaN])("example %d, which does not exist", (index) => {
    expect(() => train({ ...base, indices: [0, index] })).toThrow(ExampleOutOfRange)
  })

  test("weights that are not numbers make the loss none", () => {
    const poisoned = weights.slice()
    poisoned[3] = NaN
    expect(() => train({ ...base, weights: poisoned })).toThrow(TrainingDiverged)
  })
})

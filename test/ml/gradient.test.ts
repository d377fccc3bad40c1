import * as tf from "@tensorflow/tfjs-core"
import { version_cpu } from "@tensorflow/tfjs-backend-cpu"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { initialiseBackend } from "../../ml/backend.ts"
import { loadMnist } from "../../ml/datasets/mnist.ts"
import type { Dataset } from "../../ml/datasets/dataset.ts"
import { cnn, type CnnSpec } from "../../ml/models/cnn.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { initialWeights, inputsOf, layerPlaces, type ModelSpec } from "../../ml/models/model.ts"
import { disposeTensors } from "../../ml/models/network.ts"
import { networkOf } from "../../ml/models/networkOf.ts"
import { makeBatch } from "../../ml/training/batch.ts"
import { scaledGradients } from "../../ml/training/train.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { referenceCnnGradient, referenceCnnLoss } from "./referenceCnn.ts"
import { referenceGradient, referenceLoss } from "./referenceMlp.ts"
import { asExamples, syntheticDataset } from "./syntheticDataset.ts"

beforeAll(async () => {
  await initialiseBackend()
})
afterAll(() => tf.setBackend("wasm"))

const small = syntheticDataset({ seed: "gradient", inputs: 12, classes: 4, train: 40, test: 4 })

/** Our gradient of the mean loss over `indices` and the loss, on the backend that is set. */
const gradientOf = (
  model: ModelSpec,
  weights: Float32Array,
  dataset: Dataset,
  indices: readonly number[],
) => {
  const network = networkOf(model)
  const layers = network.toTensors(weights)
  const batch = makeBatch({
    examples: dataset.train,
    inputSize: inputsOf(model),
    order: indices,
    from: 0,
    to: indices.length,
  })
  let loss = 0
  let flat = new Float32Array(0)
  tf.tidy(() => {
    const result = scaledGradients(network, layers, batch, 1)
    loss = result.loss / indices.length
    flat = network.toWeights(result.gradients) as Float32Array<ArrayBuffer>
  })
  disposeTensors(layers)
  return { loss, flat }
}

/** Largest difference in a layer, in units of the layer's largest reference gradient. */
const worstRelativeError = (
  model: ModelSpec,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
): number => {
  let worst = 0
  for (const { offset, length } of layerPlaces(model)) {
    let largest = 0
    let difference = 0
    for (let i = offset; i < offset + length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]!))
      difference = Math.max(difference, Math.abs(actual[i]! - expected[i]!))
    }
    worst = Math.max(worst, difference / largest)
  }
  return worst
}

/** Weights with biases that are not zero, so that a forgotten bias shows. */
const someWeights = (model: ModelSpec, seed: string): Float32Array => {
  const stream = deriveStream(seed, "bias")
  return initialWeights(model, deriveStream(seed, "weights")).map((w) =>
    w === 0 ? 0.2 * stream.next() - 0.1 : w,
  )
}

test("the CPU backend that serves as a comparison has the version of the WebAssembly one", async () => {
  expect(version_cpu).toBe((await initialiseBackend()).version)
})

describe("the float64 reference", () => {
  test("agrees with central differences of its loss", () => {
    const model = mlp({ inputs: 12, hidden: [6, 5], classes: 4 })
    const weights = Float64Array.from(someWeights(model, "differences"))
    const examples = asExamples(small, [0, 1, 2, 3, 4])
    const gradient = referenceGradient(model, weights, examples)
    const step = 1e-5
    const differences = weights.map((_, i) => {
      const moved = (by: number): number => {
        const copy = weights.slice()
        copy[i]! += by
        return referenceLoss(model, copy, examples)
      }
      return (moved(step) - moved(-step)) / (2 * step)
    })
    expect(worstRelativeError(model, differences, gradient)).toBeLessThan(1e-7)
  })
})

describe.each(["wasm", "cpu"])("the gradient on tensors (%s)", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend)
  })

  test.each([
    { hidden: [], rows: 7 },
    { hidden: [6], rows: 1 },
    { hidden: [6], rows: 33 },
    { hidden: [9, 5], rows: 16 },
    { hidden: [8, 7, 6], rows: 5 },
  ])(
    "is the float64 gradient within 1e-5 of each layer's largest: hidden $hidden, $rows rows",
    ({ hidden, rows }) => {
      const model = mlp({ inputs: 12, hidden, classes: 4 })
      const weights = someWeights(model, `${hidden.join()}`)
      const indices = Array.from({ length: rows }, (_, i) => i)
      const { loss, flat } = gradientOf(model, weights, small, indices)
      const exact = Float64Array.from(weights)
      const examples = asExamples(small, indices)
      expect(worstRelativeError(model, flat, referenceGradient(model, exact, examples))).toBeLessThan(1e-5)
      expect(loss).toBeCloseTo(referenceLoss(model, exact, examples), 5)
    },
  )
})

const image: CnnSpec["inputShape"] = [6, 9, 2]
const images = syntheticDataset({ seed: "gradient", inputs: 6 * 9 * 2, classes: 4, train: 40, test: 4 })

describe("the float64 reference of the convolutional network", () => {
  test("agrees with central differences of its loss", () => {
    const model = cnn({ inputShape: image, filters: [3, 4], kernelSize: 3, dense: [5], classes: 4 })
    const weights = Float64Array.from(someWeights(model, "differences"))
    const examples = asExamples(images, [0, 1, 2])
    const gradient = referenceCnnGradient(model, weights, examples)
    const step = 1e-5
    const differences = weights.map((_, i) => {
      const moved = (by: number): number => {
        const copy = weights.slice()
        copy[i]! += by
        return referenceCnnLoss(model, copy, examples)
      }
      return (moved(step) - moved(-step)) / (2 * step)
    })
    expect(worstRelativeError(model, differences, gradient)).toBeLessThan(1e-7)
  })
})

describe.each(["wasm", "cpu"])("the gradient of the convolutional network (%s)", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend)
  })

  test.each([
    { filters: [3], kernelSize: 3, dense: [], rows: 7 },
    { filters: [4, 5], kernelSize: 5, dense: [6], rows: 9 },
    { filters: [2, 3], kernelSize: 4, dense: [7, 5], rows: 1 },
  ])(
    "is the float64 gradient within 1e-5 of each layer's largest: filters $filters of size $kernelSize, dense $dense",
    ({ filters, kernelSize, dense, rows }) => {
      const model = cnn({ inputShape: image, filters, kernelSize, dense, classes: 4 })
      const weights = someWeights(model, `${filters.join()}/${dense.join()}`)
      const indices = Array.from({ length: rows }, (_, i) => i)
      const { loss, flat } = gradientOf(model, weights, images, indices)
      const exact = Float64Array.from(weights)
      const examples = asExamples(images, indices)
      expect(worstRelativeError(model, flat, referenceCnnGradient(model, exact, examples))).toBeLessThan(1e-5)
      expect(loss).toBeCloseTo(referenceCnnLoss(model, exact, examples), 5)
    },
  )
})

describe("on MNIST", () => {
  test.each([{ hidden: [32] }, { hidden: [200, 200] }])(
    "WebAssembly and float64 agree: hidden $hidden",
    async ({ hidden }) => {
      await tf.setBackend("wasm")
      const mnist = loadMnist()
      const model = mlp({ inputs: 784, hidden, classes: 10 })
      const weights = someWeights(model, "mnist")
      const indices = Array.from({ length: 10 }, (_, i) => 17 * i)
      const { flat } = gradientOf(model, weights, mnist, indices)
      const expected = referenceGradient(model, Float64Array.from(weights), asExamples(mnist, indices))
      expect(worstRelativeError(model, flat, expected)).toBeLessThan(1e-5)
    },
  )

  test("WebAssembly and float64 agree: a convolutional network", async () => {
    await tf.setBackend("wasm")
    const model = cnn({
      inputShape: [28, 28, 1],
      filters: [32, 64],
      kernelSize: 5,
      dense: [512],
      classes: 10,
    })
    const weights = someWeights(model, "mnist")
    const { flat } = gradientOf(model, weights, loadMnist(), [3, 1_000])
    const examples = asExamples(loadMnist(), [3, 1_000])
    const expected = referenceCnnGradient(model, Float64Array.from(weights), examples)
    expect(worstRelativeError(model, flat, expected)).toBeLessThan(1e-5)
  })
})

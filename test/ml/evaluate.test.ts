import * as tf from "@tensorflow/tfjs-core"
import { beforeAll, describe, expect, test } from "vitest"
import { initialiseBackend } from "../../ml/backend.ts"
import { ExampleOutOfRange } from "../../ml/datasets/dataset.ts"
import { evaluate, EvaluationRequestInvalid } from "../../ml/evaluation/evaluate.ts"
import { cnn } from "../../ml/models/cnn.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { initialWeights } from "../../ml/models/model.ts"
import { WeightsSizeMismatch } from "../../ml/models/modelErrors.ts"
import { LOSS_CEILING_NATS } from "../../ml/training/softmaxCrossEntropy.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { lossOf } from "./reference.ts"
import { referenceLogits, referenceLoss } from "./referenceMlp.ts"
import { asExamples, syntheticDataset } from "./syntheticDataset.ts"

beforeAll(async () => {
  await initialiseBackend()
})

const dataset = syntheticDataset({ seed: "evaluate", inputs: 16, classes: 4, train: 1_203, test: 30 })
const model = mlp({ inputs: 16, hidden: [8], classes: 4 })
const weights = initialWeights(model, deriveStream("evaluate", "weights"))
const indices = Array.from({ length: 1_203 }, (_, i) => i)

describe("evaluation", () => {
  test("counts what the float64 reference counts, and has its loss, across several chunks", () => {
    const examples = asExamples(dataset, indices)
    const exact = Float64Array.from(weights)
    const correct = examples.filter(({ input, label }) => {
      const logits = referenceLogits(model, exact, input)
      return logits.indexOf(Math.max(...logits)) === label
    }).length
    const result = evaluate({ model, weights, dataset, split: "train", indices })
    expect({ correct: result.correct, total: result.total }).toEqual({ correct, total: 1_203 })
    expect(result.accuracy).toBe(correct / 1_203)
    expect(result.loss).toBeCloseTo(referenceLoss(model, exact, examples), 5)
  })

  test("of a convolutional network has the loss of the float64 reference, across several chunks", () => {
    const images = cnn({ inputShape: [4, 4, 1], filters: [3], kernelSize: 3, dense: [5], classes: 4 })
    const start = initialWeights(images, deriveStream("evaluate", "images"))
    const some = indices.slice(0, 620)
    const before = tf.memory().numTensors
    const result = evaluate({ model: images, weights: start, dataset, split: "train", indices: some })
    const exact = lossOf(images, Float64Array.from(start), asExamples(dataset, some))
    expect(result.loss).toBeCloseTo(exact, 5)
    expect(tf.memory().numTensors).toBe(before)
  })

  test("counts by class add up to the whole", () => {
    const result = evaluate({ model, weights, dataset, split: "train", indices })
    const sum = (pick: "correct" | "total"): number =>
      result.perClass.reduce((n, entry) => n + entry[pick], 0)
    expect([sum("correct"), sum("total")]).toEqual([result.correct, result.total])
    const sizes = [0, 1, 2, 3].map((label) => dataset.train.labels.filter((l) => l === label).length)
    expect(result.perClass.map((entry) => entry.total)).toEqual(sizes)
  })

  test("of a whole is the sum over its parts", () => {
    const part = (from: number, to: number) =>
      evaluate({ model, weights, dataset, split: "train", indices: indices.slice(from, to) }).correct
    const whole = evaluate({ model, weights, dataset, split: "train", indices }).correct
    expect(part(0, 1) + part(1, 501) + part(501, 1_203)).toBe(whole)
  })

  test("looks at the whole test split by default", () => {
    expect(evaluate({ model, weights, dataset }).total).toBe(30)
  })

  test("decides equal logits for the lowest class", () => {
    const result = evaluate({ model, weights: new Float32Array(weights.length), dataset })
    expect(result.correct).toBe(dataset.test.labels.filter((label) => label === 0).length)
    expect(result.loss).toBeCloseTo(Math.log(4), 6)
  })

  test.each([NaN, 3e38])("answers garbage weights (%d) with a finite, bad result", (value) => {
    const result = evaluate({ model, weights: weights.map(() => value), dataset })
    expect(result.accuracy).toBeLessThan(0.6)
    expect(result.loss).toBeLessThanOrEqual(LOSS_CEILING_NATS)
  })

  test("leaves no tensor behind", () => {
    const before = tf.memory().numTensors
    evaluate({ model, weights, dataset })
    expect(tf.memory().numTensors).toBe(before)
  })

  test("refuses what cannot be evaluated", () => {
    expect(() => evaluate({ model, weights, dataset, indices: [] })).toThrow(EvaluationRequestInvalid)
    expect(() => evaluate({ model, weights, dataset, indices: [30] })).toThrow(ExampleOutOfRange)
    expect(() => evaluate({ model, weights: weights.slice(1), dataset })).toThrow(WeightsSizeMismatch)
    const other = mlp({ inputs: 15, hidden: [8], classes: 4 })
    expect(() => evaluate({ model: other, weights, dataset })).toThrow(EvaluationRequestInvalid)
  })
})

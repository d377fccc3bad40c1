/** How well weights do on given examples. Total: any finite or infinite weights get an answer, garbage a bad one. */
import * as tf from "@tensorflow/tfjs-core"
import { Schema } from "effect"
import { backendReport } from "../backend.ts"
import { checkIndices, inputSize, type Dataset, type Split } from "../datasets/dataset.ts"
import { checkWeights, type MlpSpec } from "../models/mlp.ts"
import { disposeLayers, logitsOfRows, transposeLayers, weightsToTensors } from "../models/mlpTensors.ts"
import { makeBatch } from "../training/batch.ts"
import { cappedLossNats } from "../training/softmaxCrossEntropy.ts"

export interface EvaluationRequest {
  readonly model: MlpSpec
  readonly weights: Float32Array
  readonly dataset: Dataset
  /** Default: test. */
  readonly split?: Split
  /** Which examples; default all of the split. */
  readonly indices?: ArrayLike<number>
}

export interface Evaluation {
  /** Examples looked at: what the work costs. */
  readonly total: number
  /** Examples whose most likely class is their label; of equal classes the lowest counts. */
  readonly correct: number
  /** correct / total. Rules compare the integer counts instead. */
  readonly accuracy: number
  /** Mean cross-entropy in nats; one example counts at most `LOSS_CEILING_NATS`. */
  readonly loss: number
  /** Counts by class, in the order of classes. */
  readonly perClass: readonly { readonly correct: number; readonly total: number }[]
}

/** An evaluation request that cannot be carried out. */
export class EvaluationRequestInvalid extends Schema.TaggedError<EvaluationRequestInvalid>()(
  "EvaluationRequestInvalid",
  { problem: Schema.String },
) {
  override get message(): string {
    return `cannot evaluate: ${this.problem}`
  }
}

/** Rows per matrix product: large enough to hide overhead, small enough to stay in the cache. */
const CHUNK = 500

/** Synchronous: call it through `Learning` inside a run. Throws `EvaluationRequestInvalid`, `WeightsSizeMismatch`, `ExampleOutOfRange`. */
export const evaluate = (request: EvaluationRequest): Evaluation => {
  backendReport()
  const { model, dataset } = request
  const split = request.split ?? "test"
  const examples = dataset[split]
  const order = request.indices ?? Uint32Array.from({ length: examples.size }, (_, i) => i)
  checkRequest(request, split, order)
  const perClass = Array.from({ length: model.classes }, () => ({ correct: 0, total: 0 }))
  let lossSum = 0
  const layers = weightsToTensors(model, request.weights)
  const transposed = transposeLayers(layers)
  disposeLayers(layers)
  try {
    for (let from = 0; from < order.length; from += CHUNK) {
      const to = Math.min(from + CHUNK, order.length)
      const batch = makeBatch({ examples, inputSize: model.inputs, order, from, to })
      const logits = tf.tidy(() => {
        const input = tf.tensor2d(batch.inputs, [batch.rows, model.inputs + 1])
        return logitsOfRows(transposed, input).dataSync() as Float32Array
      })
      for (let row = 0; row < batch.rows; row++) {
        const label = batch.labels[row]!
        const count = perClass[label]!
        count.total++
        if (mostLikely(logits, row * model.classes, model.classes) === label) count.correct++
        lossSum += cappedLossNats(logits, row * model.classes, model.classes, label)
      }
    }
  } finally {
    disposeLayers(transposed)
  }
  const correct = perClass.reduce((sum, count) => sum + count.correct, 0)
  return {
    total: order.length,
    correct,
    accuracy: correct / order.length,
    loss: lossSum / order.length,
    perClass,
  }
}

/** Class of the largest logit; −1, which is no label, if none is a number. */
const mostLikely = (logits: Float32Array, from: number, classes: number): number => {
  let best = -1
  let top = -Infinity
  for (let k = 0; k < classes; k++) {
    if (logits[from + k]! > top) {
      top = logits[from + k]!
      best = k
    }
  }
  return best
}

const checkRequest = (request: EvaluationRequest, split: Split, order: ArrayLike<number>): void => {
  const { model, dataset } = request
  const size = inputSize(dataset)
  if (order.length === 0) throw new EvaluationRequestInvalid({ problem: "no examples were given" })
  if (model.inputs !== size) {
    const problem = `the model takes ${model.inputs} inputs, but an example of ${dataset.name} has ${size}`
    throw new EvaluationRequestInvalid({ problem })
  }
  if (model.classes < dataset.classes) {
    const problem = `the model has ${model.classes} classes, but ${dataset.name} has ${dataset.classes}`
    throw new EvaluationRequestInvalid({ problem })
  }
  checkWeights(model, request.weights)
  checkIndices(dataset, split, order)
}

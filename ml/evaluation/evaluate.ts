/** How well weights do on given examples. Total: any finite or infinite weights get an answer, garbage a bad one. */
import * as tf from "@tensorflow/tfjs-core"
import { Schema } from "effect"
import { backendReport } from "../backend.ts"
import { checkIndices, inputSize, type Dataset, type Split } from "../datasets/dataset.ts"
import { checkWeights, inputsOf, type ModelSpec } from "../models/model.ts"
import type { Evaluator } from "../models/network.ts"
import { networkOf } from "../models/networkOf.ts"
import { cappedLossNats, LOSS_CEILING_NATS } from "../training/softmaxCrossEntropy.ts"
import { chunksOf } from "./chunks.ts"

export interface EvaluationRequest {
  readonly model: ModelSpec
  readonly weights: Float32Array
  readonly dataset: Dataset
  /** Default: test. */
  readonly split?: Split
  /** Which examples; default all of the split. */
  readonly indices?: ArrayLike<number>
  /** Classes between which the model chooses; default all. An example of another class counts as wrong. */
  readonly classes?: readonly number[]
}

export interface Evaluation {
  /** Examples looked at: what the work costs. */
  readonly total: number
  /** Examples whose most likely class is their label; of equal classes the first counts. */
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

/** Synchronous: call it through `Learning` inside a run. Throws `EvaluationRequestInvalid`, `WeightsSizeMismatch`, `ExampleOutOfRange`. */
export const evaluate = (request: EvaluationRequest): Evaluation => {
  backendReport()
  const { model, dataset } = request
  const split = request.split ?? "test"
  const examples = dataset[split]
  checkRequest(request, split)
  const perClass = Array.from({ length: model.classes }, () => ({ correct: 0, total: 0 }))
  let lossSum = 0
  const classes = request.classes ?? Array.from({ length: model.classes }, (_, k) => k)
  const evaluator = networkOf(model).evaluator(request.weights)
  try {
    for (const chunk of chunksOf(examples, inputsOf(model), request.indices)) {
      const logits = amongClasses(logitsOf(evaluator, chunk.inputs), model.classes, request.classes)
      chunk.release()
      for (let row = 0; row < chunk.labels.length; row++) {
        const label = chunk.labels[row]!
        const place = request.classes === undefined ? label : classes.indexOf(label)
        const count = perClass[label]!
        count.total++
        if (place >= 0 && mostLikely(logits, row * classes.length, classes.length) === place) count.correct++
        lossSum +=
          place < 0 ? LOSS_CEILING_NATS : cappedLossNats(logits, row * classes.length, classes.length, place)
      }
    }
  } finally {
    evaluator.dispose()
  }
  const total = request.indices?.length ?? examples.size
  const correct = perClass.reduce((sum, count) => sum + count.correct, 0)
  return {
    total,
    correct,
    accuracy: correct / total,
    loss: lossSum / total,
    perClass,
  }
}

const logitsOf = (evaluator: Evaluator, rows: tf.Tensor2D): Float32Array => {
  let logits: Float32Array | undefined
  // Not the value of `tidy`: it would search it for tensors, number by number.
  tf.tidy(() => {
    logits = evaluator.logits(rows).dataSync() as Float32Array
  })
  return logits!
}

/** The logits of the classes that are asked for, in the order in which they are. */
const amongClasses = (
  logits: Float32Array,
  of: number,
  classes: readonly number[] | undefined,
): Float32Array => {
  if (classes === undefined) return logits
  const width = classes.length
  const chosen = new Float32Array((logits.length / of) * width)
  for (let at = 0; at < chosen.length; at++) {
    chosen[at] = logits[Math.floor(at / width) * of + classes[at % width]!]!
  }
  return chosen
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

const checkRequest = (request: EvaluationRequest, split: Split): void => {
  const { model, dataset } = request
  const size = inputSize(dataset)
  if (request.indices?.length === 0) throw new EvaluationRequestInvalid({ problem: "no examples were given" })
  if (inputsOf(model) !== size) {
    const problem = `the model takes ${inputsOf(model)} inputs, but an example of ${dataset.name} has ${size}`
    throw new EvaluationRequestInvalid({ problem })
  }
  if (model.classes < dataset.classes) {
    const problem = `the model has ${model.classes} classes, but ${dataset.name} has ${dataset.classes}`
    throw new EvaluationRequestInvalid({ problem })
  }
  if (request.classes?.length === 0 || request.classes?.some((label) => label >= model.classes)) {
    const problem = `the model chooses between classes from 0 to ${model.classes - 1}, found ${request.classes.join(", ")}`
    throw new EvaluationRequestInvalid({ problem })
  }
  checkWeights(model, request.weights)
  if (request.indices !== undefined) checkIndices(dataset, split, request.indices)
}

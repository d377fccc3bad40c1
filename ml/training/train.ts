/**
 * Local training: mini-batch stochastic gradient descent with momentum, on the caller's shard, from given weights.
 *
 * Deterministic in the strict sense: the same request gives the same bytes in every process and thread that runs
 * the same backend. The order of examples comes from the kernel's stream, never from tfjs.
 */
import * as tf from "@tensorflow/tfjs-core"
import { Schema } from "effect"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { backendReport } from "../backend.ts"
import { checkIndices, inputSize, type Dataset, type Split } from "../datasets/dataset.ts"
import { checkWeights, inputsOf, type ModelSpec } from "../models/model.ts"
import {
  backward,
  disposeLayers,
  forward,
  tensorsToWeights,
  weightsToTensors,
  type LayerTensors,
} from "../models/mlpTensors.ts"
import { makeBatch, type Batch } from "./batch.ts"
import { softmaxCrossEntropy } from "./softmaxCrossEntropy.ts"

/** How to train: everything but the data. */
export interface HyperParameters {
  /** Passes over the shard, at least 1. */
  readonly epochs: number
  /** Examples per step, at least 1; the last batch of an epoch may be smaller. */
  readonly batchSize: number
  readonly learningRate: number
  /** v ← momentum · v + gradient, w ← w − learningRate · v. Default 0, below 1. */
  readonly momentum?: number
  /** µ of the proximal term µ/2 · ‖w − start‖² (FedProx); default 0. */
  readonly proximal?: number
}

export interface TrainingRequest extends HyperParameters {
  readonly model: ModelSpec
  /** Start; left untouched. */
  readonly weights: Float32Array
  readonly dataset: Dataset
  /** Default: train. */
  readonly split?: Split
  /** The shard: which examples of the split. */
  readonly indices: ArrayLike<number>
  /** Names the stream that shuffles the shard before each epoch. */
  readonly seed: string
}

export interface TrainingResult {
  readonly weights: Float32Array
  /** Examples in the shard: the weight of this result in an average. */
  readonly samples: number
  /** Examples worked through, samples × epochs: what the work costs. */
  readonly samplesProcessed: number
  readonly steps: number
  /** Mean loss over the last epoch in nats, each batch measured before its own step. */
  readonly finalLoss: number
}

/** A training request that cannot be carried out. */
export class TrainingRequestInvalid extends Schema.TaggedError<TrainingRequestInvalid>()(
  "TrainingRequestInvalid",
  { field: Schema.String, problem: Schema.String },
) {
  override get message(): string {
    return `cannot train: ${this.field} ${this.problem}`
  }
}

/** The loss stopped being a number: learning rate too high, or weights poisoned. */
export class TrainingDiverged extends Schema.TaggedError<TrainingDiverged>()("TrainingDiverged", {
  epoch: Schema.Number,
  step: Schema.Number,
}) {
  override get message(): string {
    return `training diverged: loss or weights are not finite after step ${this.step} (epoch ${this.epoch}, counted from 0)`
  }
}

/**
 * Trains and returns new weights. Synchronous: call it through `Learning` inside a run.
 * Throws `TrainingRequestInvalid`, `TrainingDiverged`, `WeightsSizeMismatch`, `ExampleOutOfRange`.
 */
export const train = (request: TrainingRequest): TrainingResult => {
  backendReport()
  checkRequest(request)
  const { model, dataset, indices, epochs, batchSize } = request
  const examples = dataset[request.split ?? "train"]
  const state = startState(request)
  const stream = deriveStream(request.seed, "ml/shuffle")
  let epochLoss = 0
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = stream.shuffle(Array.from(indices))
      epochLoss = 0
      for (let from = 0; from < order.length; from += batchSize) {
        const to = Math.min(from + batchSize, order.length)
        const batch = makeBatch({ examples, inputSize: inputsOf(model), order, from, to })
        epochLoss += takeStep(state, batch)
        if (!Number.isFinite(epochLoss)) throw new TrainingDiverged({ epoch, step: state.steps })
      }
    }
    const weights = tensorsToWeights(model, state.layers)
    if (!weights.every(Number.isFinite)) {
      throw new TrainingDiverged({ epoch: epochs - 1, step: state.steps })
    }
    return {
      weights,
      samples: indices.length,
      samplesProcessed: indices.length * epochs,
      steps: state.steps,
      finalLoss: epochLoss / indices.length,
    }
  } finally {
    disposeLayers(state.layers)
    disposeLayers(state.velocities)
    disposeLayers(state.anchor)
  }
}

/** What changes from step to step, with what a step needs to know. */
interface TrainingState {
  readonly model: ModelSpec
  readonly learningRate: number
  readonly momentum: number
  readonly proximal: number
  layers: LayerTensors
  /** learningRate · velocity, so that an update is one subtraction. */
  velocities: LayerTensors | undefined
  readonly anchor: LayerTensors | undefined
  steps: number
}

const startState = (request: TrainingRequest): TrainingState => {
  const proximal = request.proximal ?? 0
  return {
    model: request.model,
    learningRate: request.learningRate,
    momentum: request.momentum ?? 0,
    proximal,
    layers: weightsToTensors(request.model, request.weights),
    velocities: undefined,
    anchor: proximal > 0 ? weightsToTensors(request.model, request.weights) : undefined,
    steps: 0,
  }
}

/** One gradient step; returns the sum of the batch's losses before it, in nats. */
const takeStep = (state: TrainingState, batch: Batch): number => {
  const { layers: layersBefore, velocities: velocitiesBefore } = state
  let loss = 0
  tf.tidy(() => {
    const step = scaledGradients(state.layers, batch, state.learningRate)
    loss = step.loss
    let descents = step.gradients
    if (state.anchor !== undefined) {
      const pull = state.learningRate * state.proximal
      const anchor = state.anchor
      descents = descents.map((descent, i) =>
        tf.add(descent, tf.mul(tf.sub(state.layers[i]!, anchor[i]!), pull)),
      )
    }
    if (state.momentum > 0) {
      const previous = state.velocities
      if (previous !== undefined) {
        descents = descents.map((descent, i) => tf.add(tf.mul(previous[i]!, state.momentum), descent))
      }
      state.velocities = descents.map((descent) => tf.keep(descent))
    }
    state.layers = state.layers.map((layer, i) => tf.keep(tf.sub(layer, descents[i]!)))
  })
  disposeLayers(layersBefore)
  disposeLayers(velocitiesBefore)
  state.steps++
  return loss
}

/**
 * Gradient of the mean loss of the batch times `scale`, one tensor a layer, and the sum of losses in nats.
 * Call inside `tf.tidy`.
 */
export const scaledGradients = (
  layers: LayerTensors,
  batch: Batch,
  scale: number,
): { readonly gradients: tf.Tensor2D[]; readonly loss: number } => {
  const { rows, labels } = batch
  const inputRows = tf.tensor2d(batch.inputs, [rows, batch.inputs.length / rows])
  const activations = forward(layers, tf.transpose(inputRows))
  const classes = activations.logits.shape[0]
  const gradient = new Float32Array(classes * rows)
  const logits = activations.logits.dataSync() as Float32Array
  const loss = softmaxCrossEntropy({ logits, labels, classes, scale: scale / rows, gradient })
  const gradients = backward(layers, activations, inputRows, tf.tensor2d(gradient, [classes, rows]))
  return { gradients, loss }
}

const checkRequest = (request: TrainingRequest): void => {
  const { model, dataset, epochs, batchSize, learningRate, momentum = 0, proximal = 0, indices } = request
  const size = inputSize(dataset)
  if (!isCount(epochs)) refuse("epochs", `is ${epochs}, expected an integer from 1`)
  if (!isCount(batchSize)) refuse("batchSize", `is ${batchSize}, expected an integer from 1`)
  if (!(learningRate > 0 && learningRate < Infinity)) {
    refuse("learningRate", `is ${learningRate}, expected a number above 0`)
  }
  if (!(momentum >= 0 && momentum < 1)) refuse("momentum", `is ${momentum}, expected 0 to below 1`)
  if (!(proximal >= 0 && proximal < Infinity)) refuse("proximal", `is ${proximal}, expected a number from 0`)
  if (indices.length === 0) refuse("indices", "is empty: there is nothing to learn from")
  if (inputsOf(model) !== size) {
    refuse("model", `takes ${inputsOf(model)} inputs, but an example of ${dataset.name} has ${size}`)
  }
  if (model.classes < dataset.classes) {
    refuse("model", `has ${model.classes} classes, but ${dataset.name} has ${dataset.classes}`)
  }
  checkWeights(model, request.weights)
  checkIndices(dataset, request.split ?? "train", indices)
}

const refuse = (field: string, problem: string): never => {
  throw new TrainingRequestInvalid({ field, problem })
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1

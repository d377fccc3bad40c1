/**
 * Local training: mini-batch stochastic gradient descent with momentum, on the caller's shard, from given weights.
 *
 * Deterministic in the strict sense: the same request gives the same bytes in every process and thread that runs
 * the same backend. The order of examples comes from the kernel's stream, never from tfjs.
 */
import * as tf from "@tensorflow/tfjs-core"
import { Schema } from "effect"
import { backendReport } from "../backend.ts"
import { checkIndices, inputSize, type Dataset, type Split } from "../datasets/dataset.ts"
import { checkWeights, inputsOf, type ModelSpec } from "../models/model.ts"
import { disposeTensors, type Network, type WeightTensors } from "../models/network.ts"
import { networkOf } from "../models/networkOf.ts"
import { makeBatch, type Batch } from "./batch.ts"
import { batchOrder, stepCount } from "./batchOrder.ts"
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

/** Where training stands: with the request, all that later steps depend on. */
export interface TrainingPoint {
  /** Steps done. */
  readonly step: number
  readonly weights: Float32Array
  /** learningRate · velocity, float32, in the order of the weights; undefined without momentum, and before the first step. */
  readonly velocity: Float32Array | undefined
}

/** A step that was just taken. */
export interface TrainingStep {
  /** From 1. */
  readonly step: number
  /** From 0. */
  readonly epoch: number
  /** Sum of the losses of its examples before the step, in nats. */
  readonly loss: number
  /** Where training stands now; ask before the next step. */
  readonly point: () => TrainingPoint
}

/**
 * Trains and returns new weights. Synchronous: call it through `Learning` inside a run.
 * Throws `TrainingRequestInvalid`, `TrainingDiverged`, `WeightsSizeMismatch`, `ExampleOutOfRange`.
 */
export const train = (request: TrainingRequest): TrainingResult => {
  const { indices, epochs } = request
  const steps = stepCount(request)
  let weights: Float32Array | undefined
  let epochLoss = 0
  let lastEpoch = 0
  for (const taken of trainingSteps(request)) {
    if (taken.epoch !== lastEpoch) epochLoss = 0
    lastEpoch = taken.epoch
    epochLoss += taken.loss
    if (taken.step === steps) weights = taken.point().weights
  }
  if (weights === undefined || !weights.every(Number.isFinite)) {
    throw new TrainingDiverged({ epoch: epochs - 1, step: steps })
  }
  return {
    weights,
    samples: indices.length,
    samplesProcessed: indices.length * epochs,
    steps,
    finalLoss: epochLoss / indices.length,
  }
}

/**
 * Training step by step, from the beginning or from a point that another training of the same request reached: the
 * steps after it have the same bits, wherever training was interrupted. Throws like `train`.
 */
export function* trainingSteps(request: TrainingRequest, from?: TrainingPoint): Generator<TrainingStep> {
  backendReport()
  checkRequest(request)
  const { model, dataset } = request
  const examples = dataset[request.split ?? "train"]
  const state = startState(request, from)
  const point = (): TrainingPoint => ({
    step: state.steps,
    weights: state.network.toWeights(state.layers),
    velocity: state.velocities && state.network.toWeights(state.velocities),
  })
  try {
    for (const { epoch, step, ...examplesOfStep } of batchOrder(request)) {
      if (step <= state.steps) continue
      const batch = makeBatch({ examples, inputSize: inputsOf(model), ...examplesOfStep })
      const loss = takeStep(state, batch)
      if (!Number.isFinite(loss)) throw new TrainingDiverged({ epoch, step })
      yield { step, epoch, loss, point }
    }
  } finally {
    disposeTensors(state.layers)
    disposeTensors(state.velocities)
    disposeTensors(state.anchor)
  }
}

/** What changes from step to step, with what a step needs to know. */
interface TrainingState {
  readonly network: Network
  readonly learningRate: number
  readonly momentum: number
  readonly proximal: number
  layers: WeightTensors
  /** learningRate · velocity, so that an update is one subtraction. */
  velocities: WeightTensors | undefined
  readonly anchor: WeightTensors | undefined
  steps: number
}

const startState = (request: TrainingRequest, from: TrainingPoint | undefined): TrainingState => {
  const { model } = request
  const proximal = request.proximal ?? 0
  const momentum = request.momentum ?? 0
  const velocity = momentum > 0 ? from?.velocity : undefined
  if (from !== undefined) checkWeights(model, from.weights)
  if (velocity !== undefined) checkWeights(model, velocity)
  const network = networkOf(model)
  return {
    network,
    learningRate: request.learningRate,
    momentum,
    proximal,
    layers: network.toTensors(from?.weights ?? request.weights),
    velocities: velocity && network.toTensors(velocity),
    anchor: proximal > 0 ? network.toTensors(request.weights) : undefined,
    steps: from?.step ?? 0,
  }
}

/** One gradient step; returns the sum of the batch's losses before it, in nats. */
const takeStep = (state: TrainingState, batch: Batch): number => {
  const { layers: layersBefore, velocities: velocitiesBefore } = state
  let loss = 0
  tf.tidy(() => {
    const step = scaledGradients(state.network, state.layers, batch, state.learningRate)
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
  disposeTensors(layersBefore)
  disposeTensors(velocitiesBefore)
  state.steps++
  return loss
}

/**
 * Gradient of the mean loss of the batch times `scale`, one tensor a layer, and the sum of losses in nats.
 * Call inside `tf.tidy`.
 */
export const scaledGradients = (
  network: Network,
  layers: WeightTensors,
  batch: Batch,
  scale: number,
): { readonly gradients: readonly tf.Tensor[]; readonly loss: number } => {
  const { rows, labels } = batch
  const pass = network.forward(layers, tf.tensor2d(batch.inputs, [rows, batch.inputs.length / rows]))
  const classes = pass.logits.shape[0]
  const gradient = new Float32Array(classes * rows)
  const logits = pass.logits.dataSync() as Float32Array
  const loss = softmaxCrossEntropy({ logits, labels, classes, scale: scale / rows, gradient })
  return { gradients: pass.backward(tf.tensor2d(gradient, [classes, rows])), loss }
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

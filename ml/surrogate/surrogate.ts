/**
 * The surrogate learner: answers requests for training and evaluation as real learning does, by the fitted model in
 * place of tensors. Its units of work are those of the real thing, and the same request gives the same bits.
 */
import { checkIndices, type Dataset } from "../datasets/dataset.ts"
import { EvaluationRequestInvalid, type Evaluation, type EvaluationRequest } from "../evaluation/evaluate.ts"
import { checkWeights, nameOfModel, type ModelSpec } from "../models/model.ts"
import { ModelSpecInvalid } from "../models/modelErrors.ts"
import { FIRST_IDLE, IDLE_MODES, CLASS_WIDTH, type SurrogateSpec } from "../models/surrogate.ts"
import { LOSS_CEILING_NATS } from "../training/softmaxCrossEntropy.ts"
import { TrainingRequestInvalid, type TrainingRequest, type TrainingResult } from "../training/train.ts"
import { descend, stepsOf } from "./descend.ts"
import { createDraws } from "./draws.ts"
import { EXAMPLE_WIDTH, examplesOf } from "./examples.ts"
import { expectedLoss, thresholdOf } from "./expectation.ts"
import { landscapeOf, type Landscape } from "./landscape.ts"
import { marginsOf } from "./margins.ts"
import type { SurrogateParameters } from "./parameters.ts"
import { shardProfile } from "./shardProfile.ts"

/** What stands in for a backend. */
export interface SurrogateReport {
  readonly backend: "surrogate"
  /** The data set whose learning curves it was fitted to. */
  readonly dataset: string
}

export interface Surrogate {
  readonly report: SurrogateReport
  /** As real training, of surrogates only; throws the same errors. */
  readonly train: (request: TrainingRequest) => TrainingResult
  /** As real evaluation, of surrogates only; throws the same errors. */
  readonly evaluate: (request: EvaluationRequest) => Evaluation
  /** Throws `ModelSpecInvalid`: there is nothing between the start and the end of a surrogate's training. */
  readonly trainSegment: () => never
}

export const createSurrogate = (options: {
  /** What is truly learnt: data sets with other labels are measured by this one's. */
  readonly dataset: Dataset
  readonly parameters: SurrogateParameters
}): Surrogate => {
  const { dataset, parameters } = options
  const draws = createDraws()
  const landscapes = new Map<number, Landscape>()
  const landscapeFor = (model: SurrogateSpec): Landscape => {
    const width = model.hidden[0] ?? 0
    const landscape = landscapes.get(width) ?? landscapeOf(model, parameters)
    landscapes.set(width, landscape)
    return landscape
  }
  return {
    report: { backend: "surrogate", dataset: dataset.name },
    trainSegment: () => refuseModel("a surrogate has no checkpoints"),
    train(request) {
      const model = surrogateIn(request, dataset)
      checkTraining(request, dataset)
      const { weights, indices, seed } = request
      const split = request.split ?? "train"
      const { labels } = request.dataset[split]
      const trueLabels = dataset[split].labels
      const landscape = landscapeFor(model)
      const shard = shardProfile({ classes: landscape.classes, indices, labels, trueLabels })
      const trained = descend(weights, { landscape, parameters, shard, hyper: request, seed, draws })
      const shares = shard.ofClass.map((count) => count / shard.samples)
      return {
        weights: trained,
        samples: indices.length,
        samplesProcessed: indices.length * request.epochs,
        steps: stepsOf(indices.length, request),
        finalLoss: expectedLoss(marginsOf(trained, landscape, parameters), shares, parameters.lossSlope),
      }
    },
    evaluate(request) {
      const model = surrogateIn(request, dataset)
      checkEvaluation(request, dataset)
      return evaluateOn(request, dataset, landscapeFor(model), parameters)
    },
  }
}

const evaluateOn = (
  request: EvaluationRequest,
  truth: Dataset,
  landscape: Landscape,
  parameters: SurrogateParameters,
): Evaluation => {
  const { weights, indices } = request
  const split = request.split ?? "test"
  const { size, labels } = request.dataset[split]
  const trueLabels = truth[split].labels
  const examples = examplesOf(truth.name, split, truth[split].size)
  const margins = marginsOf(weights, landscape, parameters)
  const threshold = thresholdOf(landscape.classes)
  const tilt = parameters.blur / (parameters.unit * Math.sqrt(IDLE_MODES))
  const perClass = Array.from({ length: landscape.classes }, () => ({ correct: 0, total: 0 }))
  const total = indices?.length ?? size
  const ofClass = margins.map(() => 0)
  for (let i = 0; i < total; i++) {
    const index = indices === undefined ? i : indices[i]!
    const truly = trueLabels[index]!
    const { margin, blur } = margins[truly]!
    let difficulty = examples[index * EXAMPLE_WIDTH]!
    for (let mode = 0; mode < IDLE_MODES; mode++) {
      const idle = weights[truly * CLASS_WIDTH + FIRST_IDLE + mode]!
      difficulty += tilt * examples[index * EXAMPLE_WIDTH + 1 + mode]! * idle
    }
    const surplus = margin - difficulty / blur
    const count = perClass[labels[index]!]!
    count.total++
    if (surplus > threshold && labels[index] === truly) count.correct++
    ofClass[truly]!++
  }
  const correct = perClass.reduce((sum, count) => sum + count.correct, 0)
  const shares = ofClass.map((count) => count / total)
  const loss = expectedLoss(margins, shares, parameters.lossSlope)
  return {
    total,
    correct,
    accuracy: correct / total,
    loss: loss <= LOSS_CEILING_NATS ? loss : LOSS_CEILING_NATS,
    perClass,
  }
}

/** The model, if it is a surrogate for this data set. Throws `ModelSpecInvalid`, `WeightsSizeMismatch`. */
const surrogateIn = (
  { model, weights }: { readonly model: ModelSpec; readonly weights: Float32Array },
  truth: Dataset,
): SurrogateSpec => {
  if (model.kind !== "surrogate")
    return refuseModel(`${nameOfModel(model)} is no surrogate, and only those learn here`)
  if (model.dataset !== truth.name) {
    refuseModel(`this surrogate learns ${truth.name}, the model is of ${model.dataset}`)
  }
  if (model.classes !== truth.classes) {
    refuseModel(`the model has ${model.classes} classes, ${truth.name} has ${truth.classes}`)
  }
  checkWeights(model, weights)
  return model
}

const checkTraining = (request: TrainingRequest, truth: Dataset): void => {
  const { epochs, batchSize, learningRate, momentum = 0, proximal = 0, indices } = request
  const split = request.split ?? "train"
  if (!isCount(epochs)) refuse("epochs", `is ${epochs}, expected an integer from 1`)
  if (!isCount(batchSize)) refuse("batchSize", `is ${batchSize}, expected an integer from 1`)
  if (!(learningRate > 0 && learningRate < Infinity)) {
    refuse("learningRate", `is ${learningRate}, expected a number above 0`)
  }
  if (!(momentum >= 0 && momentum < 1)) refuse("momentum", `is ${momentum}, expected 0 to below 1`)
  if (proximal !== 0) refuse("proximal", `is ${proximal}, expected 0: no surrogate was fitted to another`)
  if (indices.length === 0) refuse("indices", "is empty: there is nothing to learn from")
  if (request.dataset[split].size !== truth[split].size) {
    refuse("dataset", `${request.dataset.name} is not ${truth.name}, nor that with other labels`)
  }
  checkIndices(request.dataset, split, indices)
}

const checkEvaluation = (request: EvaluationRequest, truth: Dataset): void => {
  const split = request.split ?? "test"
  const { indices, dataset } = request
  if (indices?.length === 0) throw new EvaluationRequestInvalid({ problem: "no examples were given" })
  if (request.classes !== undefined) {
    throw new EvaluationRequestInvalid({ problem: "a surrogate chooses between all classes" })
  }
  if (dataset[split].size !== truth[split].size) {
    const problem = `${dataset.name} is not ${truth.name}, nor that with other labels`
    throw new EvaluationRequestInvalid({ problem })
  }
  if (indices !== undefined) checkIndices(dataset, split, indices)
}

const refuseModel = (problem: string): never => {
  throw new ModelSpecInvalid({ problem })
}

const refuse = (field: string, problem: string): never => {
  throw new TrainingRequestInvalid({ field, problem })
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1

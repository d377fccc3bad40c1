/**
 * Memo of training and evaluation. The key is the hash of everything that a result depends on: weights, data, order,
 * hyper-parameters, seed and backend. A hit gives the same bytes as doing the work.
 */
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"
import { backendReport } from "../backend.ts"
import { trainSegment, type SegmentOptions } from "../checkpoints/trainSegment.ts"
import type { Dataset, Split } from "../datasets/dataset.ts"
import { evaluate, type Evaluation, type EvaluationRequest } from "../evaluation/evaluate.ts"
import { train, type TrainingPoint, type TrainingRequest, type TrainingResult } from "../training/train.ts"
import { createMemo, type MemoStatistics } from "./memo.ts"

export interface TrainingMemo {
  /** As `train`; the weights are the caller's own copy. */
  train(request: TrainingRequest): TrainingResult
  /** As `trainSegment`; the numbers are the caller's own copy. */
  trainSegment(request: TrainingRequest, options: SegmentOptions): TrainingPoint
  /** As `evaluate`. */
  evaluate(request: EvaluationRequest): Evaluation
  readonly statistics: { readonly training: MemoStatistics; readonly evaluation: MemoStatistics }
}

/** Rough size of an evaluation with its key. */
const EVALUATION_BYTES = 1_024

/** An empty memo; default limit 256 MiB of trained weights. 0 switches it off. */
export const createTrainingMemo = (options: { readonly limitBytes?: number } = {}): TrainingMemo => {
  const limitBytes = options.limitBytes ?? 256 * 1024 ** 2
  const trained = createMemo<TrainingResult>({ limitBytes })
  const points = createMemo<TrainingPoint>({ limitBytes })
  const evaluated = createMemo<Evaluation>({ limitBytes: Math.min(limitBytes, 16 * 1024 ** 2) })
  return {
    train(request) {
      const key = trainingKey(request)
      const known = trained.get(key)
      const result = known ?? train(request)
      if (known === undefined) trained.set(key, result, result.weights.byteLength)
      return { ...result, weights: result.weights.slice() }
    },
    trainSegment(request, options) {
      const key = segmentKey(request, options)
      const known = points.get(key)
      const point = known ?? trainSegment(request, options)
      if (known === undefined) points.set(key, point, bytesOf(point))
      return { ...point, weights: point.weights.slice(), velocity: point.velocity?.slice() }
    },
    evaluate(request) {
      const key = evaluationKey(request)
      const known = evaluated.get(key)
      const result = known ?? evaluate(request)
      if (known === undefined) evaluated.set(key, result, EVALUATION_BYTES)
      return result
    },
    get statistics() {
      return { training: trained.statistics, evaluation: evaluated.statistics }
    },
  }
}

/** Hash of all inputs of a training. */
export const trainingKey = (request: TrainingRequest): string =>
  sha256Hex(
    canonicalJson({
      work: "train",
      backend: backendReport(),
      model: request.model,
      weights: hashOfNumbers(request.weights),
      data: dataKey(request.dataset, request.split ?? "train", request.indices),
      epochs: String(request.epochs),
      batchSize: String(request.batchSize),
      learningRate: String(request.learningRate),
      momentum: String(request.momentum ?? 0),
      proximal: String(request.proximal ?? 0),
      seed: request.seed,
    }),
  )

/** Hash of all inputs of a segment between two checkpoints. */
export const segmentKey = (request: TrainingRequest, { from, until }: SegmentOptions): string =>
  sha256Hex(
    canonicalJson({
      work: "trainSegment",
      training: trainingKey(request),
      from: from && {
        step: from.step,
        weights: hashOfNumbers(from.weights),
        velocity: from.velocity && hashOfNumbers(from.velocity),
      },
      until,
    }),
  )

const bytesOf = ({ weights, velocity }: TrainingPoint): number =>
  weights.byteLength + (velocity?.byteLength ?? 0)

/** Hash of all inputs of an evaluation. */
export const evaluationKey = (request: EvaluationRequest): string =>
  sha256Hex(
    canonicalJson({
      work: "evaluate",
      backend: backendReport(),
      model: request.model,
      weights: hashOfNumbers(request.weights),
      data: dataKey(request.dataset, request.split ?? "test", request.indices),
    }),
  )

const dataKey = (dataset: Dataset, split: Split, indices: ArrayLike<number> | undefined): object => ({
  dataset: dataset.hash,
  split,
  indices: indices === undefined ? "all" : hashOfNumbers(Float64Array.from(indices)),
})

const hashOfNumbers = (numbers: Float32Array | Float64Array): string =>
  sha256Hex(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength))

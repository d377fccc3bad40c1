/**
 * Memo of training and evaluation. The key is the hash of everything that a result depends on: weights, data, order,
 * hyper-parameters, seed and backend. A hit gives the same bytes as doing the work. Stores may add what else decides,
 * such as the version of this program.
 */
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"
import { backendReport } from "../backend.ts"
import { trainSegment, type SegmentOptions } from "../checkpoints/trainSegment.ts"
import type { Dataset, Split } from "../datasets/dataset.ts"
import { evaluate, type Evaluation, type EvaluationRequest } from "../evaluation/evaluate.ts"
import { train, type TrainingPoint, type TrainingRequest, type TrainingResult } from "../training/train.ts"
import { createMemo, type Memo, type MemoStatistics } from "./memo.ts"
import type { MemoStore, MemoStores } from "./memoStore.ts"
import {
  bytesToEvaluation,
  bytesToPoint,
  bytesToTraining,
  evaluationToBytes,
  pointToBytes,
  trainingToBytes,
} from "./storedResult.ts"

export interface TrainingMemo {
  /** As `train`; the weights are the caller's own copy. */
  train(request: TrainingRequest): TrainingResult
  /** As `trainSegment`; the numbers are the caller's own copy. */
  trainSegment(request: TrainingRequest, options: SegmentOptions): TrainingPoint
  /** As `evaluate`. */
  evaluate(request: EvaluationRequest): Evaluation
  readonly statistics: { readonly training: MemoStatistics; readonly evaluation: MemoStatistics }
}

export interface TrainingMemoOptions {
  /** Of trained weights in memory; default 256 MiB. 0 remembers nothing in memory. */
  readonly limitBytes?: number
  /** Asked for what is not in memory, and given what was worked out. */
  readonly stores?: MemoStores | undefined
}

/** Rough size of an evaluation with its key. */
const EVALUATION_BYTES = 1_024

/** A memo that knows nothing but what its stores have. */
export const createTrainingMemo = (options: TrainingMemoOptions = {}): TrainingMemo => {
  const { limitBytes = 256 * 1024 ** 2, stores } = options
  const trained = createMemo<TrainingResult>({ limitBytes })
  const points = createMemo<TrainingPoint>({ limitBytes })
  const evaluated = createMemo<Evaluation>({ limitBytes: Math.min(limitBytes, 16 * 1024 ** 2) })
  return {
    train(request) {
      const result = remembered(trained, trainingKey(request), {
        store: stores?.training,
        work: () => train(request),
        sizeOf: ({ weights }) => weights.byteLength,
        toBytes: trainingToBytes,
        fromBytes: (bytes) => bytesToTraining(bytes, request.weights.length),
      })
      return { ...result, weights: result.weights.slice() }
    },
    trainSegment(request, options) {
      const point = remembered(points, segmentKey(request, options), {
        store: stores?.training,
        work: () => trainSegment(request, options),
        sizeOf: bytesOf,
        toBytes: pointToBytes,
        fromBytes: (bytes) => bytesToPoint(bytes, request.weights.length),
      })
      return { ...point, weights: point.weights.slice(), velocity: point.velocity?.slice() }
    },
    evaluate(request) {
      return remembered(evaluated, evaluationKey(request), {
        store: stores?.evaluation,
        work: () => evaluate(request),
        sizeOf: () => EVALUATION_BYTES,
        toBytes: evaluationToBytes,
        fromBytes: bytesToEvaluation,
      })
    },
    get statistics() {
      return { training: trained.statistics, evaluation: evaluated.statistics }
    },
  }
}

interface Remembering<A> {
  readonly store: MemoStore | undefined
  readonly work: () => A
  readonly sizeOf: (result: A) => number
  readonly toBytes: (result: A) => Uint8Array
  readonly fromBytes: (bytes: Uint8Array) => A | undefined
}

/** From memory, else from the store, else by doing the work. */
const remembered = <A>(memo: Memo<A>, key: string, how: Remembering<A>): A => {
  const known = memo.get(key)
  if (known !== undefined) return known
  const bytes = how.store?.get(key)
  const kept = bytes === undefined ? undefined : how.fromBytes(bytes)
  const result = kept ?? how.work()
  if (kept === undefined) how.store?.set(key, how.toBytes(result))
  memo.set(key, result, how.sizeOf(result))
  return result
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
      ...(request.classes === undefined ? {} : { classes: request.classes }),
    }),
  )

const dataKey = (dataset: Dataset, split: Split, indices: ArrayLike<number> | undefined): object => ({
  dataset: dataset.hash,
  split,
  indices: indices === undefined ? "all" : hashOfNumbers(Float64Array.from(indices)),
})

const hashOfNumbers = (numbers: Float32Array | Float64Array): string =>
  sha256Hex(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength))

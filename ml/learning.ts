/**
 * Learning as agents see it: one service over backend, training, evaluation and aggregation.
 *
 * The work happens while virtual time stands still. How long it takes in the world and what it costs is the agents'
 * business: results carry the units of work done (`samplesProcessed`, `total`), memo or not.
 */
import { Context, Effect, Layer } from "effect"
import { foreign } from "../sim/kernel/foreign.ts"
import { aggregate } from "./aggregation/aggregate.ts"
import { AggregationRuleInvalid, type AggregationOptions } from "./aggregation/aggregationRule.ts"
import { AggregationInvalid, type Contribution } from "./aggregation/contribution.ts"
import {
  initialiseBackend,
  type BackendName,
  type BackendReport,
  type BackendUnavailable,
} from "./backend.ts"
import type { SegmentOptions } from "./checkpoints/trainSegment.ts"
import { ExampleOutOfRange } from "./datasets/dataset.ts"
import { EvaluationRequestInvalid, type Evaluation, type EvaluationRequest } from "./evaluation/evaluate.ts"
import type { MemoStatistics } from "./memo/memo.ts"
import { createTrainingMemo, type TrainingMemo } from "./memo/trainingMemo.ts"
import { ModelSpecInvalid, WeightsSizeMismatch } from "./models/modelErrors.ts"
import type { Surrogate, SurrogateReport } from "./surrogate/surrogate.ts"
import {
  TrainingDiverged,
  TrainingRequestInvalid,
  type TrainingPoint,
  type TrainingRequest,
  type TrainingResult,
} from "./training/train.ts"

export type TrainingError =
  TrainingRequestInvalid | TrainingDiverged | WeightsSizeMismatch | ExampleOutOfRange | ModelSpecInvalid
export type EvaluationError =
  EvaluationRequestInvalid | WeightsSizeMismatch | ExampleOutOfRange | ModelSpecInvalid
export type AggregationError = AggregationInvalid | AggregationRuleInvalid

/** Training, evaluation and aggregation for agents. */
export class Learning extends Context.Service<
  Learning,
  {
    readonly train: (request: TrainingRequest) => Effect.Effect<TrainingResult, TrainingError>
    /** From one checkpoint to the next. */
    readonly trainSegment: (
      request: TrainingRequest,
      options: SegmentOptions,
    ) => Effect.Effect<TrainingPoint, TrainingError>
    readonly evaluate: (request: EvaluationRequest) => Effect.Effect<Evaluation, EvaluationError>
    readonly aggregate: (
      contributions: readonly Contribution[],
      options: AggregationOptions,
    ) => Effect.Effect<Float32Array, AggregationError>
    /** What computes: belongs to the run's identity. */
    readonly backend: BackendReport | SurrogateReport
    /** Hits and misses so far: says nothing about the world, only about wall-clock time saved. */
    readonly memoStatistics: Effect.Effect<TrainingMemo["statistics"]>
  }
>()("autonet/Learning") {
  /** The service over `memo`, or over a memo of its own, on WebAssembly unless another backend is named. */
  static layer(
    options: { readonly memo?: TrainingMemo; readonly backend?: BackendName } = {},
  ): Layer.Layer<Learning> {
    return Layer.effect(
      Learning,
      Effect.map(
        foreign("ml/initialiseBackend", () => initialiseBackend(options.backend)),
        (backend) => makeLearning(options.memo ?? createTrainingMemo(), backend),
      ),
    )
  }

  /** The service over a surrogate: it trains and evaluates stand-ins, and aggregates as ever. */
  static surrogateLayer(surrogate: Surrogate): Layer.Layer<Learning> {
    return Layer.succeed(Learning, makeLearning({ ...surrogate, statistics: nothingKept }, surrogate.report))
  }
}

export type { BackendUnavailable }

const trainingErrors = [
  TrainingRequestInvalid,
  TrainingDiverged,
  WeightsSizeMismatch,
  ExampleOutOfRange,
  ModelSpecInvalid,
]
const evaluationErrors = [EvaluationRequestInvalid, WeightsSizeMismatch, ExampleOutOfRange, ModelSpecInvalid]
const aggregationErrors = [AggregationInvalid, AggregationRuleInvalid]

/** What a memo keeps that there is not. */
const noEntries: MemoStatistics = { hits: 0, misses: 0, entries: 0, bytes: 0 }
const nothingKept: TrainingMemo["statistics"] = { training: noEntries, evaluation: noEntries }

const makeLearning = (
  learner: TrainingMemo,
  backend: BackendReport | SurrogateReport,
): Learning["Service"] => ({
  backend,
  train: (request) =>
    attempt<TrainingResult, TrainingError>("ml/train", trainingErrors, () => learner.train(request)),
  trainSegment: (request, options) =>
    attempt<TrainingPoint, TrainingError>("ml/trainSegment", trainingErrors, () =>
      learner.trainSegment(request, options),
    ),
  evaluate: (request) =>
    attempt<Evaluation, EvaluationError>("ml/evaluate", evaluationErrors, () => learner.evaluate(request)),
  aggregate: (contributions, options) =>
    attempt<Float32Array, AggregationError>("ml/aggregate", aggregationErrors, () =>
      aggregate(contributions, options),
    ),
  memoStatistics: Effect.sync(() => learner.statistics),
})

/** Runs synchronous work as a foreign call; the errors named become typed failures, anything else stays a defect. */
const attempt = <A, E>(
  label: string,
  expected: readonly (abstract new (...args: never[]) => E)[],
  work: () => A,
): Effect.Effect<A, E> =>
  Effect.flatMap(
    foreign(label, (): Effect.Effect<A, E> => {
      try {
        return Effect.succeed(work())
      } catch (error) {
        if (expected.some((kind) => error instanceof kind)) return Effect.fail(error as E)
        throw error
      }
    }),
    (outcome) => outcome,
  )

/**
 * Real work, as an agent experiences it: it takes virtual time (units ÷ the agent's speed), it costs ATN outside
 * the protocol whether a memo answers or not, and the result is there only afterwards.
 */
import { Effect } from "effect"
import type { Contribution } from "../../ml/aggregation/contribution.ts"
import { samplesOf } from "../../ml/checkpoints/checkpointPlan.ts"
import type { SegmentOptions } from "../../ml/checkpoints/trainSegment.ts"
import { applyUpdate } from "../../ml/models/weightUpdate.ts"
import type { Evaluation } from "../../ml/evaluation/evaluate.ts"
import type { AggregationError, EvaluationError, Learning, TrainingError } from "../../ml/learning.ts"
import { bytesStoodFor } from "../../ml/store/bytesStoodFor.ts"
import { cidOf, type Cid } from "../../ml/store/cid.ts"
import { ContentNotFound, type ContentStore } from "../../ml/store/contentStore.ts"
import { parameterCount } from "../../ml/models/model.ts"
import type { TrainingPoint, TrainingResult } from "../../ml/training/train.ts"
import type { TrainingData } from "../../ml/training/trainingData.ts"
import { charge, totalCost, type CostLedger } from "../mechanisms/costLedger.ts"
import type { StorageLedger } from "../mechanisms/storageLedger.ts"
import { refuseDecision } from "./decisionRefused.ts"
import type { TrainingPlan } from "./trainingPlan.ts"

/** Units of work per second of virtual time. */
export interface Speed {
  readonly trainSamplesPerSecond: number
  readonly evaluateExamplesPerSecond: number
  readonly uploadBytesPerSecond: number
}

/** Prices of work, wei per unit. */
export interface WorkPrices {
  /** Per sample and epoch. */
  readonly trainingWeiPerSample: bigint
  /** Per evaluation of a task's whole evaluation set; in proportion for a part of it. */
  readonly verificationWeiPerEvaluation: bigint
}

export interface TrainOptions {
  readonly base: Float32Array
  /** Names the shuffling stream, see `Agent.trainingSeed`. */
  readonly seed: string
  /** Default: the agent's own shard of the plan's data set. */
  readonly data?: TrainingData
}

export interface Work {
  /** Trains from `base` by the plan's hyper-parameters, on the agent's shard if nothing else is given. */
  readonly train: (options: TrainOptions) => Effect.Effect<TrainingResult, TrainingError>
  /** Some steps of the same training, from one checkpoint to the next. */
  readonly trainSegment: (
    options: TrainOptions & SegmentOptions,
  ) => Effect.Effect<TrainingPoint, TrainingError>
  /** ATN (wei) that training on so many examples costs. */
  readonly costOfTraining: (examples: number) => bigint
  /** Evaluates base + update on examples of the held-out split. */
  readonly evaluate: (options: {
    readonly base: Float32Array
    readonly update?: Float32Array
    readonly indices: ArrayLike<number>
    /** Classes between which the model chooses; default all. */
    readonly classes?: readonly number[] | undefined
  }) => Effect.Effect<Evaluation, EvaluationError>
  /** Hashes documents: so many of them take and cost what training on one sample does. */
  readonly hash: (documents: number) => Effect.Effect<void>
  /** One update from many, by the plan's rule; see `ml/aggregation/aggregate.ts`. */
  readonly aggregate: (
    contributions: readonly Contribution[],
  ) => Effect.Effect<Float32Array, AggregationError>
  /** What the agent's own work has cost it so far outside the protocol, storage left out, in wei. */
  readonly spentWei: () => bigint
  /** Number of weights and biases of the plan's model. */
  readonly parameterCount: number
  /** Puts bytes into the content store, and pays for their storage from then on. */
  readonly upload: (bytes: Uint8Array) => Effect.Effect<Cid>
  /** Bytes from the content store. */
  readonly fetch: (cid: Cid) => Effect.Effect<Uint8Array, ContentNotFound>
}

export interface WorkOptions {
  readonly name: string
  readonly shardIndices: Uint32Array
  readonly plan: TrainingPlan
  readonly speed: Speed
  readonly prices: WorkPrices
  readonly costs: CostLedger
  readonly storage: StorageLedger
  readonly store: ContentStore
  readonly learning: Learning["Service"]
}

/** A sample is a forward and a backward pass through a model, a hash some microseconds. */
const HASHES_PER_SAMPLE = 100

const MICROS_PER_SECOND = 1_000_000

/** Waits for as long as `units` take at this speed, at least a microsecond. */
const spend = (units: number, unitsPerSecond: number): Effect.Effect<void> =>
  Effect.sleep(`${Math.max(1, Math.round((units / unitsPerSecond) * MICROS_PER_SECOND))} micros`)

export const createWork = (options: WorkOptions): Work => {
  const { name, plan, speed, prices, costs, learning, store, storage } = options
  const ownData: TrainingData = { dataset: plan.dataset, indices: options.shardIndices }
  const requestOf = ({ base, seed, data = ownData }: TrainOptions) => ({
    ...plan.training,
    ...data,
    model: plan.model,
    weights: base,
    seed,
  })
  const trainFor = (samples: number) =>
    Effect.andThen(
      charge(costs, name, "compute", prices.trainingWeiPerSample * BigInt(samples)),
      spend(samples, speed.trainSamplesPerSecond),
    )
  return {
    spentWei: () => totalCost(costs.costsOf(name)),
    parameterCount: parameterCount(plan.model),
    aggregate: (contributions) => learning.aggregate(contributions, plan.aggregation),
    costOfTraining: (examples) => prices.trainingWeiPerSample * BigInt(examples * plan.training.epochs),
    hash: (documents) => trainFor(Math.ceil(documents / HASHES_PER_SAMPLE)),
    train: Effect.fnUntraced(function* (what) {
      const request = requestOf(what)
      yield* trainFor(request.indices.length * plan.training.epochs)
      return yield* learning.train(request)
    }),
    trainSegment: Effect.fnUntraced(function* ({ from, until, ...what }) {
      const request = requestOf(what)
      yield* trainFor(samplesOf(request, { from: from?.step ?? 0, until }))
      return yield* learning.trainSegment(request, { from, until })
    }),
    evaluate: Effect.fnUntraced(function* ({ base, update, indices, classes }) {
      const price =
        (prices.verificationWeiPerEvaluation * BigInt(indices.length)) / BigInt(plan.evaluationExamples)
      yield* charge(costs, name, "verification", price)
      yield* spend(indices.length, speed.evaluateExamplesPerSecond)
      const weights = update === undefined ? base : applyUpdate(base, update)
      const chosen = classes === undefined ? {} : { classes }
      return yield* learning.evaluate({
        model: plan.model,
        weights,
        dataset: plan.dataset,
        indices,
        ...chosen,
      })
    }),
    upload: Effect.fnUntraced(function* (bytes) {
      if (!(bytes instanceof Uint8Array)) yield* refuseDecision(`what ${name} uploads`, "a Uint8Array", bytes)
      const length = bytesStoodFor(bytes)
      yield* spend(length, speed.uploadBytesPerSecond)
      const cid = store.put(bytes)
      yield* storage.keep(name, cid, length)
      return cid
    }),
    fetch: (cid) =>
      Effect.suspend(() =>
        store.has(cid) ? Effect.succeed(store.get(cid)) : Effect.fail(new ContentNotFound({ cid })),
      ),
  }
}

/** The identifier that bytes will have once uploaded: what is committed before they are shown. */
export const cidBeforeUpload = (bytes: Uint8Array): Cid => cidOf(bytes)

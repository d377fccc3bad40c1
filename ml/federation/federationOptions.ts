import { Schema } from "effect"
import type { AggregationOptions } from "../aggregation/aggregationRule.ts"
import type { Dataset } from "../datasets/dataset.ts"
import type { Evaluation, EvaluationRequest } from "../evaluation/evaluate.ts"
import type { ModelSpec } from "../models/model.ts"
import type { PartitionKind } from "../partition/partition.ts"
import type { AttackInput } from "../poisoning/attackSpec.ts"
import type { Trigger } from "../poisoning/backdoor.ts"
import type { HyperParameters, TrainingRequest, TrainingResult } from "../training/train.ts"

export interface FederationOptions {
  readonly dataset: Dataset
  readonly model: ModelSpec
  readonly rounds: number
  readonly clients: number
  /** Share of the clients that take part in a round, at least one of them; drawn anew each round. Default 1. */
  readonly clientFraction?: number
  readonly partition: PartitionKind
  /** Default: the training split divided by the clients. */
  readonly samplesPerClient?: number
  readonly training: HyperParameters
  /** Default: federated averaging. */
  readonly aggregation?: AggregationOptions
  /** ⌈share · clients⌉ clients, drawn by the seed, attack whenever they take part. Default: nobody. */
  readonly attackers?: { readonly share: number; readonly attack: AttackInput }
  /** Measures how often examples with this trigger are taken for its target. Default: the backdoor's own, if there is one. */
  readonly trigger?: Trigger
  /** Held-out examples that the attackers of `overfit` know. */
  readonly leakedIndices?: ArrayLike<number>
  /** Held-out examples by which models are measured. Default: all. */
  readonly evaluationIndices?: ArrayLike<number>
  /** Default: Glorot weights drawn by the seed. */
  readonly initialWeights?: Float32Array
  readonly seed: string
  /** What trains and evaluates. Default: the real thing; a memo or a model of learning may stand in. */
  readonly train?: (request: TrainingRequest) => TrainingResult
  readonly evaluate?: (request: EvaluationRequest) => Evaluation
}

/** A federation after one of its rounds; round 0 is the beginning. */
export interface FederationRound {
  readonly round: number
  /** Of the global model on held-out examples, 0 to 1. */
  readonly accuracy: number
  /** Mean cross-entropy in nats. */
  readonly loss: number
  /** Share of triggered examples of other classes that are taken for the target; only where a trigger is measured. */
  readonly backdoorSuccess?: number
  /** Updates in the average, and how many of them came from attackers. */
  readonly updates: number
  readonly poisonedUpdates: number
  /** The global model; don't write to it. */
  readonly weights: Float32Array
}

/** A federation that cannot be. */
export class FederationInvalid extends Schema.TaggedError<FederationInvalid>()("FederationInvalid", {
  field: Schema.String,
  problem: Schema.String,
}) {
  override get message(): string {
    return `cannot federate: ${this.field} ${this.problem}`
  }
}

/** Throws `FederationInvalid`. */
export const checkFederation = ({
  clients,
  rounds,
  clientFraction = 1,
  attackers,
}: FederationOptions): void => {
  if (!Number.isInteger(clients) || clients < 1)
    refuse("clients", `is ${clients}, expected an integer from 1`)
  if (!Number.isInteger(rounds) || rounds < 0) refuse("rounds", `is ${rounds}, expected an integer from 0`)
  if (!(clientFraction > 0 && clientFraction <= 1)) {
    refuse("clientFraction", `is ${clientFraction}, expected a number above 0 and up to 1`)
  }
  const share = attackers?.share ?? 0
  if (!(share >= 0 && share <= 1)) refuse("attackers.share", `is ${share}, expected a number from 0 to 1`)
}

const refuse = (field: string, problem: string): never => {
  throw new FederationInvalid({ field, problem })
}

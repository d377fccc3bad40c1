import type { AcceptanceRule } from "../../ml/acceptance.ts"
import type { AggregationOptions } from "../../ml/aggregation/aggregationRule.ts"
import type { CheckpointPlan } from "../../ml/checkpoints/checkpointPlan.ts"
import type { Dataset } from "../../ml/datasets/dataset.ts"
import type { ExamplePool } from "../../ml/evaluation/groundTruthPool.ts"
import type { ModelSpec } from "../../ml/models/model.ts"
import type { PartitionKind } from "../../ml/partition/partition.ts"
import type { PhaseKey } from "../mechanisms/taskCycle.ts"
import type { Capability } from "./capability.ts"

/** What is public about the training campaign before it begins: the scenario's terms, known to every agent. */
export interface TrainingPlan {
  readonly projectId: bigint
  /** Content identifier of the global model of round 0. */
  readonly initialModel: string
  /** Names the whole model that is trained, of which each capability is a part. */
  readonly module: string
  /** What tasks may be about, at least one. */
  readonly capabilities: readonly [Capability, ...Capability[]]
  readonly rounds: number
  readonly tasksPerRound: number
  readonly solversPerTask: number
  /** Whether tasks invite solvers in turn, or all of them. */
  readonly invite: "turn" | "all"
  /** Block after which the first tasks are proposed: by then everybody has staked. */
  readonly startBlock: bigint
  /** How many agents take each role. */
  readonly proposers: number
  readonly solvers: number
  readonly solverRewardWei: bigint
  readonly learnabilityRewardWei: bigint
  readonly dataset: Dataset
  readonly model: ModelSpec
  readonly training: {
    readonly epochs: number
    readonly batchSize: number
    readonly learningRate: number
    readonly momentum: number
    readonly proximal: number
  }
  /** How verified updates become the next global model: anyone can recompute it. */
  readonly aggregation: AggregationOptions
  /** Where solvers leave checkpoints, if tasks ask for any. */
  readonly checkpoints: CheckpointPlan | undefined
  /** How the training split is dealt; shard i belongs to solver i, then proposers, then keepers. */
  readonly partition: {
    readonly kind: PartitionKind
    readonly parts: number
    readonly samplesPerPart: number
    readonly seed: string
  }
  /** Examples in the hidden evaluation set of one task. */
  readonly evaluationExamples: number
  /** Examples of the held-out split that ground truths are drawn from. */
  readonly groundTruthPool: ExamplePool
  readonly acceptance: AcceptanceRule
  /** Lengths of a task's phases in blocks: agreed on where no contract fixes them. */
  readonly phases: Readonly<Record<PhaseKey, bigint>>
  /** ATN (wei) an inference, stated with a model that is published for use. */
  readonly inferencePriceWei: bigint
  /** Blocks after which the aggregator stops waiting for the tasks of a round. */
  readonly roundLimitBlocks: bigint
  /** How many agents store models in shards: without any, nobody splits or registers one. */
  readonly storage: { readonly providers: number }
}

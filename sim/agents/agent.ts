import type { Effect } from "effect"
import type { Address } from "viem"
import type { Wallet } from "../../chain/wallet.ts"
import type { AcceptanceRule } from "../../ml/acceptance.ts"
import type { AggregationOptions } from "../../ml/aggregation/aggregationRule.ts"
import type { CheckpointPlan } from "../../ml/checkpoints/checkpointPlan.ts"
import type { Dataset } from "../../ml/datasets/dataset.ts"
import type { ModelSpec } from "../../ml/models/model.ts"
import type { PartitionKind } from "../../ml/partition/partition.ts"
import type { RandomStream } from "../kernel/randomStream.ts"
import type { PhaseKey } from "../mechanisms/taskCycle.ts"
import type { Channel } from "./channel.ts"
import type { Contracts } from "./contracts.ts"
import type { Peers } from "./peers.ts"
import type { Protocol } from "./protocol/protocol.ts"
import type { Work } from "./work.ts"

export const roles = ["proposer", "solver", "coordinator", "aggregator", "keeper", "provider"] as const
/**
 * What an agent does in the protocol; a keeper is named by governance and stakes nothing itself, a provider of storage
 * stakes in whatever role.
 */
export type Role = (typeof roles)[number]

/** What is public about the training campaign before it begins: the scenario's terms, known to every agent. */
export interface TrainingPlan {
  readonly projectId: bigint
  /** Content identifier of the global model of round 0. */
  readonly initialModel: string
  /** The capability that is trained. */
  readonly module: string
  readonly rounds: number
  readonly tasksPerRound: number
  readonly solversPerTask: number
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

/**
 * All that a strategy is given, and with the `Chain` all that it may observe: its own accounts, public chain
 * state, the mempool as the network shows it, the content store. Nothing here reveals another agent's strategy.
 */
export interface Agent {
  readonly name: string
  readonly role: Role
  /** Its place among the agents of its role, from 0. */
  readonly index: number
  readonly account: Address
  /** ATN (wei) that the agent stakes when it joins. */
  readonly stakeWei: bigint
  /** What the agent can do in the protocol, whatever the contract set. */
  readonly protocol: Protocol
  /** The contracts themselves, for those who look for their edges. */
  readonly contracts: Contracts
  readonly plan: TrainingPlan
  /** Number of the shard of training data that only this agent holds. */
  readonly shard: number
  /** Its examples: indices of the training split. */
  readonly shardIndices: Uint32Array
  /** Examples of anybody's shard: who knows the plan can deal them again. Undefined where there is no such shard. */
  readonly examplesOfShard: (shard: number) => Uint32Array | undefined
  readonly work: Work
  /** Shards of models between this agent and others. */
  readonly peers: Peers
  /** Names a random stream of this agent's training; the same label gives the same stream. */
  readonly trainingSeed: (label: string) => string
  /** A random stream of the agent's own, for work that draws many numbers. */
  readonly stream: (label: string) => RandomStream
  /** The agent's end of a private channel, by the name that accomplices have agreed on. */
  readonly channel: (ring: string) => Channel
  /** Accounts of the same owner besides its own, endowed at genesis. */
  readonly extraAccounts: readonly Address[]
  /** ATN (wei) that an extra account stakes when it joins as a solver. */
  readonly extraStakeWei: bigint
  /** The account that governs the contracts, for the keeper that acts in its name; undefined where a contract governs. */
  readonly governor: Address | undefined
  /** Runs an effect when no other that was given to it is running. */
  readonly oneAtATime: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  /** Runs an effect with one of the agent's accounts as the sender. */
  readonly as: <A, E, R>(
    account: Address,
    effect: Effect.Effect<A, E, R | Wallet>,
  ) => Effect.Effect<A, E, Exclude<R, Wallet>>
}

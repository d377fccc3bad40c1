import type { Effect, Scope } from "effect"
import type { Address, Hex } from "viem"
import type { Chain } from "../../../chain/chain.ts"
import type { WriteOptions } from "../../../chain/contractTypes.ts"
import type { Wallet } from "../../../chain/wallet.ts"
import type { Coding } from "../../../ml/erasure/coding.ts"
import type { ShardTreeRules } from "../../../ml/merkle/shardTrees.ts"
import type { Cid } from "../../../ml/store/cid.ts"
import type { ShardRequest } from "../../../ml/store/shardExchange.ts"
import type { Shard, ShardTerms } from "../../../ml/store/shardedModel.ts"
import type { ProtocolFailure } from "./protocolFailure.ts"

/** A model as the registry knows it. */
export interface RegisteredModel {
  readonly modelHash: Hex
  readonly manifestCid: Cid
  /** Who registered it, and hands its shards out. */
  readonly creator: Address
  readonly terms: ShardTerms
}

/** What a provider claims to have. */
export type ClaimedShard = Pick<Shard, "index" | "hash">

type Read<A> = Effect.Effect<A, ProtocolFailure, Chain>
type Verb<A> = Effect.Effect<A, ProtocolFailure, Chain | Wallet>

/** What everybody can read of the models in shards. */
export interface RegisteredModels {
  /** How the contract hashes the tree over shards. */
  readonly rules: ShardTreeRules
  readonly read: (modelHash: Hex) => Read<RegisteredModel>
  /** All models of the project, in the order of registration. */
  readonly all: Read<readonly Hex[]>
  /** Who counts as a holder of a shard at this moment. */
  readonly holders: (request: ShardRequest) => Read<readonly Address[]>
  /** Whether enough shards are held to restore the model, as the contract reports it. */
  readonly isReportedAvailable: (modelHash: Hex) => Read<boolean>
}

/** Models in shards, and the shards that providers hold. What others made impossible gives `false`. */
export interface ModelStorage extends RegisteredModels {
  /** How a model is to be split. */
  readonly splitting: Read<{ readonly coding: Coding; readonly chunkBytes: number }>
  /** Registers a published model. */
  readonly register: (model: {
    readonly cid: Cid
    readonly manifestCid: Cid
    readonly terms: ShardTerms
  }) => Verb<boolean>
  /** Each model of the project that is registered from now on, in a fiber of its own. */
  readonly forEachModel: <E, R>(
    handle: (modelHash: Hex) => Effect.Effect<unknown, E, R>,
  ) => Effect.Effect<void, ProtocolFailure, R | Chain | Scope.Scope>
  /** Becomes a provider with room for so many bytes. */
  readonly join: (capacityBytes: bigint) => Verb<boolean>
  /** Announces a shard, and no more than that. */
  readonly claim: (model: RegisteredModel, shard: ClaimedShard, options?: WriteOptions) => Verb<boolean>
  /** Announces a shard, and asks for what makes the announcement count. */
  readonly announce: (model: RegisteredModel, shard: ClaimedShard, options?: WriteOptions) => Verb<boolean>
  /** Each challenge to this account from now on, in a fiber of its own. */
  readonly forEachChallenge: <E, R>(
    handle: (challenge: ShardRequest) => Effect.Effect<unknown, E, R>,
  ) => Effect.Effect<void, ProtocolFailure, R | Chain | Scope.Scope>
  /** Answers the open challenge about a shard. */
  readonly answer: (model: RegisteredModel, shard: Shard, options?: WriteOptions) => Verb<boolean>
  /** Challenges a holder if it is due, waits for its answer, reports that there was none. Whether it was missed. */
  readonly audit: (request: ShardRequest, holder: Address) => Verb<boolean>
  /** Calls for others to take a shard over that nobody holds. */
  readonly callForRecovery: (request: ShardRequest) => Verb<boolean>
  /** Each call for recovery of the project's models from now on, in a fiber of its own. */
  readonly forEachRecovery: <E, R>(
    handle: (request: ShardRequest) => Effect.Effect<unknown, E, R>,
  ) => Effect.Effect<void, ProtocolFailure, R | Chain | Scope.Scope>
}

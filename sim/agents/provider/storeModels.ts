/**
 * The life of a storage provider, whatever its conduct: it stakes, registers, takes the shards that fall to it when a
 * model is registered, and answers challenges and requests.
 */
import { Effect } from "effect"
import type { WriteOptions } from "../../../chain/contractTypes.ts"
import type { ShardRequest } from "../../../ml/store/shardExchange.ts"
import type { ProvenShard, Shard } from "../../../ml/store/shardedModel.ts"
import type { Agent } from "../agent.ts"
import type { ModelStorage, RegisteredModel } from "../protocol/modelStorage.ts"
import { checked } from "../steps/restoreModel.ts"
import { stakeAs } from "../steps/join.ts"
import { createDisk, type Disk } from "./disk.ts"

export interface Conduct {
  readonly capacityMib: number
  /** Whether it can be reached, and does anything, at this moment. */
  readonly isUp: () => boolean
  /** What it gives to who asks; `shard` is undefined where it has none. */
  readonly serve: (request: ShardRequest, shard: Shard | undefined) => ProvenShard | undefined
  readonly answersChallenges: boolean
  /** Whether it still keeps a shard after it has proven to have it. */
  readonly keepsProvenShards: boolean
  /** What it offers block builders to be ahead of others; default nothing. */
  readonly hurry?: WriteOptions
}

/** A provider that has joined. */
export interface Store {
  readonly agent: Agent
  readonly storage: ModelStorage
  readonly disk: Disk
  readonly conduct: Conduct
}

const BYTES_PER_MIB = 1_048_576n

/** Joins and answers from then on. Undefined where the contract set knows no shards. */
export const openStore = Effect.fnUntraced(function* (agent: Agent, conduct: Conduct) {
  const { storage } = agent.protocol
  yield* stakeAs(agent, "solver", agent.stakeWei)
  if (storage === undefined) return undefined
  const store: Store = { agent, storage, conduct, disk: createDisk(agent) }
  yield* storage.join(BigInt(conduct.capacityMib) * BYTES_PER_MIB)
  yield* agent.peers.serve((request) =>
    conduct.isUp() ? conduct.serve(request, store.disk.get(request)) : undefined,
  )
  yield* Effect.forkScoped(
    Effect.orDie(storage.forEachChallenge((request) => answerChallenge(store, request))),
  )
  return store
})

/** Takes what falls to this provider of every model to come. */
export const takeShares = (store: Store) =>
  store.storage.forEachModel((modelHash) =>
    Effect.gen(function* () {
      const model = yield* store.storage.read(modelHash)
      yield* Effect.forEach(sharesOf(store, model), (index) => takeShard(store, model, index), {
        concurrency: "unbounded",
        discard: true,
      })
    }),
  )

/**
 * Shards by agreement: dealt in turn among all providers; where there are more providers than shards, several hold the
 * same one.
 */
export const sharesOf = ({ agent }: Store, { terms }: RegisteredModel): readonly number[] => {
  const { providers } = agent.plan.storage
  const all = Array.from({ length: terms.totalShards }, (_, index) => index)
  const first = agent.index % terms.totalShards
  return providers >= terms.totalShards ? [first] : all.filter((index) => index % providers === agent.index)
}

/** Keeps a shard, says so, and has it counted. */
export const holdShard = Effect.fnUntraced(function* (store: Store, model: RegisteredModel, shard: Shard) {
  yield* store.disk.keep(model.modelHash, shard)
  yield* store.storage.announce(model, shard, store.conduct.hurry)
})

/** Gets a shard from whoever hands it out, and holds it. */
export const takeShard = Effect.fnUntraced(function* (store: Store, model: RegisteredModel, index: number) {
  if (!store.conduct.isUp()) return
  const { modelHash, creator } = model
  const given = yield* store.agent.peers.ask(creator, { modelHash, index })
  const shard = checked(model, store.storage.rules, index, given)
  if (shard !== undefined) yield* holdShard(store, model, shard)
})

const answerChallenge = Effect.fnUntraced(function* (store: Store, request: ShardRequest) {
  const { storage, disk, conduct } = store
  const shard = disk.get(request)
  if (shard === undefined || !conduct.answersChallenges || !conduct.isUp()) return
  yield* storage.answer(yield* storage.read(request.modelHash), shard, conduct.hurry)
  if (!conduct.keepsProvenShards) yield* disk.discard(request)
})

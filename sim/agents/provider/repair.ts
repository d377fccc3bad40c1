/** A shard that nobody holds any more is restored from others, by one of those who still hold some. */
import { Effect } from "effect"
import type { Address } from "viem"
import { codingOf, shardContent } from "../../../ml/store/shardedModel.ts"
import type { ShardRequest } from "../../../ml/store/shardExchange.ts"
import type { RegisteredModel } from "../protocol/modelStorage.ts"
import { restoreModel } from "../steps/restoreModel.ts"
import { holdShard, type Store } from "./storeModels.ts"

/**
 * Follows calls for recovery. Whose turn it is follows from what all can see, so that no two do the work twice: the
 * holders of the model's shards take turns, and the next one is asked when a call is repeated.
 */
export const repairShards = (store: Store) => {
  const calls = new Map<string, number>()
  return store.storage.forEachRecovery((request) =>
    Effect.gen(function* () {
      const key = `${request.modelHash}/${request.index}`
      const call = calls.get(key) ?? 0
      calls.set(key, call + 1)
      const model = yield* store.storage.read(request.modelHash)
      const holders = yield* holdersOf(store, model)
      const chosen = holders[(request.index + call) % Math.max(1, holders.length)]
      const isMine = chosen?.toLowerCase() === store.agent.account.toLowerCase()
      if (isMine && store.conduct.isUp()) yield* repair(store, model, request)
    }),
  )
}

/** Everybody who holds a shard of the model, once each, in the order of shards. */
const holdersOf = Effect.fnUntraced(function* ({ storage }: Store, { modelHash, terms }: RegisteredModel) {
  const holders = new Set<Address>()
  for (let index = 0; index < terms.totalShards; index++) {
    for (const holder of yield* storage.holders({ modelHash, index })) holders.add(holder)
  }
  return [...holders]
})

const repair = Effect.fnUntraced(function* (store: Store, model: RegisteredModel, { index }: ShardRequest) {
  const { agent, storage } = store
  const bytes = yield* restoreModel(storage, model, { ask: agent.peers.ask, fetch: agent.work.fetch })
  if (bytes === undefined) return
  const { chunkBytes } = model.terms
  const coded = shardContent(bytes, { coding: codingOf(model.terms), chunkBytes, rules: storage.rules })
  const shard = coded.shards[index]
  if (shard !== undefined) yield* holdShard(store, model, shard)
})

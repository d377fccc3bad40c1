/** The shards that a provider has, each paid for as long as it is kept. */
import { Effect } from "effect"
import type { Hex } from "viem"
import type { ShardRequest } from "../../../ml/store/shardExchange.ts"
import type { Shard } from "../../../ml/store/shardedModel.ts"
import type { Agent } from "../agent.ts"

export interface Disk {
  readonly get: (request: ShardRequest) => Shard | undefined
  readonly keep: (modelHash: Hex, shard: Shard) => Effect.Effect<void>
  readonly discard: (request: ShardRequest) => Effect.Effect<void>
}

export const createDisk = ({ peers }: Pick<Agent, "peers">): Disk => {
  const kept = new Map<string, Shard>()
  return {
    get: (request) => kept.get(keyOf(request)),
    keep: (modelHash, shard) =>
      Effect.suspend(() => {
        kept.set(keyOf({ modelHash, index: shard.index }), shard)
        return peers.keep(shard.hash, shard.bytes.length)
      }),
    discard: (request) =>
      Effect.suspend(() => {
        const shard = kept.get(keyOf(request))
        kept.delete(keyOf(request))
        return shard === undefined ? Effect.void : peers.discard(shard.hash)
      }),
  }
}

const keyOf = ({ modelHash, index }: ShardRequest): string => `${modelHash}/${index}`

/** Shards between agents: serving them, asking for them, and keeping them at a cost. */
import { Clock, Effect } from "effect"
import type { Address, Hex } from "viem"
import type { ShardExchange, ShardRequest, ShardServer } from "../../ml/store/shardExchange.ts"
import type { ProvenShard } from "../../ml/store/shardedModel.ts"
import type { StorageLedger } from "../mechanisms/storageLedger.ts"

export interface Peers {
  /** Answers everybody who asks this agent for shards from now on. */
  readonly serve: (server: ShardServer) => Effect.Effect<void>
  /** What another agent gives; takes the time of the transfer at its upload speed, or of waiting in vain. */
  readonly ask: (provider: Address, request: ShardRequest) => Effect.Effect<ProvenShard | undefined>
  /** Pays for the storage of a shard from now on; keeping it twice costs nothing more. */
  readonly keep: (shardHash: Hex, bytes: number) => Effect.Effect<void>
  /** Stops paying for it. */
  readonly discard: (shardHash: Hex) => Effect.Effect<void>
}

const MICROS_PER_SECOND = 1_000_000

/** After so long nobody expects an answer any more. */
const TIMEOUT = "5 seconds"

export const createPeers = (options: {
  readonly name: string
  readonly account: Address
  readonly uploadBytesPerSecond: number
  readonly exchange: ShardExchange
  readonly storage: StorageLedger
}): Peers => {
  const { name, account, uploadBytesPerSecond, exchange, storage } = options
  return {
    serve: (server) => Effect.sync(() => exchange.serve(account, server, uploadBytesPerSecond)),
    ask: Effect.fnUntraced(function* (provider, request) {
      const served = exchange.ask(provider, request, yield* Clock.currentTimeMillis)
      if (served === undefined) return yield* Effect.as(Effect.sleep(TIMEOUT), undefined)
      const { given, bytesPerSecond } = served
      const micros = Math.max(1, Math.round((given.bytes.length / bytesPerSecond) * MICROS_PER_SECOND))
      yield* Effect.sleep(`${micros} micros`)
      return given
    }),
    keep: (shardHash, bytes) => storage.keep(name, shardHash, bytes),
    discard: (shardHash) => storage.discard(name, shardHash),
  }
}

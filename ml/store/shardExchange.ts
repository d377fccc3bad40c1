/** Who serves which shards to whom asks: the network of storage providers, without its delays. */
import type { Hex } from "viem"
import type { ProvenShard } from "./shardedModel.ts"

export interface ShardRequest {
  /** The model's name in the registry. */
  readonly modelHash: Hex
  readonly index: number
}

/** What a provider gives at this moment: a shard, rubbish, or nothing. Depends on nothing else, and changes nothing. */
export type ShardServer = (request: ShardRequest, nowMillis: number) => ProvenShard | undefined

export interface ServedShard {
  readonly given: ProvenShard
  /** Of the transfer. */
  readonly bytesPerSecond: number
}

export class ShardExchange {
  readonly #servers = new Map<string, { readonly server: ShardServer; readonly bytesPerSecond: number }>()

  /** From now on this account is asked so; an earlier server of the account is replaced. */
  serve(account: string, server: ShardServer, bytesPerSecond: number): void {
    this.#servers.set(account.toLowerCase(), { server, bytesPerSecond })
  }

  /** Undefined where nothing comes back. Don't write to the bytes. */
  ask(account: string, request: ShardRequest, nowMillis: number): ServedShard | undefined {
    const found = this.#servers.get(account.toLowerCase())
    const given = found?.server(request, nowMillis)
    return found === undefined || given === undefined
      ? undefined
      : { given, bytesPerSecond: found.bytesPerSecond }
  }
}

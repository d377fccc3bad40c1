/**
 * Reed–Solomon coding over GF(2^8): bytes are cut into `data` shards, and `parity` shards are computed beside them,
 * so that any `data` of all shards give the bytes back.
 *
 * The arithmetic is that of a Rust crate, compiled to WebAssembly. The code is systematic: data shards are the bytes
 * themselves, the last ones filled up with zeros.
 */
import { Schema } from "effect"
import { computeData, computeParity } from "./rustLibrary.ts"
import type { Coding } from "./coding.ts"

/** Numbers of shards that GF(2^8) has no room for. */
export class CodingInvalid extends Schema.TaggedError<CodingInvalid>()("CodingInvalid", {
  data: Schema.Number,
  parity: Schema.Number,
}) {
  override get message(): string {
    return `can't code into ${this.data} data and ${this.parity} parity shards; expected at least 1 and 0, together at most ${MOST_SHARDS}`
  }
}

/** Fewer shards are left than the bytes were cut into. */
export class TooFewShards extends Schema.TaggedError<TooFewShards>()("TooFewShards", {
  present: Schema.Int,
  needed: Schema.Int,
}) {
  override get message(): string {
    return `${this.present} shards are left, ${this.needed} are needed`
  }
}

/** Shards that can't be of these bytes: a wrong number of them, or a shard of a wrong length. */
export class ShardsMalformed extends Schema.TaggedError<ShardsMalformed>()("ShardsMalformed", {
  problem: Schema.String,
}) {
  override get message(): string {
    return `these are no shards of that content: ${this.problem}`
  }
}

/** Elements of GF(2^8). */
const MOST_SHARDS = 256

/** Bytes of each shard of a content of `length` bytes; an empty content has shards of one zero. */
export const shardSizeOf = (length: number, data: number): number => Math.max(1, Math.ceil(length / data))

/** All shards, data first, each of `shardSizeOf(bytes.length, data)` bytes. Throws `CodingInvalid`. */
export const encode = (bytes: Uint8Array, coding: Coding): readonly Uint8Array[] => {
  checkCoding(coding)
  const { data, parity } = coding
  const size = shardSizeOf(bytes.length, data)
  const all = new Uint8Array(size * (data + parity))
  all.set(bytes)
  if (parity > 0) computeParity(all, coding)
  return Array.from({ length: data + parity }, (_, index) => all.slice(index * size, (index + 1) * size))
}

/**
 * The content of `length` bytes from its shards in their places, gaps being `undefined`. The shards are trusted: check
 * the hash of each before. Throws `TooFewShards`, `ShardsMalformed`, `CodingInvalid`.
 */
export const restore = (
  shards: readonly (Uint8Array | undefined)[],
  coding: Coding,
  length: number,
): Uint8Array => {
  checkCoding(coding)
  const { data, parity } = coding
  const size = shardSizeOf(length, data)
  checkShards(shards, coding, size)
  const available = shards.map((shard) => shard !== undefined)
  const all = new Uint8Array(size * (data + parity))
  shards.forEach((shard, index) => shard !== undefined && all.set(shard, index * size))
  const complete = available.slice(0, data).every(Boolean)
  if (!complete) computeData(all, coding, available)
  return all.slice(0, length)
}

const checkCoding = ({ data, parity }: Coding): void => {
  const whole = Number.isInteger(data) && Number.isInteger(parity)
  if (!whole || data < 1 || parity < 0 || data + parity > MOST_SHARDS)
    throw new CodingInvalid({ data, parity })
}

const checkShards = (
  shards: readonly (Uint8Array | undefined)[],
  { data, parity }: Coding,
  size: number,
): void => {
  if (shards.length !== data + parity) {
    throw new ShardsMalformed({ problem: `there are places for ${shards.length}, expected ${data + parity}` })
  }
  shards.forEach((shard, index) => {
    if (shard === undefined || shard.length === size) return
    throw new ShardsMalformed({ problem: `shard ${index} has ${shard.length} bytes, expected ${size}` })
  })
  const present = shards.filter((shard) => shard !== undefined).length
  if (present < data) throw new TooFewShards({ present, needed: data })
}

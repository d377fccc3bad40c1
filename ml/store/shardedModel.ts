/**
 * Content in shards: coded so that some may be lost, hashed so that none can be altered.
 *
 * What the chain says of a model (`ShardTerms`) is enough to restore it from shards that strangers serve, each with
 * its proof: nobody has to be believed.
 */
import { Schema } from "effect"
import type { Hex } from "viem"
import type { Coding } from "../erasure/coding.ts"
import { encode, restore, shardSizeOf } from "../erasure/reedSolomon.ts"
import { chunksOf, isShard, shardTree, type ShardTreeRules } from "../merkle/shardTrees.ts"

/** What is registered of a model in shards. */
export interface ShardTerms {
  readonly root: Hex
  readonly dataShards: number
  readonly totalShards: number
  /** Bytes of the content. */
  readonly totalSize: number
  /** Bytes of a chunk, the unit of a proof of possession. */
  readonly chunkBytes: number
}

/** One shard with the proof that it belongs to its model. */
export interface ProvenShard {
  readonly bytes: Uint8Array
  readonly proof: readonly Hex[]
}

/** A shard as whoever made it knows it. */
export interface Shard extends ProvenShard {
  readonly index: number
  readonly hash: Hex
}

/** Bytes that are not the shard they were given for. */
export class ShardAltered extends Schema.TaggedError<ShardAltered>()("ShardAltered", {
  index: Schema.Int,
}) {
  override get message(): string {
    return `what was given for shard ${this.index} doesn't lead to the model's root`
  }
}

/** The shards of a content and what is to be registered of them. Throws `CodingInvalid`. */
export const shardContent = (
  bytes: Uint8Array,
  options: { readonly coding: Coding; readonly chunkBytes: number; readonly rules: ShardTreeRules },
): { readonly terms: ShardTerms; readonly shards: readonly Shard[] } => {
  const { coding, chunkBytes, rules } = options
  const contents = encode(bytes, coding)
  const hashes = contents.map((content) => chunksOf(content, chunkBytes).shardHash)
  const tree = shardTree(hashes, rules)
  const shards = contents.map((content, index) => ({
    index,
    bytes: content,
    hash: hashes[index] as Hex,
    proof: tree.proofOf(index),
  }))
  const terms = {
    root: tree.root,
    dataShards: coding.data,
    totalShards: coding.data + coding.parity,
    totalSize: bytes.length,
    chunkBytes,
  }
  return { terms, shards }
}

interface Checked {
  readonly root: Hex
  readonly shard: Shard
}

/** By what was given as an object: providers give the same again and again. */
const checkedBefore = new WeakMap<ProvenShard, Checked>()

/** The shard, if it is the one at `index` by hash and proof. Don't write to it afterwards. Throws `ShardAltered`. */
export const checkShard = (
  terms: ShardTerms,
  rules: ShardTreeRules,
  index: number,
  given: ProvenShard,
): Shard => {
  const before = checkedBefore.get(given)
  if (before?.root === terms.root && before.shard.index === index) return before.shard
  const { bytes, proof } = given
  if (bytes.length !== shardSizeOf(terms.totalSize, terms.dataShards)) throw new ShardAltered({ index })
  const hash = chunksOf(bytes, terms.chunkBytes).shardHash
  if (!isShard(terms, rules, { index, hash, proof })) throw new ShardAltered({ index })
  const shard = { index, bytes, hash, proof }
  checkedBefore.set(given, { root: terms.root, shard })
  return shard
}

/** The content from checked shards, as many as are needed or more. Throws `TooFewShards`. */
export const restoreContent = (terms: ShardTerms, checked: readonly Shard[]): Uint8Array => {
  const places: (Uint8Array | undefined)[] = Array.from({ length: terms.totalShards }, () => undefined)
  for (const { index, bytes } of checked) places[index] = bytes
  return restore(places, codingOf(terms), terms.totalSize)
}

export const codingOf = ({ dataShards, totalShards }: ShardTerms): Coding => ({
  data: dataShards,
  parity: totalShards - dataShards,
})

/**
 * The two trees of a model in shards, as contracts verify them: chunks of a shard, shards of a model.
 *
 *     chunk leaf   keccak256(0x00 ‖ uint32 index of the chunk ‖ bytes of the chunk)
 *     inner node   keccak256(0x01 ‖ left ‖ right)
 *     shard hash   keccak256(0x02 ‖ uint256 size of the shard in bytes ‖ root over its chunk leaves)
 *     shard leaf   keccak256(0x03 ‖ uint8 index of the shard ‖ shard hash)
 *
 * That is `ShardProofs.sol`. The public suite knows no chunks, and its tree of shards no kinds of nodes.
 */
import { concatHex, keccak256, numberToHex, type Hex } from "viem"
import { isInTree, merkleTree, type HashPair, type MerkleTree } from "./merkleTree.ts"

/** How a contract hashes the tree over a model's shards. */
export interface ShardTreeRules {
  readonly leaf: (index: number, shardHash: Hex) => Hex
  readonly hashPair: HashPair
}

const innerNode: HashPair = (left, right) => keccak256(concatHex(["0x01", left, right]))

/** Every kind of node has a first byte of its own, and a leaf its place. */
export const separatedShards: ShardTreeRules = {
  leaf: (index, shardHash) => keccak256(concatHex(["0x03", numberToHex(index, { size: 1 }), shardHash])),
  hashPair: innerNode,
}

/** As the public suite has it: leaves are shard hashes, parents keccak256(left ‖ right). */
export const bareShards: ShardTreeRules = {
  leaf: (_, shardHash) => shardHash,
  hashPair: (left, right) => keccak256(concatHex([left, right])),
}

/** A shard with the tree over its chunks. */
export interface ShardChunks {
  readonly shardHash: Hex
  readonly chunk: (index: number) => Uint8Array
  readonly proofOf: (index: number) => readonly Hex[]
}

/** By the bytes as an object: a shard that is served or proven again and again is hashed once. */
const hashed = new WeakMap<Uint8Array, { readonly chunkBytes: number; readonly chunks: ShardChunks }>()

/** Chunks of `chunkBytes`, the last one shorter. A shard has at least one byte; don't write to it afterwards. */
export const chunksOf = (bytes: Uint8Array, chunkBytes: number): ShardChunks => {
  const known = hashed.get(bytes)
  if (known?.chunkBytes === chunkBytes) return known.chunks
  const chunks = hashChunks(bytes, chunkBytes)
  hashed.set(bytes, { chunkBytes, chunks })
  return chunks
}

const hashChunks = (bytes: Uint8Array, chunkBytes: number): ShardChunks => {
  const count = Math.ceil(bytes.length / chunkBytes)
  const chunk = (index: number) => bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes)
  const leaves = Array.from({ length: count }, (_, index) => chunkLeaf(index, chunk(index)))
  const { root, proofOf } = merkleTree(leaves, innerNode)
  const size = numberToHex(bytes.length, { size: 32 })
  return { shardHash: keccak256(concatHex(["0x02", size, root])), chunk, proofOf }
}

/** The tree over the hashes of all shards. */
export const shardTree = (shardHashes: readonly Hex[], { leaf, hashPair }: ShardTreeRules): MerkleTree =>
  merkleTree(
    shardHashes.map((shardHash, index) => leaf(index, shardHash)),
    hashPair,
  )

/** Whether a hash is that of the shard at `index`, by a proof against the model's root. */
export const isShard = (
  model: { readonly root: Hex; readonly totalShards: number },
  rules: ShardTreeRules,
  shard: { readonly index: number; readonly hash: Hex; readonly proof: readonly Hex[] },
): boolean =>
  isInTree({
    root: model.root,
    leaves: model.totalShards,
    leaf: rules.leaf(shard.index, shard.hash),
    index: shard.index,
    proof: shard.proof,
    hashPair: rules.hashPair,
  })

const CHUNK_PREFIX_BYTES = 5

const chunkLeaf = (index: number, chunk: Uint8Array): Hex => {
  const message = new Uint8Array(CHUNK_PREFIX_BYTES + chunk.length)
  new DataView(message.buffer).setUint32(1, index)
  message.set(chunk, CHUNK_PREFIX_BYTES)
  return keccak256(message)
}

/** The registry's two Merkle trees, built apart from the contract: chunks of a shard, shards of a model. */
import { type Hex, concatHex, keccak256, numberToHex, sliceHex, toHex } from "viem"

const ZERO: Hex = `0x${"0".repeat(64)}`
const inner = (left: Hex, right: Hex): Hex => keccak256(concatHex(["0x01", left, right]))

interface Tree {
  readonly root: Hex
  readonly proofOf: (index: number) => readonly Hex[]
}

/** A tree filled up with zero leaves to a power of two. */
export const treeOver = (leaves: readonly Hex[]): Tree => {
  let width = 1
  while (width < leaves.length) width *= 2
  const levels: Hex[][] = [[...leaves, ...Array<Hex>(width - leaves.length).fill(ZERO)]]
  for (let level = levels[0]!; level.length > 1; level = levels.at(-1)!) {
    const above: Hex[] = []
    for (let i = 0; i < level.length; i += 2) above.push(inner(level[i]!, level[i + 1]!))
    levels.push(above)
  }
  const proofOf = (index: number) => levels.slice(0, -1).map((level, height) => level[(index >> height) ^ 1]!)
  return { root: levels.at(-1)![0]!, proofOf }
}

export interface ShardOfModel {
  readonly index: number
  readonly hash: Hex
  readonly size: bigint
  readonly chunk: (index: bigint) => Hex
  readonly chunkProof: (index: bigint) => readonly Hex[]
  readonly proof: readonly Hex[]
}

/** A model's shards and the root over them. */
export const shardedModel = (
  contents: readonly Uint8Array[],
  chunkBytes: number,
): { readonly root: Hex; readonly shards: readonly ShardOfModel[] } => {
  const trees = contents.map((bytes) => {
    const count = Math.ceil(bytes.length / chunkBytes)
    const chunk = (index: bigint): Hex => {
      const start = Number(index) * chunkBytes
      return sliceHex(toHex(bytes), start, Math.min(bytes.length, start + chunkBytes))
    }
    const leaves = Array.from({ length: count }, (_, i) =>
      keccak256(concatHex(["0x00", numberToHex(i, { size: 4 }), chunk(BigInt(i))])),
    )
    const tree = treeOver(leaves)
    const size = numberToHex(bytes.length, { size: 32 })
    return { tree, chunk, bytes, hash: keccak256(concatHex(["0x02", size, tree.root])) }
  })
  const top = treeOver(
    trees.map(({ hash }, i) => keccak256(concatHex(["0x03", numberToHex(i, { size: 1 }), hash]))),
  )
  const shards = trees.map(({ tree, chunk, bytes, hash }, index) => ({
    index,
    hash,
    size: BigInt(bytes.length),
    chunk,
    chunkProof: (i: bigint) => tree.proofOf(Number(i)),
    proof: top.proofOf(index),
  }))
  return { root: top.root, shards }
}

/**
 * Binary Merkle trees of a fixed height, filled up with zero leaves to a power of two: ⌈log₂ leaves⌉ levels above the
 * leaves, a tree of one leaf being that leaf. How two nodes make one is the caller's.
 */
import { IMT, type IMTNode } from "@zk-kit/imt"
import { zeroHash, type Hex } from "viem"

/** The hash of two nodes, left and right. */
export type HashPair = (left: Hex, right: Hex) => Hex

export interface MerkleTree {
  readonly root: Hex
  /** Siblings from the leaf upwards, as many as the tree has levels. */
  readonly proofOf: (index: number) => readonly Hex[]
}

/** Levels above so many leaves. */
export const heightOf = (leaves: number): number => 32 - Math.clz32(leaves - 1)

/** Throws a `RangeError` without leaves. */
export const merkleTree = (leaves: readonly Hex[], hashPair: HashPair): MerkleTree => {
  if (leaves.length === 0) throw new RangeError("a Merkle tree needs a leaf")
  const tree = new IMT(pairwise(hashPair), heightOf(leaves.length), zeroHash, 2, [...leaves])
  return {
    root: tree.root as Hex,
    proofOf: (index) => tree.createProof(index).siblings.map(([sibling]) => sibling as Hex),
  }
}

/** Whether the proof leads from a leaf in its place to the root of a tree of so many leaves. */
export const isInTree = (options: {
  readonly root: Hex
  readonly leaves: number
  readonly leaf: Hex
  readonly index: number
  readonly proof: readonly Hex[]
  readonly hashPair: HashPair
}): boolean => {
  const { root, leaves, leaf, index, proof, hashPair } = options
  if (index < 0 || index >= leaves || proof.length !== heightOf(leaves)) return false
  const siblings = proof.map((sibling) => [sibling])
  const pathIndices = proof.map((_, level) => (index >> level) & 1)
  return IMT.verifyProof({ root, leaf, leafIndex: index, siblings, pathIndices }, pairwise(hashPair))
}

const pairwise =
  (hashPair: HashPair) =>
  ([left, right]: IMTNode[]): IMTNode =>
    hashPair(left as Hex, right as Hex)

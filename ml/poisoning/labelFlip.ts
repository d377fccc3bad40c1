import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import type { Dataset } from "../datasets/dataset.ts"

/**
 * The data set with wrong labels in its training split: label k becomes (k + shift) mod classes, for a share of the
 * examples chosen by the seed. Inputs are shared with the original; the hash is its own. Training on it is honest
 * work towards a dishonest goal.
 */
export const labelFlip = (
  dataset: Dataset,
  options: {
    /** From 1 to classes − 1. Default 1. */
    readonly shift?: number
    /** Share of examples that are mislabelled, in basis points. Default 10,000: all. */
    readonly shareBps?: number
    readonly seed: string
  },
): Dataset => {
  const { shift = 1, shareBps = 10_000, seed } = options
  const { classes } = dataset
  if (!Number.isInteger(shift) || shift < 1 || shift >= classes) {
    throw new RangeError(`labelFlip: shift is ${shift}, expected an integer from 1 to ${classes - 1}`)
  }
  if (!Number.isInteger(shareBps) || shareBps < 0 || shareBps > 10_000) {
    throw new RangeError(`labelFlip: shareBps is ${shareBps}, expected an integer from 0 to 10,000`)
  }
  const stream = deriveStream(seed, "ml/labelFlip")
  const labels = new Uint8Array(new SharedArrayBuffer(dataset.train.size))
  dataset.train.labels.forEach((label, i) => {
    labels[i] = stream.int(0, 9_999) < shareBps ? (label + shift) % classes : label
  })
  const hash = sha256Hex(canonicalJson({ poisoning: "labelFlip", base: dataset.hash, shift, shareBps, seed }))
  return { ...dataset, name: `${dataset.name}/label-flip`, train: { ...dataset.train, labels }, hash }
}

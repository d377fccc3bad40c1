/**
 * A labelled data set, small enough to be held in memory, shared between threads and named by its content.
 */
import { Schema } from "effect"
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"

/** Examples in a row: example i occupies inputs[i·inputSize … (i+1)·inputSize) and labels[i]. */
export interface ExampleSet {
  readonly size: number
  /** Unscaled bytes; 255 stands for 1. Kept as bytes so that they can be shared and cost a quarter of floats. */
  readonly inputs: Uint8Array
  readonly labels: Uint8Array
}

export type Split = "train" | "test"

/** What a capability is learnt from. Plain data: posting it to a worker copies nothing that is shared. */
export interface Dataset {
  readonly name: string
  readonly inputShape: readonly number[]
  readonly classes: number
  readonly train: ExampleSet
  readonly test: ExampleSet
  /** SHA-256 (hex) over name, shape and all bytes: enters the identity of runs and the keys of memos. */
  readonly hash: string
}

/** Names the data set by its content. */
export const createDataset = (parts: Omit<Dataset, "hash">): Dataset => {
  const { name, inputShape, classes, train, test } = parts
  const files = [train, test].map((set) => [sha256Hex(set.inputs), sha256Hex(set.labels)])
  return { ...parts, hash: sha256Hex(canonicalJson({ name, inputShape, classes, files })) }
}

/** Room for examples in memory that threads share: posting them to a worker copies nothing. */
export const emptyExamples = (size: number, inputSize: number) => ({
  size,
  inputs: new Uint8Array(new SharedArrayBuffer(size * inputSize)),
  labels: new Uint8Array(new SharedArrayBuffer(size)),
})

/** An index that names no example of the split. */
export class ExampleOutOfRange extends Schema.TaggedError<ExampleOutOfRange>()("ExampleOutOfRange", {
  dataset: Schema.String,
  split: Schema.String,
  index: Schema.Number,
  size: Schema.Number,
}) {
  override get message(): string {
    return `example ${this.index} is not in the ${this.split} split of ${this.dataset}: indices are integers from 0 to ${this.size - 1}`
  }
}

/** Numbers in one example. */
export const inputSize = (dataset: Dataset): number => dataset.inputShape.reduce((a, b) => a * b, 1)

/** Checks that every index names an example of the split; throws `ExampleOutOfRange`. */
export const checkIndices = (dataset: Dataset, split: Split, indices: ArrayLike<number>): void => {
  const size = dataset[split].size
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!
    if (!Number.isInteger(index) || index < 0 || index >= size) {
      throw new ExampleOutOfRange({ dataset: dataset.name, split, index, size })
    }
  }
}

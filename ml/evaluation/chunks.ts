/** Examples as tensors, a chunk at a time. The chunks of a small split as a whole are made once and kept. */
import * as tf from "@tensorflow/tfjs-core"
import type { ExampleSet } from "../datasets/dataset.ts"
import { makeBatch } from "../training/batch.ts"

/** Rows per matrix product: large enough to hide overhead, small enough to stay in the cache. */
const CHUNK = 500
/** Splits of more examples are not kept: float32 takes four times the room of the bytes. */
const LARGEST_KEPT = 20_000

export interface Chunk {
  /** rows × (inputSize + 1), see `Batch`. */
  readonly inputs: tf.Tensor2D
  readonly labels: Uint8Array
  /** Call when done; kept chunks stay. */
  readonly release: () => void
}

/** Chunks of the examples at `indices`, or of all of them. */
export const chunksOf = (
  examples: ExampleSet,
  inputSize: number,
  indices: ArrayLike<number> | undefined,
): Iterable<Chunk> => {
  if (indices !== undefined) return makeChunks(examples, inputSize, indices)
  const known = wholeSplits.get(examples)
  if (known !== undefined) return known
  const order = Uint32Array.from({ length: examples.size }, (_, index) => index)
  if (examples.size > LARGEST_KEPT) return makeChunks(examples, inputSize, order)
  const chunks = [...makeChunks(examples, inputSize, order)].map((chunk) => ({ ...chunk, release: () => {} }))
  wholeSplits.set(examples, chunks)
  return chunks
}

/** Float32 tensors of whole splits: 31 MB for MNIST's test split. They live as long as the thread. */
const wholeSplits = new WeakMap<ExampleSet, readonly Chunk[]>()

function* makeChunks(examples: ExampleSet, inputSize: number, order: ArrayLike<number>): Generator<Chunk> {
  for (let from = 0; from < order.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, order.length)
    const { inputs, labels, rows } = makeBatch({ examples, inputSize, order, from, to })
    const tensor = tf.tensor2d(inputs, [rows, inputSize + 1])
    yield { inputs: tensor, labels, release: () => tensor.dispose() }
  }
}

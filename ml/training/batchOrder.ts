/** Which examples make which step: known from the seed alone, without training. */
import { deriveStream } from "../../sim/kernel/randomStream.ts"

/** The examples of one step: order[from] … order[to − 1]. */
export interface StepExamples {
  /** From 0. */
  readonly epoch: number
  /** From 1, over all epochs. */
  readonly step: number
  readonly order: readonly number[]
  readonly from: number
  readonly to: number
}

export interface OrderOptions {
  readonly indices: ArrayLike<number>
  readonly epochs: number
  readonly batchSize: number
  readonly seed: string
}

/** Steps of a whole training. */
export const stepCount = ({ indices, epochs, batchSize }: Omit<OrderOptions, "seed">): number =>
  epochs * Math.ceil(indices.length / batchSize)

/** Every step's examples, in order: the shard is shuffled before each epoch by the stream that the seed names. */
export function* batchOrder({ indices, epochs, batchSize, seed }: OrderOptions): Generator<StepExamples> {
  const stream = deriveStream(seed, "ml/shuffle")
  let step = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = stream.shuffle(Array.from(indices))
    for (let from = 0; from < order.length; from += batchSize) {
      yield { epoch, step: ++step, order, from, to: Math.min(from + batchSize, order.length) }
    }
  }
}

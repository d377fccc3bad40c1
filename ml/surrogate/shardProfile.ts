/** What of a shard matters to the surrogate: how many examples of each class, how they are labelled, and which they are. */
import { sha256Hex } from "../../sim/kernel/hash.ts"

export interface ShardProfile {
  readonly samples: number
  /** Examples by true class. */
  readonly ofClass: readonly number[]
  /** Examples by true class whose label is right. */
  readonly right: readonly number[]
  /** Examples by label. */
  readonly labelled: readonly number[]
  /** Names the shard: hash of its examples. */
  readonly id: string
}

export const shardProfile = (options: {
  readonly classes: number
  readonly indices: ArrayLike<number>
  /** As the data set has them that is trained on. */
  readonly labels: Uint8Array
  /** As the data set has them that the surrogate stands for. */
  readonly trueLabels: Uint8Array
}): ShardProfile => {
  const { classes, indices, labels, trueLabels } = options
  const zeros = (): number[] => Array.from({ length: classes }, () => 0)
  const [ofClass, right, labelled] = [zeros(), zeros(), zeros()]
  for (let i = 0; i < indices.length; i++) {
    const truth = trueLabels[indices[i]!]!
    const label = labels[indices[i]!]!
    ofClass[truth]!++
    labelled[label]!++
    if (label === truth) right[truth]!++
  }
  return { samples: indices.length, ofClass, right, labelled, id: idOf(indices) }
}

const idOf = (indices: ArrayLike<number>): string => {
  const numbers = Uint32Array.from(indices)
  return sha256Hex(new Uint8Array(numbers.buffer))
}

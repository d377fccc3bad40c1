import { PartitionInvalid } from "./pool.ts"

/**
 * How unequal shards are, as one number: the mean over shards of the total variation distance between a shard's labels
 * and all labels, ½ Σ |share in the shard − share overall|.
 *
 * 0 is a perfect copy of the whole in every shard; with K classes of equal size, shards of a single class have
 * 1 − 1/K. Chance alone gives shards of n examples about 0.4 · Σ √(p(1 − p)/n): 0.05 for 600 images of MNIST, so that
 * numbers of different shard sizes compare only above that floor.
 *
 * `labels` has a class from 0 to `classes` − 1 for every example of the split. Throws `PartitionInvalid` where there
 * is no shard, an empty one, or an index without a label.
 */
export const labelSkew = (
  shards: readonly ArrayLike<number>[],
  labels: Uint8Array,
  classes: number,
): number => {
  if (shards.length === 0) throw new PartitionInvalid({ problem: "there are no shards to compare" })
  const overall = sharesOf(labels, classes)
  const distances = shards.map((shard, index) => {
    if (shard.length === 0) throw new PartitionInvalid({ problem: `shard ${index} is empty` })
    const shares = sharesOf(
      Array.from(shard, (example) => labels[example]),
      classes,
    )
    return shares.reduce((sum, share, label) => sum + Math.abs(share - overall[label]!), 0) / 2
  })
  return distances.reduce((sum, distance) => sum + distance, 0) / shards.length
}

const sharesOf = (labels: ArrayLike<number | undefined>, classes: number): number[] => {
  const counts = Array.from({ length: classes }, () => 0)
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]
    if (label === undefined || label >= classes) {
      throw new PartitionInvalid({
        problem: `an example has the label ${label}, expected 0 to ${classes - 1}`,
      })
    }
    counts[label]!++
  }
  return counts.map((count) => count / labels.length)
}

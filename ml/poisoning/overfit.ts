import type { TrainingData } from "../training/trainingData.ts"

/**
 * Trains on the very examples that the work will be judged by, once the ground truth has leaked: scores without having
 * learnt from the shard. `repeats` times each in an epoch.
 */
export const overfit = (leaked: TrainingData, repeats = 1): TrainingData => ({
  ...leaked,
  indices: Uint32Array.from(
    { length: leaked.indices.length * repeats },
    (_, i) => leaked.indices[i % leaked.indices.length]!,
  ),
})

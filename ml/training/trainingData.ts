import type { Dataset, Split } from "../datasets/dataset.ts"

/** Examples to train on. */
export interface TrainingData {
  readonly dataset: Dataset
  /** Default: train. */
  readonly split?: Split
  readonly indices: ArrayLike<number>
}

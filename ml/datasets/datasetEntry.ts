import type { Dataset } from "./dataset.ts"

/** A data set as the registry has it: what can be said of it without reading it. */
export interface DatasetEntry {
  /** What is told apart, from what. */
  readonly description: string
  /** Where the data come from, and under which licence or by which process. */
  readonly source: string
  readonly inputShape: readonly number[]
  readonly classes: number
  readonly trainExamples: number
  readonly testExamples: number
  /** Reads or makes it, anew each time; use `loadDataset`. */
  readonly load: () => Dataset
}

/** The data sets by name, as scenarios ask for them. A capability is learnt from one of them. */
import type { Dataset } from "./dataset.ts"
import type { DatasetEntry } from "./datasetEntry.ts"
import { languages } from "./languages.ts"
import { mnist } from "./mnist.ts"
import { waveforms } from "./waveforms.ts"

export const datasets = { mnist, languages, waveforms } as const satisfies Record<string, DatasetEntry>

export type DatasetName = keyof typeof datasets

/** In the order in which they are shown. */
export const datasetNames = Object.keys(datasets) as readonly DatasetName[]

const loaded = new Map<DatasetName, Dataset>()

/**
 * The data set, read or made once a thread; nobody may write to it. Throws `DatasetFileInvalid` where its files are
 * missing or damaged.
 */
export const loadDataset = (name: DatasetName): Dataset => {
  const known = loaded.get(name)
  if (known !== undefined) return known
  const dataset = datasets[name].load()
  loaded.set(name, dataset)
  return dataset
}

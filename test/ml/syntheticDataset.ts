/** A small learnable data set: each class is a smooth bump of its own, with seeded noise. */
import type { Dataset, ExampleSet } from "../../ml/datasets/dataset.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import type { Example } from "./referenceMlp.ts"

export const syntheticDataset = (options: {
  readonly seed: string
  readonly inputs: number
  readonly classes: number
  readonly train: number
  readonly test: number
}): Dataset => {
  const { inputs, classes } = options
  const stream = deriveStream(options.seed, "test/syntheticDataset")
  const makeSet = (size: number): ExampleSet => {
    const set = { size, inputs: new Uint8Array(size * inputs), labels: new Uint8Array(size) }
    for (let example = 0; example < size; example++) {
      const label = stream.int(0, classes - 1)
      set.labels[example] = label
      for (let i = 0; i < inputs; i++) {
        const near = i % classes === label ? 160 : 20
        set.inputs[example * inputs + i] = near + stream.int(0, 80)
      }
    }
    return set
  }
  const train = makeSet(options.train)
  const test = makeSet(options.test)
  const hash = sha256Hex([train.inputs, train.labels, test.inputs, test.labels].map(sha256Hex).join())
  return { name: "synthetic", inputShape: [inputs], classes, train, test, hash }
}

/** Examples as the float64 reference takes them. */
export const asExamples = (dataset: Dataset, indices: readonly number[]): Example[] => {
  const size = dataset.inputShape.reduce((a, b) => a * b, 1)
  return indices.map((index) => ({
    input: Array.from(dataset.train.inputs.subarray(index * size, (index + 1) * size), (byte) =>
      Math.fround(byte / 255),
    ),
    label: dataset.train.labels[index]!,
  }))
}

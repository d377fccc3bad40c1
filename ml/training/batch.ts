/** Turns examples, kept as bytes, into the float matrices that the network multiplies. */
import type { ExampleSet } from "../datasets/dataset.ts"

/** Byte b becomes float32(b / 255). */
const SCALED = Float32Array.from({ length: 256 }, (_, byte) => byte / 255)

export interface Batch {
  /** rows × (inputSize + 1), row-major; the last column is 1 and multiplies the bias. */
  readonly inputs: Float32Array
  readonly labels: Uint8Array
  readonly rows: number
}

/** Examples order[from] … order[to − 1] as one batch. */
export const makeBatch = (options: {
  readonly examples: ExampleSet
  readonly inputSize: number
  readonly order: ArrayLike<number>
  readonly from: number
  readonly to: number
}): Batch => {
  const { examples, inputSize, order, from, to } = options
  const rows = to - from
  const width = inputSize + 1
  const inputs = new Float32Array(rows * width)
  const labels = new Uint8Array(rows)
  const bytes = examples.inputs
  for (let row = 0; row < rows; row++) {
    const example = order[from + row]!
    const source = example * inputSize
    const target = row * width
    labels[row] = examples.labels[example]!
    for (let i = 0; i < inputSize; i++) inputs[target + i] = SCALED[bytes[source + i]!]!
    inputs[target + inputSize] = 1
  }
  return { inputs, labels, rows }
}

/**
 * Multi-layer perceptron: fully connected layers with ReLU between them and a softmax at the end.
 *
 * Weights are one flat Float32Array. A layer lies in it unit by unit: the weights of the unit's inputs, then its
 * bias. So a layer is one outputs × (inputs + 1) matrix in row-major order whose last column is the bias, and that
 * is how training sees it.
 */
import { Schema } from "effect"
import type { RandomStream } from "../../sim/kernel/randomStream.ts"

/** Which perceptron: sizes only. Plain data with a canonical JSON form. */
export interface MlpSpec {
  readonly kind: "mlp"
  readonly inputs: number
  readonly hidden: readonly number[]
  readonly classes: number
}

/** One layer's place in the flat weights: an outputs × (inputs + 1) matrix whose last column is the bias. */
export interface LayerPlace {
  readonly inputs: number
  readonly outputs: number
  readonly offset: number
  readonly length: number
}

/** A model specification with an impossible size. */
export class ModelSpecInvalid extends Schema.TaggedError<ModelSpecInvalid>()("ModelSpecInvalid", {
  problem: Schema.String,
}) {
  override get message(): string {
    return `no such model: ${this.problem}`
  }
}

/** Weights whose number does not fit the model. */
export class WeightsSizeMismatch extends Schema.TaggedError<WeightsSizeMismatch>()("WeightsSizeMismatch", {
  expected: Schema.Number,
  actual: Schema.Number,
}) {
  override get message(): string {
    return `the model has ${this.expected} weights, but ${this.actual} were given`
  }
}

/** Upper bound of parameters: 64 MiB of weights, far above what one thread trains in a run. */
export const MAX_PARAMETERS = 16_777_216

/** Builds a checked specification; throws `ModelSpecInvalid`. */
export const mlp = (sizes: {
  readonly inputs: number
  readonly hidden: readonly number[]
  readonly classes: number
}): MlpSpec => {
  const spec: MlpSpec = {
    kind: "mlp",
    inputs: sizes.inputs,
    hidden: [...sizes.hidden],
    classes: sizes.classes,
  }
  checkSpec(spec)
  return spec
}

const checkSpec = (spec: MlpSpec): void => {
  const named: (readonly [string, number])[] = [["inputs", spec.inputs]]
  spec.hidden.forEach((size, index) => named.push([`hidden[${index}]`, size]))
  named.push(["classes", spec.classes])
  for (const [name, size] of named) {
    if (!Number.isInteger(size) || size < 1) {
      throw new ModelSpecInvalid({ problem: `${name} is ${size}, expected a positive integer` })
    }
  }
  const parameters = parameterCount(spec)
  if (parameters > MAX_PARAMETERS) {
    throw new ModelSpecInvalid({ problem: `${parameters} parameters, at most ${MAX_PARAMETERS} are allowed` })
  }
}

/** Where each layer lies in the flat weights, first layer first. */
export const layerPlaces = (spec: MlpSpec): readonly LayerPlace[] => {
  const sizes = [spec.inputs, ...spec.hidden, spec.classes]
  const places: LayerPlace[] = []
  let offset = 0
  for (let layer = 0; layer + 1 < sizes.length; layer++) {
    const inputs = sizes[layer]!
    const outputs = sizes[layer + 1]!
    const length = (inputs + 1) * outputs
    places.push({ inputs, outputs, offset, length })
    offset += length
  }
  return places
}

/** Number of weights and biases together. */
export const parameterCount = (spec: MlpSpec): number =>
  layerPlaces(spec).reduce((count, place) => count + place.length, 0)

/** Throws `WeightsSizeMismatch` unless `weights` fits `spec`. */
export const checkWeights = (spec: MlpSpec, weights: Float32Array): void => {
  const expected = parameterCount(spec)
  if (weights.length !== expected) throw new WeightsSizeMismatch({ expected, actual: weights.length })
}

/**
 * Initial weights: Glorot uniform, U(−l, l) with l = √(6 / (inputs + outputs)), biases zero (Glorot and Bengio
 * 2010). Drawn from the kernel's stream in the order of the flat weights: the same stream gives the same bits.
 */
export const initialWeights = (spec: MlpSpec, stream: RandomStream): Float32Array => {
  checkSpec(spec)
  const weights = new Float32Array(parameterCount(spec))
  for (const { inputs, outputs, offset } of layerPlaces(spec)) {
    const limit = Math.sqrt(6 / (inputs + outputs))
    for (let unit = 0; unit < outputs; unit++) {
      const from = offset + unit * (inputs + 1)
      for (let i = 0; i < inputs; i++) weights[from + i] = (2 * stream.next() - 1) * limit
    }
  }
  return weights
}

/**
 * What is trained, whichever kind it is. Everybody outside this folder speaks of `ModelSpec`.
 *
 * Weights are one flat Float32Array, layer after layer. In a perceptron a layer is an outputs × (inputs + 1) matrix in
 * row-major order whose last column is the bias; in a convolutional network it is an (inputs + 1) × outputs matrix
 * whose last row is the bias, and the inputs of a convolution are its taps by row, column and channel. Each is the
 * layout that training multiplies fastest.
 */
import type { RandomStream } from "../../sim/kernel/randomStream.ts"
import type { LayerPlace } from "./layerPlace.ts"
import { checkCnn, cnnPlaces, type CnnSpec } from "./cnn.ts"
import { checkMlp, mlpPlaces, type MlpSpec } from "./mlp.ts"
import { WeightsSizeMismatch } from "./modelErrors.ts"
import {
  checkSurrogate,
  initialSurrogateWeights,
  stoodFor,
  surrogatePlaces,
  type SurrogateSpec,
} from "./surrogate.ts"

/** Which model: sizes only. Plain data with a canonical JSON form. */
export type ModelSpec = MlpSpec | CnnSpec | SurrogateSpec

/** Throws `ModelSpecInvalid`. */
export const checkSpec = (spec: ModelSpec): void => {
  switch (spec.kind) {
    case "mlp":
      return checkMlp(spec)
    case "cnn":
      return checkCnn(spec)
    case "surrogate":
      return checkSurrogate(spec)
  }
}

/** Where each layer lies in the flat weights, first layer first. */
export const layerPlaces = (spec: ModelSpec): readonly LayerPlace[] => {
  switch (spec.kind) {
    case "mlp":
      return mlpPlaces(spec)
    case "cnn":
      return cnnPlaces(spec)
    case "surrogate":
      return surrogatePlaces(spec)
  }
}

/** Numbers that one example has. */
export const inputsOf = (spec: ModelSpec): number =>
  spec.kind === "cnn" ? spec.inputShape.reduce((a, b) => a * b, 1) : spec.inputs

/** What tables and messages call it: `784-200-200-10`, `28×28×1-conv5×5(32)-512-10`, `surrogate of 784-32-10`. */
export const nameOfModel = (spec: ModelSpec): string => {
  switch (spec.kind) {
    case "mlp":
      return [spec.inputs, ...spec.hidden, spec.classes].join("-")
    case "cnn": {
      const side = spec.kernelSize
      const convolutions = spec.filters.map((channels) => `conv${side}×${side}(${channels})`)
      return [spec.inputShape.join("×"), ...convolutions, ...spec.dense, spec.classes].join("-")
    }
    case "surrogate":
      return `surrogate of ${nameOfModel(stoodFor(spec))}`
  }
}

/** Number of weights and biases together. */
export const parameterCount = (spec: ModelSpec): number =>
  layerPlaces(spec).reduce((count, place) => count + place.length, 0)

/** Throws `WeightsSizeMismatch` unless `weights` fits `spec`. */
export const checkWeights = (spec: ModelSpec, weights: Float32Array): void => {
  const expected = parameterCount(spec)
  if (weights.length !== expected) throw new WeightsSizeMismatch({ expected, actual: weights.length })
}

/**
 * Initial weights: Glorot uniform, U(−l, l) with l = √(6 / (fan-in + fan-out)), biases zero (Glorot and Bengio
 * 2010); a surrogate has its own. Drawn from the kernel's stream in the order of the flat weights: the same stream
 * gives the same bits.
 */
export const initialWeights = (spec: ModelSpec, stream: RandomStream): Float32Array => {
  checkSpec(spec)
  if (spec.kind === "surrogate") return initialSurrogateWeights(spec, stream)
  const weights = new Float32Array(parameterCount(spec))
  for (const { inputs, outputs, offset, length, fans } of layerPlaces(spec)) {
    const limit = Math.sqrt(6 / fans)
    for (let at = 0; at < length; at++) {
      const isBias = spec.kind === "mlp" ? at % (inputs + 1) === inputs : at >= inputs * outputs
      if (!isBias) weights[offset + at] = (2 * stream.next() - 1) * limit
    }
  }
  return weights
}

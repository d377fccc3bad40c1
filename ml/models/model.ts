/**
 * What is trained, whichever kind it is. Everybody outside this folder speaks of `ModelSpec`.
 *
 * Weights are one flat Float32Array. A layer lies in it output by output: the weights of the output's inputs, then
 * its bias. So a layer is one outputs × (inputs + 1) matrix in row-major order whose last column is the bias, and
 * that is how training sees it.
 */
import type { RandomStream } from "../../sim/kernel/randomStream.ts"
import type { LayerPlace } from "./layerPlace.ts"
import { checkMlp, mlpPlaces, type MlpSpec } from "./mlp.ts"
import { WeightsSizeMismatch } from "./modelErrors.ts"

/** Which model: sizes only. Plain data with a canonical JSON form. */
export type ModelSpec = MlpSpec

/** Throws `ModelSpecInvalid`. */
export const checkSpec = (spec: ModelSpec): void => checkMlp(spec)

/** Where each layer lies in the flat weights, first layer first. */
export const layerPlaces = (spec: ModelSpec): readonly LayerPlace[] => mlpPlaces(spec)

/** Numbers that one example has. */
export const inputsOf = (spec: ModelSpec): number => spec.inputs

/** What tables and messages call it: layer widths from input to output, such as `784-200-200-10`. */
export const nameOfModel = (spec: ModelSpec): string => [spec.inputs, ...spec.hidden, spec.classes].join("-")

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
 * 2010). Drawn from the kernel's stream in the order of the flat weights: the same stream gives the same bits.
 */
export const initialWeights = (spec: ModelSpec, stream: RandomStream): Float32Array => {
  checkSpec(spec)
  const weights = new Float32Array(parameterCount(spec))
  for (const { inputs, outputs, offset, fans } of layerPlaces(spec)) {
    const limit = Math.sqrt(6 / fans)
    for (let unit = 0; unit < outputs; unit++) {
      const from = offset + unit * (inputs + 1)
      for (let i = 0; i < inputs; i++) weights[from + i] = (2 * stream.next() - 1) * limit
    }
  }
  return weights
}

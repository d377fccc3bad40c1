/**
 * The perceptron on tensors: forward pass and hand-written backward pass.
 *
 * Two facts about the WebAssembly backend shape this file. A matrix product is fast (XNNPACK) only when neither
 * operand is flagged as transposed: the flagged form is 5 to 12 times slower, so transposes are made explicitly.
 * And each operation costs about 10 µs of overhead: so a bias is a row of its layer's matrix, met by a column of
 * ones in its input, and a layer's gradient is one product and its update one subtraction.
 */
import * as tf from "@tensorflow/tfjs-core"
import { layerPlaces, type MlpSpec } from "./mlp.ts"

/** One (inputs + 1) × outputs matrix a layer, first layer first. The owner disposes of them. */
export type LayerTensors = readonly tf.Tensor2D[]

/** Flat weights as layer tensors. */
export const weightsToTensors = (spec: MlpSpec, weights: Float32Array): LayerTensors =>
  layerPlaces(spec).map(({ inputs, outputs, offset, length }) =>
    tf.tensor2d(weights.slice(offset, offset + length), [inputs + 1, outputs]),
  )

/** Layer tensors as one new flat array. */
export const tensorsToWeights = (spec: MlpSpec, layers: LayerTensors): Float32Array => {
  const places = layerPlaces(spec)
  const last = places.at(-1)!
  const weights = new Float32Array(last.offset + last.length)
  places.forEach(({ offset }, index) => weights.set(layers[index]!.dataSync(), offset))
  return weights
}

export const disposeLayers = (layers: LayerTensors | undefined): void => {
  layers?.forEach((layer) => layer.dispose())
}

/** What the forward pass leaves for the backward pass. */
export interface Activations {
  /** Input of each layer with its column of ones: rows × (inputs + 1). */
  readonly inputs: readonly tf.Tensor2D[]
  readonly logits: tf.Tensor2D
}

/** Call inside `tf.tidy`. `input` is rows × (inputs + 1) with ones in the last column. */
export const forward = (layers: LayerTensors, input: tf.Tensor2D): Activations => {
  const ones = layers.length > 1 ? tf.ones<tf.Rank.R2>([input.shape[0], 1]) : undefined
  const inputs = [input]
  let current = input
  layers.forEach((layer, index) => {
    if (index === layers.length - 1) current = tf.matMul(current, layer)
    else {
      const hidden = tf.fused.matMul({ a: current, b: layer, activation: "relu" }) as tf.Tensor2D
      current = tf.concat2d([hidden, ones!], 1)
      inputs.push(current)
    }
  })
  return { inputs, logits: current }
}

/**
 * Gradients of all layers for a given gradient at the logits. Call inside `tf.tidy`.
 * `transposedInput` is the first layer's input transposed, (inputs + 1) × rows.
 */
export const backward = (
  layers: LayerTensors,
  activations: Activations,
  transposedInput: tf.Tensor2D,
  logitGradient: tf.Tensor2D,
): tf.Tensor2D[] => {
  const gradients: tf.Tensor2D[] = []
  let above = logitGradient
  for (let index = layers.length - 1; index > 0; index--) {
    const input = activations.inputs[index]!
    gradients.unshift(tf.matMul(tf.transpose(input), above))
    const [rows, width] = input.shape
    const spread = tf.matMul(above, tf.transpose(layers[index]!))
    // ReLU passes the gradient where its output is positive; the column of ones has no weights below it.
    above = tf.slice2d(tf.mul(spread, tf.step(input)), [0, 0], [rows, width - 1])
  }
  gradients.unshift(tf.matMul(transposedInput, above))
  return gradients
}

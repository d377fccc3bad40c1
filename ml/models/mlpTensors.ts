/**
 * The perceptron on tensors: forward passes and hand-written backward pass.
 *
 * Three facts about the WebAssembly backend shape this file. A product with an operand flagged as transposed takes a
 * naive path, 5 to 12 times slower than XNNPACK's: so transposes are made explicitly. XNNPACK repacks the right
 * operand of a product whenever it is a new tensor, at a cost like that of a small product, and weights are new after
 * every step: so in training examples are columns, weights stand on the left, and only small matrices are repacked.
 * And each operation has about 10 µs of overhead: so a bias is a column of its layer's matrix, met by a row of ones.
 * In evaluation the weights stay the same over all chunks: there examples are rows and weights stand on the right.
 */
import * as tf from "@tensorflow/tfjs-core"
import { mlpPlaces, type MlpSpec } from "./mlp.ts"

/** One outputs × (inputs + 1) matrix a layer, first layer first. The owner disposes of them. */
export type LayerTensors = readonly tf.Tensor2D[]

/** Flat weights as layer tensors. */
export const weightsToTensors = (spec: MlpSpec, weights: Float32Array): LayerTensors =>
  mlpPlaces(spec).map(({ inputs, outputs, offset, length }) =>
    tf.tensor2d(weights.slice(offset, offset + length), [outputs, inputs + 1]),
  )

/** Layer tensors as one new flat array. */
export const tensorsToWeights = (spec: MlpSpec, layers: LayerTensors): Float32Array => {
  const places = mlpPlaces(spec)
  const last = places.at(-1)!
  const weights = new Float32Array(last.offset + last.length)
  places.forEach(({ offset }, index) => weights.set(layers[index]!.dataSync(), offset))
  return weights
}

/** What the forward pass leaves for the backward pass. Examples are columns. */
export interface Activations {
  /** Input of each layer with its row of ones: (inputs + 1) × examples. */
  readonly inputs: readonly tf.Tensor2D[]
  /** classes × examples */
  readonly logits: tf.Tensor2D
}

/** Forward pass of training. Call inside `tf.tidy`. `input` is (inputs + 1) × examples with ones in the last row. */
export const forward = (layers: LayerTensors, input: tf.Tensor2D): Activations => {
  const inputs = [input]
  let current = input
  layers.forEach((layer, index) => {
    if (index === layers.length - 1) current = tf.matMul(layer, current)
    else {
      const hidden = tf.fused.matMul({ a: layer, b: current, activation: "relu" }) as tf.Tensor2D
      current = tf.concat2d([hidden, tf.ones<tf.Rank.R2>([1, input.shape[1]])], 0)
      inputs.push(current)
    }
  })
  return { inputs, logits: current }
}

/**
 * Gradients of all layers for a given gradient at the logits, classes × examples. Call inside `tf.tidy`.
 * `inputRows` is the first layer's input with examples as rows: examples × (inputs + 1).
 */
export const backward = (
  layers: LayerTensors,
  activations: Activations,
  inputRows: tf.Tensor2D,
  logitGradient: tf.Tensor2D,
): tf.Tensor2D[] => {
  const gradients: tf.Tensor2D[] = []
  let above = logitGradient
  for (let index = layers.length - 1; index > 0; index--) {
    const input = activations.inputs[index]!
    gradients.unshift(tf.matMul(above, tf.transpose(input)))
    const [height, examples] = input.shape
    const spread = tf.matMul(tf.transpose(layers[index]!), above)
    // ReLU passes the gradient where its output is positive; the row of ones has no weights below it.
    above = tf.slice2d(tf.mul(spread, tf.step(input)), [0, 0], [height - 1, examples])
  }
  gradients.unshift(tf.matMul(above, inputRows))
  return gradients
}

/** Layers transposed, (inputs + 1) × outputs, as `logitsOfRows` takes them. The caller disposes of them. */
export const transposeLayers = (layers: LayerTensors): LayerTensors =>
  layers.map((layer) => tf.transpose(layer))

/** Forward pass of evaluation: examples × (inputs + 1) to examples × classes. Call inside `tf.tidy`. */
export const logitsOfRows = (transposedLayers: LayerTensors, input: tf.Tensor2D): tf.Tensor2D => {
  let current = input
  transposedLayers.forEach((layer, index) => {
    if (index === transposedLayers.length - 1) current = tf.matMul(current, layer)
    else {
      const hidden = tf.fused.matMul({ a: current, b: layer, activation: "relu" }) as tf.Tensor2D
      current = tf.concat2d([hidden, tf.ones<tf.Rank.R2>([input.shape[0], 1])], 1)
    }
  })
  return current
}

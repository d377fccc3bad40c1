/**
 * Training as tfjs's own tools write it: variables, automatic differentiation, an optimiser. For comparison only.
 *
 * tfjs-core's bundle for Node leaves the gradient functions out; they are only in its unbundled modules, whose
 * imports lack the extensions that Node asks for. The registry of gradients is global, so loading them is enough.
 */
import { registerHooks } from "node:module"
import * as tf from "@tensorflow/tfjs-core"
import { inputsOf, layerPlaces, type ModelSpec } from "../../ml/models/model.ts"
import type { TrainingRequest } from "../../ml/training/train.ts"

registerHooks({
  resolve: (specifier, context, next) => {
    const unbundled = context.parentURL?.includes("/tfjs-core/dist/") && specifier.startsWith(".")
    return next(unbundled && !specifier.endsWith(".js") ? `${specifier}.js` : specifier, context)
  },
  load: (url, context, next) =>
    next(
      url,
      url.includes("/tfjs-core/dist/") && !url.endsWith(".node.js")
        ? { ...context, format: "module" }
        : context,
    ),
})
const gradients = "@tensorflow/tfjs-core/dist/register_all_gradients.js"
await import(gradients)

/** Same arguments as `train`, without momentum and proximal term; returns the last loss. */
export const trainWithAutomaticGradients = (request: TrainingRequest): number => {
  const { model, weights, dataset, indices, epochs, batchSize, learningRate } = request
  const examples = dataset.train
  const order = Array.from(indices)
  const size = inputsOf(model)
  const pixels = new Float32Array(order.length * size)
  order.forEach((index, row) => {
    const from = index * size
    for (let i = 0; i < size; i++) pixels[row * size + i] = examples.inputs[from + i]! / 255
  })
  const inputs = tf.tensor2d(pixels, [order.length, size])
  const labels = tf.oneHot(
    tf.tensor1d(
      order.map((index) => examples.labels[index]!),
      "int32",
    ),
    model.classes,
  ) as tf.Tensor2D
  const layers = layerPlaces(model).map(({ inputs: height, outputs, offset, length }) => ({
    matrix: tf.variable(tf.tensor2d(weights.slice(offset, offset + height * outputs), [height, outputs])),
    bias: tf.variable(tf.tensor1d(weights.slice(offset + height * outputs, offset + length))),
  }))
  const optimiser = tf.train.sgd(learningRate)
  let last = NaN
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let from = 0; from < order.length; from += batchSize) {
      last = tf.tidy(() => {
        const rows = Math.min(batchSize, order.length - from)
        const batch = tf.slice2d(inputs, [from, 0], [rows, size])
        const truth = tf.slice2d(labels, [from, 0], [rows, model.classes])
        const loss = optimiser.minimize(
          () => tf.losses.softmaxCrossEntropy(truth, logitsOf(model, layers, batch)),
          true,
        )
        return loss!.dataSync()[0]!
      })
    }
  }
  tf.dispose([inputs, labels])
  for (const { matrix, bias } of layers) tf.dispose([matrix, bias])
  optimiser.dispose()
  return last
}

interface Layer {
  readonly matrix: tf.Tensor2D
  readonly bias: tf.Tensor1D
}

const logitsOf = (model: ModelSpec, layers: readonly Layer[], batch: tf.Tensor2D): tf.Tensor2D => {
  const convolutions = model.kind === "cnn" ? model.filters.length : 0
  let flat = batch
  if (model.kind === "cnn") {
    let images = tf.reshape<tf.Rank.R4>(batch, [batch.shape[0], ...model.inputShape])
    for (const { matrix, bias } of layers.slice(0, convolutions)) {
      const { kernelSize } = model
      const filter = tf.reshape<tf.Rank.R4>(matrix, [kernelSize, kernelSize, images.shape[3], bias.shape[0]])
      const convolved = tf.add(tf.conv2d(images, filter, 1, "same"), bias) as tf.Tensor4D
      images = tf.relu(tf.maxPool(convolved, 2, 2, "valid"))
    }
    flat = tf.reshape<tf.Rank.R2>(images, [batch.shape[0], images.size / batch.shape[0]])
  }
  return layers.slice(convolutions).reduce<tf.Tensor2D>((current, { matrix, bias }, i) => {
    const sum = tf.add(tf.matMul(current, matrix), bias) as tf.Tensor2D
    return i < layers.length - convolutions - 1 ? tf.relu(sum) : sum
  }, flat)
}

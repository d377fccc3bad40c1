/**
 * The convolutional network on tensors: forward passes and hand-written backward pass.
 *
 * A layer is one (inputs + 1) × outputs matrix whose last row is the bias: a convolution's filter is then its first
 * rows as they lie in memory, and a fully connected layer meets its gradient and passes one down without being
 * transposed. That matters for the largest layer, 3,136 × 512 in McMahan et al.'s network: on WebAssembly transposing
 * it this way takes 2 ms, the other way 9 to 24 ms, as long as two convolutions of a batch of ten.
 */
import * as tf from "@tensorflow/tfjs-core"
import { cnnPlaces, type CnnSpec } from "./cnn.ts"
import type { LayerPlace } from "./layerPlace.ts"
import { disposeTensors, type ForwardPass, type Network } from "./network.ts"

type Matrices = readonly tf.Tensor2D[]

/** Examples that evaluation looks at together: the first convolution makes 25,088 numbers of one of MNIST's. */
const ROWS_AT_ONCE = 100

export const cnnNetwork = (spec: CnnSpec): Network => {
  const places = cnnPlaces(spec)
  const toTensors = (weights: Float32Array): Matrices =>
    places.map(({ inputs, outputs, offset, length }) =>
      tf.tensor2d(weights.slice(offset, offset + length), [inputs + 1, outputs]),
    )
  return {
    toTensors,
    toWeights: (tensors) => {
      const last = places.at(-1)!
      const weights = new Float32Array(last.offset + last.length)
      places.forEach(({ offset }, index) => weights.set(tensors[index]!.dataSync(), offset))
      return weights
    },
    forward: (tensors, rows) => forward(spec, places, tensors as Matrices, rows),
    evaluator: (weights) => {
      const tensors = toTensors(weights)
      return {
        logits: (rows) => logitsOfRows(spec, places, tensors, rows),
        dispose: () => disposeTensors(tensors),
      }
    },
  }
}

/** What a convolution leaves for the backward pass. */
interface ConvolutionPass {
  readonly filter: tf.Tensor4D
  readonly input: tf.Tensor4D
  /** Before pooling. */
  readonly convolved: tf.Tensor4D
  /** Before ReLU. */
  readonly pooled: tf.Tensor4D
  readonly output: tf.Tensor4D
}

/** What a fully connected layer leaves for the backward pass. */
interface ConnectedPass {
  readonly matrix: tf.Tensor2D
  /** (inputs + 1) × examples, with its row of ones. */
  readonly input: tf.Tensor2D
}

const forward = (
  spec: CnnSpec,
  places: readonly LayerPlace[],
  matrices: Matrices,
  rows: tf.Tensor2D,
): ForwardPass => {
  const convolutions: ConvolutionPass[] = []
  let images = imagesOf(spec, rows)
  spec.filters.forEach((_, index) => {
    const pass = convolve(spec, places[index]!, matrices[index]!, images)
    convolutions.push(pass)
    images = pass.output
  })
  const connected: ConnectedPass[] = []
  let current = tf.transpose(flatten(images))
  const heads = matrices.slice(spec.filters.length)
  heads.forEach((matrix, index) => {
    const input = withOnes(current)
    connected.push({ matrix, input })
    current = tf.fused.matMul({
      a: tf.transpose(matrix),
      b: input,
      ...(index < heads.length - 1 ? { activation: "relu" as const } : {}),
    }) as tf.Tensor2D
  })
  return {
    logits: current,
    backward: (logitGradient) => {
      const [above, headGradients] = backwardConnected(connected, logitGradient)
      const gradient = tf.reshape<tf.Rank.R4>(tf.transpose(above), images.shape)
      return [...backwardConvolutions(convolutions, gradient), ...headGradients]
    },
  }
}

/** Rows as in `Batch`, without their column of ones, as images. */
const imagesOf = ({ inputShape }: CnnSpec, rows: tf.Tensor2D): tf.Tensor4D => {
  const [examples, width] = rows.shape
  return tf.reshape(tf.slice2d(rows, [0, 0], [examples, width - 1]), [examples, ...inputShape])
}

const flatten = (images: tf.Tensor4D): tf.Tensor2D => {
  const [examples, height, width, channels] = images.shape
  return tf.reshape(images, [examples, height * width * channels])
}

const withOnes = (columns: tf.Tensor2D): tf.Tensor2D =>
  tf.concat2d([columns, tf.ones<tf.Rank.R2>([1, columns.shape[1]])], 0)

const convolve = (
  { kernelSize }: CnnSpec,
  { inputs, outputs }: LayerPlace,
  matrix: tf.Tensor2D,
  input: tf.Tensor4D,
): ConvolutionPass => {
  const numbers = tf.reshape<tf.Rank.R1>(matrix, [matrix.size])
  const taps = tf.slice1d(numbers, 0, inputs * outputs)
  const filter = tf.reshape<tf.Rank.R4>(taps, [kernelSize, kernelSize, input.shape[3], outputs])
  const bias = tf.slice1d(numbers, inputs * outputs, outputs)
  const convolved = tf.fused.conv2d({ x: input, filter, strides: 1, pad: "same", bias }) as tf.Tensor4D
  const pooled = tf.maxPool(convolved, 2, 2, "valid")
  return { filter, input, convolved, pooled, output: tf.relu(pooled) }
}

/** Gradient below the first layer, and gradients of the layers. */
const backwardConnected = (
  passes: readonly ConnectedPass[],
  logitGradient: tf.Tensor2D,
): readonly [tf.Tensor2D, tf.Tensor2D[]] => {
  const gradients: tf.Tensor2D[] = []
  let above = logitGradient
  for (const { matrix, input } of passes.toReversed()) {
    gradients.unshift(tf.matMul(input, tf.transpose(above)))
    // ReLU, of the layer below too, passes the gradient where its output is positive.
    const [height, examples] = input.shape
    above = tf.slice2d(tf.mul(tf.matMul(matrix, above), tf.step(input)), [0, 0], [height - 1, examples])
  }
  return [above, gradients]
}

/** Gradients of the convolutions, for a gradient below the last one's ReLU. */
const backwardConvolutions = (passes: readonly ConvolutionPass[], gradient: tf.Tensor4D): tf.Tensor2D[] => {
  const gradients: tf.Tensor2D[] = []
  let above = gradient
  for (const [index, pass] of [...passes.entries()].toReversed()) {
    const { filter, input, convolved, pooled } = pass
    const [height, width, inChannels, outChannels] = filter.shape
    const atConvolved = runKernel(
      tf.MaxPoolGrad,
      { dy: above, input: convolved, output: pooled },
      { filterSize: 2, strides: 2, pad: "valid" },
    )
    const convolution = { strides: 1, pad: "same", dataFormat: "NHWC" }
    const atFilter = runKernel(
      tf.Conv2DBackpropFilter,
      { x: input, dy: atConvolved },
      { ...convolution, filterShape: filter.shape },
    )
    const atBias = tf.sum(above, [0, 1, 2])
    gradients.unshift(
      tf.concat2d(
        [
          tf.reshape<tf.Rank.R2>(atFilter, [height * width * inChannels, outChannels]),
          tf.reshape<tf.Rank.R2>(atBias, [1, outChannels]),
        ],
        0,
      ),
    )
    if (index > 0) {
      const atInput = runKernel(
        tf.Conv2DBackpropInput,
        { dy: atConvolved, filter },
        { ...convolution, inputShape: input.shape },
      )
      above = tf.mul(atInput, tf.step(input))
    }
  }
  return gradients
}

const runKernel = (
  name: string,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: object,
): tf.Tensor4D => tf.engine().runKernel(name, { ...inputs }, attributes as tf.NamedAttrMap)

const logitsOfRows = (
  spec: CnnSpec,
  places: readonly LayerPlace[],
  matrices: Matrices,
  rows: tf.Tensor2D,
): tf.Tensor2D => {
  const [examples, width] = rows.shape
  const parts: tf.Tensor2D[] = []
  for (let from = 0; from < examples; from += ROWS_AT_ONCE) {
    const size = Math.min(ROWS_AT_ONCE, examples - from)
    parts.push(
      tf.tidy(() =>
        tf.transpose(forward(spec, places, matrices, tf.slice2d(rows, [from, 0], [size, width])).logits),
      ),
    )
  }
  return tf.concat2d(parts, 0)
}

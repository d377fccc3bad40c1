/** The convolutional network again, in float64 and plain loops: what the tensors are compared with. */
import { backend_util } from "@tensorflow/tfjs-core"
import type { CnnSpec } from "../../ml/models/cnn.ts"
import { layerPlaces } from "../../ml/models/model.ts"
import {
  referenceConvolution,
  referenceFilterGradient,
  referenceInputGradient,
  referenceMaxima,
} from "./referenceConvolution.ts"
import type { Example } from "./referenceMlp.ts"

type Shape = [number, number, number, number]

const probabilities = (logits: readonly number[]): number[] => {
  const top = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - top))
  const total = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / total)
}

/** One example's way through the network, kept for the way back. */
const pass = (spec: CnnSpec, weights: Float64Array, example: Example) => {
  const places = layerPlaces(spec)
  let shape: Shape = [1, ...spec.inputShape]
  let current = Float64Array.from(example.input)
  const convolutions = spec.filters.map((channels, index) => {
    const { inputs, offset, outputs } = places[index]!
    const filterShape: Shape = [spec.kernelSize, spec.kernelSize, shape[3], channels]
    const convolution = backend_util.computeConv2DInfo(shape, filterShape, 1, 1, "same")
    const input = current
    const biases = weights.subarray(offset + inputs * outputs)
    const convolved = referenceConvolution(convolution, input, weights.subarray(offset)).map(
      (sum, i) => sum + biases[i % channels]!,
    )
    const pooling = backend_util.computePool2DInfo(convolution.outShape, 2, 2, 1, "valid")
    const maxima = referenceMaxima(pooling, convolved)
    current = Float64Array.from(maxima, (place) => Math.max(0, convolved[place]!))
    shape = pooling.outShape
    return { convolution, input, maxima, output: current }
  })
  const activations = [[...current]]
  const heads = places.slice(spec.filters.length)
  heads.forEach(({ inputs, outputs, offset }, layer) => {
    const below = activations[layer]!
    activations.push(
      Array.from({ length: outputs }, (_, o) => {
        let sum = weights[offset + inputs * outputs + o]!
        for (let i = 0; i < inputs; i++) sum += below[i]! * weights[offset + i * outputs + o]!
        return layer < heads.length - 1 ? Math.max(0, sum) : sum
      }),
    )
  })
  return { places, convolutions, heads, activations, likely: probabilities(activations.at(-1)!) }
}

/** Mean cross-entropy in nats. */
export const referenceCnnLoss = (
  spec: CnnSpec,
  weights: Float64Array,
  examples: readonly Example[],
): number =>
  examples.reduce((sum, example) => sum - Math.log(pass(spec, weights, example).likely[example.label]!), 0) /
  examples.length

/** Gradient of the mean loss, flat like the weights. */
export const referenceCnnGradient = (
  spec: CnnSpec,
  weights: Float64Array,
  examples: readonly Example[],
): Float64Array => {
  const gradient = new Float64Array(weights.length)
  for (const example of examples) {
    const { places, convolutions, heads, activations, likely } = pass(spec, weights, example)
    let above = likely.map((p, k) => (p - (k === example.label ? 1 : 0)) / examples.length)
    for (const [layer, { inputs, outputs, offset }] of [...heads.entries()].toReversed()) {
      const below = activations[layer]!
      const next = Array.from({ length: inputs }, () => 0)
      for (let o = 0; o < outputs; o++) {
        gradient[offset + inputs * outputs + o]! += above[o]!
        for (let i = 0; i < inputs; i++) {
          gradient[offset + i * outputs + o]! += above[o]! * below[i]!
          next[i]! += above[o]! * weights[offset + i * outputs + o]!
        }
      }
      above = next.map((value, i) => (below[i]! > 0 ? value : 0))
    }
    for (const [index, { convolution, input, maxima }] of [...convolutions.entries()].toReversed()) {
      const { inputs, outputs, offset } = places[index]!
      const atConvolved = new Float64Array(convolution.outShape.reduce((a, b) => a * b, 1))
      above.forEach((value, output) => {
        atConvolved[maxima[output]!]! += value
      })
      referenceFilterGradient(convolution, input, atConvolved).forEach((value, i) => {
        gradient[offset + i]! += value
      })
      atConvolved.forEach((value, i) => {
        gradient[offset + inputs * outputs + (i % outputs)]! += value
      })
      above = [...referenceInputGradient(convolution, weights.subarray(offset), atConvolved)].map(
        (value, i) => (input[i]! > 0 ? value : 0),
      )
    }
  }
  return gradient
}

/**
 * Convolutional network, as McMahan et al. (2017) use it on MNIST: convolutions with stride 1 and padding that keeps
 * the size, each followed by 2 × 2 max pooling and ReLU; then fully connected layers with ReLU between them and a
 * softmax at the end.
 *
 * (ReLU and the largest of a window may be taken in either order: the result is the same, and after pooling there is a
 * quarter left to do.)
 */
import { placeLayers, type LayerPlace } from "./layerPlace.ts"
import { ModelSpecInvalid } from "./modelErrors.ts"
import { checkSizes } from "./modelLimits.ts"

/** Which network: sizes only. Plain data with a canonical JSON form. */
export interface CnnSpec {
  readonly kind: "cnn"
  /** Height, width and channels of an example. */
  readonly inputShape: readonly [height: number, width: number, channels: number]
  /** Channels of each convolution. */
  readonly filters: readonly number[]
  /** Height and width of every filter. */
  readonly kernelSize: number
  /** Widths of the fully connected layers before the last. */
  readonly dense: readonly number[]
  readonly classes: number
}

/** Builds a checked specification; throws `ModelSpecInvalid`. */
export const cnn = (sizes: Omit<CnnSpec, "kind">): CnnSpec => {
  const [height, width, channels] = sizes.inputShape
  const spec: CnnSpec = {
    kind: "cnn",
    inputShape: [height, width, channels],
    filters: [...sizes.filters],
    kernelSize: sizes.kernelSize,
    dense: [...sizes.dense],
    classes: sizes.classes,
  }
  checkCnn(spec)
  return spec
}

/** Throws `ModelSpecInvalid`. */
export const checkCnn = (spec: CnnSpec): void => {
  const [height, width, channels] = spec.inputShape
  checkSizes(
    [
      ["inputShape[0]", height],
      ["inputShape[1]", width],
      ["inputShape[2]", channels],
      ...spec.filters.map((size, index) => [`filters[${index}]`, size] as const),
      ["kernelSize", spec.kernelSize],
      ...spec.dense.map((size, index) => [`dense[${index}]`, size] as const),
      ["classes", spec.classes],
    ],
    () => cnnPlaces(spec),
  )
  const side = Math.min(height, width)
  const convolutions = spec.filters.length
  if (convolutions === 0)
    throw new ModelSpecInvalid({ problem: "filters is empty: without convolutions it is an mlp" })
  if (side < 2 ** convolutions) {
    const problem = `each of ${convolutions} convolutions halves the sides, but the shorter one has ${side}`
    throw new ModelSpecInvalid({ problem })
  }
}

/** Height, width and channels after the convolution and pooling of this number; −1 is the input. An odd rest is dropped. */
export const shapeAfter = (spec: CnnSpec, convolution: number): readonly [number, number, number] => {
  const [height, width, channels] = spec.inputShape
  const halvings = 2 ** (convolution + 1)
  return [Math.floor(height / halvings), Math.floor(width / halvings), spec.filters[convolution] ?? channels]
}

/** Where each layer lies in the flat weights: convolutions, then fully connected layers. */
export const cnnPlaces = (spec: CnnSpec): readonly LayerPlace[] => {
  const taps = spec.kernelSize ** 2
  const convolutions = spec.filters.map((outputs, index) => {
    const channels = shapeAfter(spec, index - 1)[2]
    return { inputs: taps * channels, outputs, fans: taps * (channels + outputs) }
  })
  const [height, width, channels] = shapeAfter(spec, spec.filters.length - 1)
  const sizes = [height * width * channels, ...spec.dense, spec.classes]
  const connected = sizes.slice(1).map((outputs, layer) => ({ inputs: sizes[layer]!, outputs }))
  return placeLayers([...convolutions, ...connected])
}

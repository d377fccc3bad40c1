/** Multi-layer perceptron: fully connected layers with ReLU between them and a softmax at the end. */
import { placeLayers, type LayerPlace } from "./layerPlace.ts"
import { checkSizes } from "./modelLimits.ts"

/** Which perceptron: sizes only. Plain data with a canonical JSON form. */
export interface MlpSpec {
  readonly kind: "mlp"
  readonly inputs: number
  readonly hidden: readonly number[]
  readonly classes: number
}

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
  checkMlp(spec)
  return spec
}

/** Throws `ModelSpecInvalid`. */
export const checkMlp = (spec: MlpSpec): void =>
  checkSizes(
    [
      ["inputs", spec.inputs],
      ...spec.hidden.map((size, index) => [`hidden[${index}]`, size] as const),
      ["classes", spec.classes],
    ],
    () => mlpPlaces(spec),
  )

/** Where each layer lies in the flat weights, first layer first. */
export const mlpPlaces = (spec: MlpSpec): readonly LayerPlace[] => {
  const sizes = [spec.inputs, ...spec.hidden, spec.classes]
  return placeLayers(sizes.slice(1).map((outputs, layer) => ({ inputs: sizes[layer]!, outputs })))
}

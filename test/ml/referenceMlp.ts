/** The perceptron again, in float64 and plain loops: what the tensors are compared with. */
import type { MlpSpec } from "../../ml/models/mlp.ts"
import { layerPlaces } from "../../ml/models/model.ts"

export interface Example {
  readonly input: readonly number[]
  readonly label: number
}

const activationsOf = (spec: MlpSpec, weights: Float64Array, input: readonly number[]): number[][] => {
  const places = layerPlaces(spec)
  const activations = [[...input]]
  places.forEach(({ inputs, outputs, offset }, layer) => {
    const below = activations[layer]!
    const next: number[] = []
    for (let o = 0; o < outputs; o++) {
      const from = offset + o * (inputs + 1)
      let sum = weights[from + inputs]!
      for (let i = 0; i < inputs; i++) sum += below[i]! * weights[from + i]!
      next.push(layer < places.length - 1 ? Math.max(0, sum) : sum)
    }
    activations.push(next)
  })
  return activations
}

const probabilities = (logits: readonly number[]): number[] => {
  const top = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - top))
  const total = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / total)
}

export const referenceLogits = (spec: MlpSpec, weights: Float64Array, input: readonly number[]): number[] =>
  activationsOf(spec, weights, input).at(-1)!

/** Mean cross-entropy in nats. */
export const referenceLoss = (spec: MlpSpec, weights: Float64Array, examples: readonly Example[]): number =>
  examples.reduce(
    (sum, { input, label }) => sum - Math.log(probabilities(referenceLogits(spec, weights, input))[label]!),
    0,
  ) / examples.length

/** Gradient of the mean loss, flat like the weights. */
export const referenceGradient = (
  spec: MlpSpec,
  weights: Float64Array,
  examples: readonly Example[],
): Float64Array => {
  const places = layerPlaces(spec)
  const gradient = new Float64Array(weights.length)
  for (const { input, label } of examples) {
    const activations = activationsOf(spec, weights, input)
    let above = probabilities(activations.at(-1)!).map(
      (p, k) => (p - (k === label ? 1 : 0)) / examples.length,
    )
    for (let layer = places.length - 1; layer >= 0; layer--) {
      const { inputs, outputs, offset } = places[layer]!
      const below = activations[layer]!
      const next = Array.from({ length: inputs }, () => 0)
      for (let o = 0; o < outputs; o++) {
        const from = offset + o * (inputs + 1)
        gradient[from + inputs]! += above[o]!
        for (let i = 0; i < inputs; i++) {
          gradient[from + i]! += above[o]! * below[i]!
          next[i]! += above[o]! * weights[from + i]!
        }
      }
      above = next.map((value, i) => (below[i]! > 0 ? value : 0))
    }
  }
  return gradient
}

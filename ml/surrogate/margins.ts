/**
 * From weights to how well each class is told from the others: signal and bias over what blurs them. An example is
 * answered right if its class's margin exceeds its difficulty, which is a standard normal number.
 */
import { BIAS, CLASS_WIDTH, FIRST_IDLE, IDLE_MODES } from "../models/surrogate.ts"
import type { Landscape } from "./landscape.ts"
import type { SurrogateParameters } from "./parameters.ts"

export interface ClassMargin {
  /** Signal and bias ÷ blur. Zero at the start of learning. */
  readonly margin: number
  /** ≥ 1: deviation of the difficulty of an example that idle modes add to, before it is divided by this. */
  readonly blur: number
}

/** By class. Weights may be any numbers; what is not finite gives margins that are not. */
export const marginsOf = (
  weights: Float32Array,
  { classes, signs }: Landscape,
  { unit, blur: sensitivity, saturation }: SurrogateParameters,
): readonly ClassMargin[] => {
  const biases = Array.from({ length: classes }, (_, k) => {
    const place = k * CLASS_WIDTH + BIAS
    return (signs[place]! * weights[place]!) / unit
  })
  const meanBias = biases.reduce((sum, bias) => sum + bias, 0) / classes
  return biases.map((bias, k) => {
    const from = k * CLASS_WIDTH
    let signal = 0
    for (let place = from; place < from + BIAS; place++) signal += signs[place]! * weights[place]!
    let idle = 0
    for (let place = from + FIRST_IDLE; place < from + CLASS_WIDTH; place++) {
      idle += weights[place]! * weights[place]!
    }
    signal /= unit
    const variance = 1 + (sensitivity * sensitivity * idle) / (IDLE_MODES * unit * unit)
    const size = saturation * signal
    return {
      margin: (signal + bias - meanBias) / Math.sqrt(variance + size * size),
      blur: Math.sqrt(variance),
    }
  })
}

/**
 * What there is to learn: a quadratic bowl per class (the noisy quadratic model of Zhang et al. 2019, "Which
 * algorithmic choices matter at which batch sizes?", by class and with slow and fast modes).
 */
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { CLASS_WIDTH, SIGNAL_MODES, type SurrogateSpec } from "../models/surrogate.ts"
import type { SurrogateParameters } from "./parameters.ts"

export interface Landscape {
  readonly classes: number
  /** Of the signal modes, fastest first. */
  readonly curvatures: readonly number[]
  /** Distance of the optimum from zero along each signal mode, fastest first. */
  readonly signals: readonly number[]
  /** +1 or −1 by weight: a direction in which all weights grow must not be the one that learning takes. */
  readonly signs: Int8Array
}

const WIDTH_OF_REFERENCE = 32

export const landscapeOf = (spec: SurrogateSpec, parameters: SurrogateParameters): Landscape => {
  const width = (spec.hidden[0] ?? 1) / WIDTH_OF_REFERENCE
  const fastest = parameters.curvature * power(width, parameters.curvatureByWidth)
  const total = parameters.signal * power(width, parameters.signalByWidth)
  const modes = Array.from({ length: SIGNAL_MODES }, (_, mode) => mode)
  const shares = modes.map((mode) => power(parameters.signalRatio, mode))
  const sum = shares.reduce((a, b) => a + b, 0)
  return {
    classes: spec.classes,
    curvatures: modes.map((mode) => fastest / power(parameters.curvatureRatio, mode)),
    signals: shares.map((share) => (total * share) / sum),
    signs: signsOf(spec.dataset, spec.classes),
  }
}

/** base^exponent for a base above 0, by functions whose bits the pinned Node.js fixes. */
export const power = (base: number, exponent: number): number => Math.exp(exponent * Math.log(base))

const known = new Map<string, Int8Array>()

const signsOf = (dataset: string, classes: number): Int8Array => {
  const key = `${dataset}/${classes}`
  const found = known.get(key)
  if (found !== undefined) return found
  const stream = deriveStream(key, "ml/surrogate/signs")
  const signs = Int8Array.from({ length: classes * CLASS_WIDTH }, () => 2 * stream.int(0, 1) - 1)
  known.set(key, signs)
  return signs
}

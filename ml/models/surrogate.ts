/**
 * A stand-in for a model: a few dozen numbers that move under training as the accuracy of the model would.
 *
 * Weights are one flat Float32Array, like those of every model. Class by class it holds signal modes (how well
 * examples of the class are told from others: fast and slow features), one bias (how readily the class is answered),
 * and idle modes (what shards and batches teach that helps nobody, and where noise lands). `ml/surrogate` says how
 * they move and what accuracy they give.
 */
import type { RandomStream } from "../../sim/kernel/randomStream.ts"
import { placeLayers, type LayerPlace } from "./layerPlace.ts"
import { checkMlp, type MlpSpec } from "./mlp.ts"

/** Which stand-in: the sizes of the perceptron that it stands for. Plain data with a canonical JSON form. */
export interface SurrogateSpec extends Omit<MlpSpec, "kind"> {
  readonly kind: "surrogate"
  /** Name of the data set whose learning curves it was fitted to. */
  readonly dataset: string
}

/** The stand-in for a model on a data set. */
export const surrogateOf = (model: MlpSpec, dataset: string): SurrogateSpec => ({
  ...model,
  kind: "surrogate",
  dataset,
})

/** Signal modes of a class, from the fastest to the slowest. */
export const SIGNAL_MODES = 4
/** Idle modes of a class. */
export const IDLE_MODES = 4
/** Numbers that carry a signal mode together: noise on many weights averages out. */
export const CARRIERS = 4
/** Numbers of a class: carriers of its signal modes, the bias, idle modes. */
export const CLASS_WIDTH = SIGNAL_MODES * CARRIERS + 1 + IDLE_MODES
/** Place of the bias among a class's numbers. */
export const BIAS = SIGNAL_MODES * CARRIERS
/** Place of the first idle mode among a class's numbers. */
export const FIRST_IDLE = BIAS + 1

/** Throws `ModelSpecInvalid`. */
export const checkSurrogate = (spec: SurrogateSpec): void => checkMlp({ ...spec, kind: "mlp" })

/** The perceptron that it stands for. */
export const stoodFor = ({ inputs, hidden, classes }: SurrogateSpec): MlpSpec => ({
  kind: "mlp",
  inputs,
  hidden,
  classes,
})

/** As if it were one layer: a row of numbers a class. */
export const surrogatePlaces = (spec: SurrogateSpec): readonly LayerPlace[] =>
  placeLayers([{ inputs: CLASS_WIDTH - 1, outputs: spec.classes }])

/** Standard deviation of initial weights: knows nothing, and a little noise on top. */
const INITIAL_DEVIATION = 0.001

export const initialSurrogateWeights = (spec: SurrogateSpec, stream: RandomStream): Float32Array =>
  Float32Array.from({ length: spec.classes * CLASS_WIDTH }, () => INITIAL_DEVIATION * stream.normal())

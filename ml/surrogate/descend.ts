/**
 * Local training in closed form.
 *
 * Along a mode of curvature h, T steps of rate η take w to c + (w − c)·e^(−ηhT), c being the optimum of the shard, and
 * add noise of variance s²·(η / B)·(1 − e^(−2ηhT)). Momentum β counts as the rate η / (1 − β). A class of which a shard
 * holds x times its equal share pulls x times as hard.
 */
import { BIAS, CARRIERS, CLASS_WIDTH, FIRST_IDLE, IDLE_MODES } from "../models/surrogate.ts"
import type { HyperParameters } from "../training/train.ts"
import type { Draws } from "./draws.ts"
import { thresholdOf } from "./expectation.ts"
import { power, type Landscape } from "./landscape.ts"
import { marginsOf } from "./margins.ts"
import { normalCdf } from "./normal.ts"
import type { SurrogateParameters } from "./parameters.ts"
import type { ShardProfile } from "./shardProfile.ts"

export interface Descent {
  readonly landscape: Landscape
  readonly parameters: SurrogateParameters
  readonly shard: ShardProfile
  readonly hyper: HyperParameters
  /** Names the order of examples: steps of one seed err alike. */
  readonly seed: string
  readonly draws: Draws
}

/** Steps that training takes. */
export const stepsOf = (samples: number, { epochs, batchSize }: HyperParameters): number =>
  epochs * Math.ceil(samples / batchSize)

/**
 * Learning rate × steps, in which each step of a momentum β is worth 1 / (1 − β) once it has gathered speed:
 * η·(T − β·(1 − β^T) / (1 − β)) / (1 − β).
 */
export const timeOf = (samples: number, hyper: HyperParameters): number => {
  const steps = stepsOf(samples, hyper)
  const { learningRate, momentum = 0 } = hyper
  if (momentum === 0) return learningRate * steps
  const slow = (momentum * (1 - power(momentum, steps))) / (1 - momentum)
  return (learningRate * (steps - slow)) / (1 - momentum)
}

/** Share of a shard's examples that the start answers otherwise than they are labelled. */
const shareOfWrong = (start: Float32Array, { landscape, parameters, shard }: Descent): number => {
  const threshold = thresholdOf(landscape.classes)
  const right = marginsOf(start, landscape, parameters).reduce(
    (sum, { margin }, k) => sum + shard.right[k]! * normalCdf(margin - threshold),
    0,
  )
  return 1 - right / shard.samples
}

const SAMPLES_OF_REFERENCE = 300

/** Weights after training; the start is left untouched. */
export const descend = (start: Float32Array, descent: Descent): Float32Array => {
  const { landscape, parameters, shard, hyper, seed, draws } = descent
  const { classes, curvatures, signals, signs } = landscape
  const { unit } = parameters
  const rate = hyper.learningRate / (1 - (hyper.momentum ?? 0))
  const time = timeOf(shard.samples, hyper)
  const wrong = shareOfWrong(start, descent)
  const shake = parameters.stepNoise * Math.sqrt((rate / hyper.batchSize) * wrong)
  const ofShard = draws(`shard/${shard.id}`, start.length)
  const ofSteps = draws(`steps/${seed}/${shard.id}`, start.length)
  const idleDeviation = idleDeviationOf(shard, classes, parameters)
  const trained = new Float32Array(start.length)
  const move = (place: number, curvature: number, centre: number): void => {
    const left = Math.exp(-time * curvature)
    const noise = shake * Math.sqrt(1 - left * left) * ofSteps[place]!
    trained[place] = unit * (centre + (start[place]! / unit - centre) * left + noise)
  }
  for (let k = 0; k < classes; k++) {
    const from = k * CLASS_WIDTH
    const count = shard.ofClass[k]!
    const share = (classes * count) / shard.samples
    const right = count === 0 ? 1 : shard.right[k]! / count
    const aim = right - parameters.flippedSignal * (1 - right)
    const spread = count === 0 ? 0 : parameters.shardSignal / Math.sqrt(count)
    for (let place = from; place < from + BIAS; place++) {
      const mode = Math.floor((place - from) / CARRIERS)
      const centre = ((signs[place]! * signals[mode]!) / CARRIERS) * aim + spread * ofShard[place]!
      const beyond = (start[place]! / unit - centre) * centre > 0
      move(place, curvatures[mode]! * share * (beyond ? parameters.slack : 1), centre)
    }
    const answered = (classes * shard.labelled[k]!) / shard.samples
    const { absentShare: absent } = parameters
    const bias = parameters.bias * Math.log((answered + absent) / (1 + absent))
    move(from + BIAS, parameters.biasCurvature, signs[from + BIAS]! * bias)
    for (let mode = 0; mode < IDLE_MODES; mode++) {
      const place = from + FIRST_IDLE + mode
      move(place, parameters.idleCurvature, idleDeviation * ofShard[place]!)
    }
  }
  return trained
}

/** The smaller and the more uneven a shard, the further its own optimum lies from everybody's. */
const idleDeviationOf = (shard: ShardProfile, classes: number, parameters: SurrogateParameters): number => {
  const excess = shard.labelled.map((count) => (classes * count) / shard.samples - 1)
  const skew = excess.reduce((sum, each) => sum + each * each, 0) / classes
  const small = SAMPLES_OF_REFERENCE / shard.samples
  return parameters.shardIdle * Math.sqrt(small * (1 + parameters.skewIdle * skew))
}

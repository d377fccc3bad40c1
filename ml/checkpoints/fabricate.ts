/** Checkpoints of a training that never happened. */
import type { RandomStream } from "../../sim/kernel/randomStream.ts"
import type { TrainingPoint } from "../training/train.ts"

/** What a straight line from `base` to `target` passes after `step` of `steps`; the velocity is said to be zero. */
export const interpolatedPoint = (options: {
  readonly base: Float32Array
  readonly target: Float32Array
  readonly step: number
  readonly steps: number
  readonly hasVelocity: boolean
}): TrainingPoint => {
  const { base, target, step, steps, hasVelocity } = options
  const weights =
    step === steps ? target.slice() : base.map((value, i) => value + ((target[i]! - value) * step) / steps)
  return { step, weights, velocity: hasVelocity ? new Float32Array(base.length) : undefined }
}

/** `base` with a little noise, N(0, deviation²), as if something had been learnt. */
export const driftedPoint = (options: {
  readonly base: Float32Array
  readonly step: number
  readonly deviation: number
  readonly hasVelocity: boolean
  readonly stream: RandomStream
}): TrainingPoint => {
  const { base, step, deviation, hasVelocity, stream } = options
  const weights = base.map((value) => value + deviation * stream.normal())
  return { step, weights, velocity: hasVelocity ? new Float32Array(base.length) : undefined }
}

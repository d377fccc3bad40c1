/**
 * What an audit compares. The auditor trains a segment again, from the checkpoint where it begins, and compares what it
 * gets with the checkpoint where it ends, bit for bit: on one backend, honest training has no other outcome.
 */
import type { TrainingPoint } from "../training/train.ts"

/** Where a claim and its recomputation first differ. */
export type Difference =
  | { readonly of: "step"; readonly claimed: number; readonly recomputed: number }
  /** One of the two has no velocity. */
  | { readonly of: "presence of velocity" }
  | {
      readonly of: "weights" | "velocity"
      readonly index: number
      readonly claimed: number
      readonly recomputed: number
    }

/** The first difference of two points; undefined where they agree in every bit. */
export const firstDifference = (
  claimed: TrainingPoint,
  recomputed: TrainingPoint,
): Difference | undefined => {
  if (claimed.step !== recomputed.step) {
    return { of: "step", claimed: claimed.step, recomputed: recomputed.step }
  }
  const inWeights = differenceOf("weights", claimed.weights, recomputed.weights)
  if (inWeights !== undefined) return inWeights
  if (claimed.velocity === undefined && recomputed.velocity === undefined) return undefined
  if (claimed.velocity === undefined || recomputed.velocity === undefined)
    return { of: "presence of velocity" }
  return differenceOf("velocity", claimed.velocity, recomputed.velocity)
}

const differenceOf = (
  of: "weights" | "velocity",
  claimed: Float32Array,
  recomputed: Float32Array,
): Difference | undefined => {
  const [left, right] = [bitsOf(claimed), bitsOf(recomputed)]
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    if (left[index] === right[index]) continue
    return { of, index, claimed: claimed[index] ?? NaN, recomputed: recomputed[index] ?? NaN }
  }
  return undefined
}

const bitsOf = (values: Float32Array): Uint32Array =>
  new Uint32Array(values.buffer, values.byteOffset, values.length)

/** Two roundings to float32, of numbers no larger than the weights. */
const ROUNDING = 2 ** -22

/**
 * Whether an update is what lies between the base and the last checkpoint, up to the rounding of a difference and a sum
 * in float32: what was handed in is then what the trail leads to.
 */
export const leadsTo = (options: {
  readonly base: Float32Array
  readonly last: Float32Array
  readonly update: Float32Array
}): boolean => {
  const { base, last, update } = options
  if (base.length !== last.length || base.length !== update.length) return false
  return update.every((value, i) => {
    const before = base[i]!
    const after = last[i]!
    return Math.abs(after - before - value) <= ROUNDING * Math.max(Math.abs(after), Math.abs(before))
  })
}

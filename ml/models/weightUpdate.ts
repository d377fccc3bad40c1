/** The difference that training made. A solver publishes this; base + update is what coordinators judge. */
import { WeightsSizeMismatch } from "./modelErrors.ts"

/** trained − base, in float32. Throws `WeightsSizeMismatch`. */
export const updateBetween = (base: Float32Array, trained: Float32Array): Float32Array => {
  if (base.length !== trained.length) {
    throw new WeightsSizeMismatch({ expected: base.length, actual: trained.length })
  }
  return trained.map((weight, i) => weight - base[i]!)
}

/** base + update, in float32. Throws `WeightsSizeMismatch`. */
export const applyUpdate = (base: Float32Array, update: Float32Array): Float32Array => {
  if (base.length !== update.length) {
    throw new WeightsSizeMismatch({ expected: base.length, actual: update.length })
  }
  return base.map((weight, i) => weight + update[i]!)
}

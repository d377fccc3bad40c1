import { updateBetween } from "../models/weightUpdate.ts"

/**
 * An update that takes the current base back to an older model, or to an update made from it: the work of an
 * earlier round sold again. Throws `WeightsSizeMismatch`.
 */
export const staleBase = (options: {
  readonly currentBase: Float32Array
  readonly staleModel: Float32Array
}): Float32Array => updateBetween(options.currentBase, options.staleModel)

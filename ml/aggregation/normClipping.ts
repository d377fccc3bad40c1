/** L2 norm, summed in float64 in the order of the weights. */
export const normOf = (values: Float32Array): number => {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!
  return Math.sqrt(sum)
}

/**
 * The update shortened to the L2 norm `maxNorm` if it is longer (Sun et al. 2019): bounds what one client can do in a
 * round, whatever it sends. No value grows. The update itself where it is short enough.
 */
export const clipNorm = (values: Float32Array, maxNorm: number): Float32Array => {
  const norm = normOf(values)
  if (!(norm > maxNorm)) return values
  const factor = maxNorm / norm
  const clipped = new Float32Array(values.length)
  for (let i = 0; i < values.length; i++) clipped[i] = values[i]! * factor
  return clipped
}

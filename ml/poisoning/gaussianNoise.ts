import type { RandomStream } from "../../sim/kernel/randomStream.ts"

/** The honest update with N(0, (relativeDeviation · rms(update))²) added to each value: noise in proportion to what was learnt. */
export const gaussianNoise = (
  update: Float32Array,
  options: { readonly relativeDeviation: number; readonly stream: RandomStream },
): Float32Array => {
  const deviation = options.relativeDeviation * rootMeanSquare(update)
  return update.map((value) => value + deviation * options.stream.normal())
}

const rootMeanSquare = (values: Float32Array): number => {
  let sum = 0
  for (const value of values) sum += value * value
  return Math.sqrt(sum / Math.max(1, values.length))
}

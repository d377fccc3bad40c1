import type { RandomStream } from "../../sim/kernel/randomStream.ts"

/** An update of pure noise, N(0, deviation²), made without any training: what a solver sends that does no work. */
export const garbage = (options: {
  readonly length: number
  /** Standard deviation; Glorot weights of the small perceptron have about 0.05. */
  readonly deviation: number
  readonly stream: RandomStream
}): Float32Array =>
  Float32Array.from({ length: options.length }, () => options.deviation * options.stream.normal())

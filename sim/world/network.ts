import type { Address } from "viem"
import type { RandomStream } from "../kernel/randomStream.ts"
import { secondsToMicros, type Micros } from "../kernel/time.ts"

/**
 * How long a message takes from its sender to everybody else: log-normal, with a stream of its own for each sender,
 * so that one sender's traffic changes nothing for another.
 */
export const createLatency = (options: {
  readonly medianSeconds: number
  /** Standard deviation of the latency's natural logarithm. */
  readonly sigma: number
  readonly stream: (name: string) => RandomStream
}): ((from: Address) => Micros) => {
  const { medianSeconds, sigma, stream } = options
  if (medianSeconds === 0) return () => 0
  return (from) => {
    const spread = Math.exp(sigma * stream(`network/latency/${from}`).normal())
    return secondsToMicros(medianSeconds * spread)
  }
}

import type { RandomStream } from "../../sim/kernel/randomStream.ts"
import { gaussianNoise } from "./gaussianNoise.ts"

/** The global model handed in as if it had been trained: an update of zero. */
export const unchangedModel = (length: number): Float32Array => new Float32Array(length)

/**
 * Another's last update with noise (Lin et al. 2019, "Free-riders in federated learning"), so that it is no plain copy;
 * of several, one is drawn. The unchanged model where there is nothing to copy yet.
 */
export const copiedUpdate = (
  length: number,
  options: {
    readonly lastUpdates: readonly Float32Array[]
    /** Standard deviation of the noise, in units of the copy's root mean square. */
    readonly relativeDeviation: number
    readonly stream: RandomStream
  },
): Float32Array => {
  const { lastUpdates, relativeDeviation, stream } = options
  if (lastUpdates.length === 0) return unchangedModel(length)
  return gaussianNoise(lastUpdates[stream.int(0, lastUpdates.length - 1)]!, { relativeDeviation, stream })
}

import type { LayerPlace } from "./layerPlace.ts"
import { ModelSpecInvalid } from "./modelErrors.ts"

/** Upper bound of parameters: 64 MiB of weights, far above what one thread trains in a run. */
export const MAX_PARAMETERS = 16_777_216

/** Throws `ModelSpecInvalid` unless each named size is a positive integer and the layers are not too large. */
export const checkSizes = (
  sizes: readonly (readonly [name: string, size: number])[],
  places: () => readonly LayerPlace[],
): void => {
  for (const [name, size] of sizes) {
    if (!Number.isInteger(size) || size < 1) {
      throw new ModelSpecInvalid({ problem: `${name} is ${size}, expected a positive integer` })
    }
  }
  const parameters = places().reduce((count, place) => count + place.length, 0)
  if (parameters > MAX_PARAMETERS) {
    throw new ModelSpecInvalid({ problem: `${parameters} parameters, at most ${MAX_PARAMETERS} are allowed` })
  }
}

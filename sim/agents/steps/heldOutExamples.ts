import { Effect } from "effect"
import { examplesOf, type Capability } from "../capability.ts"
import type { Participant } from "../participant.ts"
import { randomIndices } from "./draw.ts"

/**
 * Draws `count` different examples of a capability, ascending, from those of the held-out split that ground truths are
 * drawn from; all of them, if they are fewer.
 */
export const drawHeldOut = Effect.fnUntraced(function* (
  { plan }: Participant,
  capability: Capability,
  count: number,
) {
  const { from, size } = plan.groundTruthPool
  const pool = Uint32Array.from({ length: size }, (_, place) => from + place)
  const ofCapability = examplesOf(capability, plan.dataset.test.labels, pool)
  const drawn = yield* randomIndices(ofCapability.length, count)
  return drawn.map((place) => ofCapability[place]!)
})

/** Which part of an evaluation set is looked at. */
import type { RandomStream } from "../../sim/kernel/randomStream.ts"

/** Examples in a share (above 0, at most 1) of `total`: to the nearest integer, at least one. */
export const sampleSize = (total: number, share: number): number =>
  Math.min(total, Math.max(1, Math.round(total * share)))

/**
 * `count` of the items without repetition, every such choice equally likely, in the items' own order. All of them
 * when `count` is their number: then nothing is drawn.
 */
export const drawSample = <A>(items: readonly A[], count: number, stream: RandomStream): readonly A[] => {
  if (count >= items.length) return items
  // Floyd's algorithm: as many draws as places.
  const places = new Set<number>()
  for (let bound = items.length - count; bound < items.length; bound++) {
    const candidate = stream.int(0, bound)
    places.add(places.has(candidate) ? bound : candidate)
  }
  return items.filter((_, place) => places.has(place))
}

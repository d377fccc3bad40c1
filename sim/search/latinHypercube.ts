/**
 * Latin hypercube (McKay, Beckman and Conover 1979): points that fill a cube so that every coordinate has exactly one
 * of them in each of `count` equal strata.
 */
import type { RandomStream } from "../kernel/randomStream.ts"

/** `count` points with `dimensions` coordinates from 0 to below 1. */
export function latinHypercube(
  { count, dimensions }: { readonly count: number; readonly dimensions: number },
  stream: RandomStream,
): readonly (readonly number[])[] {
  const columns = Array.from({ length: dimensions }, () => {
    const strata = stream.shuffle(Array.from({ length: count }, (_, stratum) => stratum))
    return strata.map((stratum) => (stratum + stream.next()) / count)
  })
  return Array.from({ length: count }, (_, point) => columns.map((column) => column[point]!))
}

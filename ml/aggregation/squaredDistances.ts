import type { Contribution } from "./contribution.ts"

/** Weights that are compared at a time: 100 clients' fit a processor's cache. */
const BLOCK = 2048

/**
 * ‖aᵢ − aⱼ‖² of all pairs in float64, as a symmetric matrix with one row a contribution. The sum over the weights is
 * made in blocks of fixed size.
 */
export const squaredDistances = (contributions: readonly Contribution[]): readonly Float64Array[] => {
  const clients = contributions.length
  const length = contributions[0]!.values.length
  const distances = contributions.map(() => new Float64Array(clients))
  for (let from = 0; from < length; from += BLOCK) {
    const to = Math.min(from + BLOCK, length)
    for (let i = 0; i < clients; i++) {
      const row = distances[i]!
      const values = contributions[i]!.values
      for (let j = i + 1; j < clients; j++) {
        row[j] = row[j]! + squaredDistance(values, contributions[j]!.values, from, to)
      }
    }
  }
  for (let i = 0; i < clients; i++) for (let j = 0; j < i; j++) distances[i]![j] = distances[j]![i]!
  return distances
}

/** Four sums side by side: one would wait for each addition to end. */
const squaredDistance = (a: Float32Array, b: Float32Array, from: number, to: number): number => {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  let i = from
  for (; i + 3 < to; i += 4) {
    const d0 = a[i]! - b[i]!
    const d1 = a[i + 1]! - b[i + 1]!
    const d2 = a[i + 2]! - b[i + 2]!
    const d3 = a[i + 3]! - b[i + 3]!
    s0 += d0 * d0
    s1 += d1 * d1
    s2 += d2 * d2
    s3 += d3 * d3
  }
  for (; i < to; i++) {
    const d = a[i]! - b[i]!
    s0 += d * d
  }
  return s0 + s1 + (s2 + s3)
}

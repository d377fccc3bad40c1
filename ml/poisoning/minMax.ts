/**
 * Min-max (Shejwalkar and Houmansadr 2021): mean − γ · standard deviation of honest updates, with the largest γ at which
 * the result lies no further from any of them than they lie from each other. No distance gives it away.
 */
import { alie } from "./alie.ts"

/** Halvings of the interval in which γ is searched: the result is good to a millionth of it. */
const STEPS = 20

/** `strength` × γ: 1 hides among `updates`, more does not. With fewer than two different updates there is no room: the mean. */
export const minMax = (updates: readonly Float32Array[], strength: number): Float32Array => {
  const mean = alie(updates, 0)
  const shifted = alie(updates, 1)
  const allowed = Math.max(0, ...updates.flatMap((a, i) => updates.slice(i + 1).map((b) => distance(a, b))))
  const at = (gamma: number) => mean.map((value, i) => value + gamma * (shifted[i]! - value))
  const hides = (gamma: number) => updates.every((update) => distance(at(gamma), update) <= allowed)
  const length = distance(mean, shifted)
  if (allowed === 0 || length === 0) return mean
  // Further than this from the mean is further than allowed from at least one of them.
  let high = (2 * allowed) / length
  let low = 0
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2
    if (hides(middle)) low = middle
    else high = middle
  }
  return at(strength * low)
}

/** Euclidean, in float64. */
const distance = (a: Float32Array, b: Float32Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) * (a[i]! - b[i]!)
  return Math.sqrt(sum)
}

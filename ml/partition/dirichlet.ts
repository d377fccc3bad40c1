import type { RandomStream } from "../../sim/kernel/randomStream.ts"
import { asShard, byClass, openPool, PartitionInvalid, type PartitionRequest } from "./pool.ts"

/**
 * Skewed shards of equal size: each shard draws its mix of classes from a Dirichlet distribution around the pool's own
 * mix, and then its examples from that mix without replacement; a class that runs out is left out of the mixes from
 * then on (the procedure of Hsu, Qi and Brown 2019).
 *
 * `alpha` is the concentration of each class where all have the same size, Dirichlet(α, …, α), as in Yurochkin et al.
 * (2019) and most work since; class k of an uneven pool has α · K · (its share). Hsu et al. state the sum over
 * classes, which is K times this `alpha`. A large one approaches iid, one near 0 gives shards of one class until those
 * run out. Throws `PartitionInvalid`.
 */
export const dirichlet = (request: PartitionRequest & { readonly alpha: number }): Uint32Array[] => {
  const { alpha, parts, stream } = request
  if (!Number.isFinite(alpha) || alpha <= 0) {
    throw new PartitionInvalid({ problem: `alpha is ${alpha}, expected a number above 0` })
  }
  const { pool, size } = openPool(request)
  const remaining = byClass(pool, request.labels).map((group) => stream.shuffle(group))
  const concentration = remaining.map((group) => (alpha * group.length * remaining.length) / pool.length)
  return Array.from({ length: parts }, () => {
    const mix = drawMix(stream, concentration)
    return asShard(Array.from({ length: size }, () => remaining[drawClass(stream, mix, remaining)]!.pop()!))
  })
}

/** Draws a class in proportion to `mix` among those with examples left; in proportion to what is left if all have weight zero. */
const drawClass = (stream: RandomStream, mix: readonly number[], remaining: readonly number[][]): number => {
  let weights = remaining.map((group, k) => (group.length > 0 ? mix[k]! : 0))
  let total = weights.reduce((sum, weight) => sum + weight, 0)
  if (!(total > 0)) {
    weights = remaining.map((group) => group.length)
    total = weights.reduce((sum, weight) => sum + weight, 0)
  }
  let left = stream.next() * total
  for (let k = 0; k < weights.length; k++) {
    left -= weights[k]!
    if (left < 0 && weights[k]! > 0) return k
  }
  return weights.findLastIndex((weight) => weight > 0)
}

/** A mix of classes in proportion to Gamma variables, the largest scaled to 1. Logarithms, since small shapes underflow. */
const drawMix = (stream: RandomStream, concentration: readonly number[]): readonly number[] => {
  const logarithms = concentration.map((shape) => (shape > 0 ? logGamma(stream, shape) : -Infinity))
  const largest = Math.max(...logarithms)
  return logarithms.map((logarithm) => Math.exp(logarithm - largest))
}

/** Logarithm of a Gamma(shape, 1) variable: a shape below 1 is boosted by one and scaled down by u^(1/shape). */
const logGamma = (stream: RandomStream, shape: number): number =>
  shape < 1
    ? Math.log(gamma(stream, shape + 1)) + Math.log(1 - stream.next()) / shape
    : Math.log(gamma(stream, shape))

/** Gamma(shape, 1) for shapes from 1, by Marsaglia and Tsang (2000). */
const gamma = (stream: RandomStream, shape: number): number => {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = stream.normal()
    const v = (1 + c * x) * (1 + c * x) * (1 + c * x)
    if (v > 0 && Math.log(1 - stream.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

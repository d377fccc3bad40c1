import type { RandomStream } from "../../sim/kernel/randomStream.ts"
import { asShard, byClass, openPool, PartitionInvalid, type PartitionRequest } from "./pool.ts"

/**
 * Skewed shards of equal size (Hsu, Qi and Brown 2019): each shard draws its mix of classes from
 * Dirichlet(α · mix of the pool) and then its examples from that mix without replacement; a class that runs out
 * is left out of the mixes from then on. Large α approaches iid, α near 0 gives shards of one class.
 * Throws `PartitionInvalid`.
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
    const mix = concentration.map((shape) => (shape > 0 ? gamma(stream, shape) : 0))
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

/** Gamma(shape, 1) by Marsaglia and Tsang (2000); a shape below 1 is boosted by one and scaled down by u^(1/shape). */
const gamma = (stream: RandomStream, shape: number): number => {
  if (shape < 1) return gamma(stream, shape + 1) * Math.exp(Math.log(1 - stream.next()) / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = stream.normal()
    const v = (1 + c * x) * (1 + c * x) * (1 + c * x)
    if (v > 0 && Math.log(1 - stream.next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

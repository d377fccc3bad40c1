import { asShard, byClass, openPool, PartitionInvalid, type PartitionRequest } from "./pool.ts"

/**
 * The pathological split of McMahan et al. (2017): the pool sorted by label is cut into parts · slicesPerPart slices of equal
 * size, and each shard gets `slicesPerPart` of them at random. With 2, most shards know two classes; a slice in which one class ends
 * and the next begins, as happens where classes differ in size, brings one more.
 * Throws `PartitionInvalid`.
 */
export const byLabel = (request: PartitionRequest & { readonly slicesPerPart?: number }): Uint32Array[] => {
  const { parts, stream, slicesPerPart = 2 } = request
  const { pool, size } = openPool(request)
  if (!Number.isInteger(slicesPerPart) || slicesPerPart < 1 || size % slicesPerPart !== 0) {
    throw new PartitionInvalid({
      problem: `${slicesPerPart} slices per part do not divide the ${size} samples of a part`,
    })
  }
  const length = size / slicesPerPart
  // Which examples are left out, when the pool is larger than what is dealt, must not depend on the label.
  const dealt = stream.shuffle(pool).slice(0, size * parts)
  const sorted = byClass(dealt, request.labels).flat()
  const slices = stream.shuffle(Array.from({ length: parts * slicesPerPart }, (_, slice) => slice))
  return Array.from({ length: parts }, (_, part) =>
    asShard(
      slices
        .slice(part * slicesPerPart, (part + 1) * slicesPerPart)
        .flatMap((slice) => sorted.slice(slice * length, (slice + 1) * length)),
    ),
  )
}

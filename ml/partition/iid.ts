import { asShard, openPool, type PartitionRequest } from "./pool.ts"

/** Shards drawn uniformly without replacement: every shard looks like the pool. Throws `PartitionInvalid`. */
export const iid = (request: PartitionRequest): Uint32Array[] => {
  const { pool, size } = openPool(request)
  const shuffled = request.stream.shuffle(pool)
  return Array.from({ length: request.parts }, (_, part) =>
    asShard(shuffled.slice(part * size, (part + 1) * size)),
  )
}

/**
 * What every partition starts from, and what holds for each: shards are disjoint, taken from the pool, drawn from
 * the kernel's stream, and list their indices in ascending order.
 */
import { Schema } from "effect"
import type { RandomStream } from "../../sim/kernel/randomStream.ts"

export interface PartitionRequest {
  /** Label of every example of the split, by index. */
  readonly labels: Uint8Array
  /** Indices that may be dealt out, without repetition; default all. */
  readonly pool?: ArrayLike<number>
  /** Number of shards. */
  readonly parts: number
  /** Size of each shard; default: the pool's size divided by `parts`, rounded down. What is left over is not dealt. */
  readonly samplesPerPart?: number
  readonly stream: RandomStream
}

/** A partition that the pool cannot give. */
export class PartitionInvalid extends Schema.TaggedError<PartitionInvalid>()("PartitionInvalid", {
  problem: Schema.String,
}) {
  override get message(): string {
    return `cannot partition the data: ${this.problem}`
  }
}

/** The pool in ascending order and the size of a shard, checked. Throws `PartitionInvalid`. */
export const openPool = (request: PartitionRequest): { readonly pool: number[]; readonly size: number } => {
  const { labels, parts } = request
  const pool = Array.from(request.pool ?? labels.keys()).sort((a, b) => a - b)
  pool.forEach((index, i) => {
    if (!Number.isInteger(index) || index < 0 || index >= labels.length) {
      refuse(`index ${index} names none of the ${labels.length} examples`)
    }
    if (i > 0 && pool[i - 1] === index) refuse(`index ${index} is in the pool twice`)
  })
  if (!Number.isInteger(parts) || parts < 1) refuse(`${parts} parts, expected an integer from 1`)
  const size = request.samplesPerPart ?? Math.floor(pool.length / parts)
  if (!Number.isInteger(size) || size < 1) refuse(`${size} samples per part, expected an integer from 1`)
  if (size * parts > pool.length) {
    refuse(`${parts} parts of ${size} need ${size * parts} examples, the pool has ${pool.length}`)
  }
  return { pool, size }
}

const refuse = (problem: string): never => {
  throw new PartitionInvalid({ problem })
}

/** A shard as data: ascending indices. */
export const asShard = (indices: readonly number[]): Uint32Array => Uint32Array.from(indices).sort()

/** Indices of the pool by label: entry k lists those of class k, ascending. */
export const byClass = (pool: readonly number[], labels: Uint8Array): number[][] => {
  const classes = pool.reduce((top, index) => Math.max(top, labels[index]! + 1), 0)
  const groups: number[][] = Array.from({ length: classes }, () => [])
  for (const index of pool) groups[labels[index]!]!.push(index)
  return groups
}

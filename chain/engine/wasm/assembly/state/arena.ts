/**
 * Records of 128 bytes in chunks, in the order in which they came. A record keeps its address; only the youngest can
 * be taken away. A descriptor of 16 bytes holds: the table of chunks, its capacity, the number of records.
 */
import { allocate, reallocate } from "../heap"

export const recordBytes: usize = 128
/** Fewer records more than twice those that the last compaction left are not worth another one. */
export const compactionThreshold: u32 = 65536
const chunkShift: u32 = 9
const chunkMask: u32 = (1 << chunkShift) - 1
const CAPACITY: usize = 4
const LENGTH: usize = 8

export function lengthOf(arena: usize): u32 {
  return load<u32>(arena, LENGTH)
}

export function recordAt(arena: usize, index: u32): usize {
  const chunk = load<usize>(load<usize>(arena) + ((<usize>(index >> chunkShift)) << 2))
  return chunk + ((<usize>(index & chunkMask)) << 7)
}

/** A new youngest record, all zeros. */
export function append(arena: usize): usize {
  const index = load<u32>(arena, LENGTH)
  const chunk = index >> chunkShift
  let capacity = load<u32>(arena, CAPACITY)
  if (chunk >= capacity) {
    const larger = capacity == 0 ? 16 : capacity * 2
    const table = reallocate(load<usize>(arena), capacity * 4, capacity * 4, larger * 4)
    memory.fill(table + capacity * 4, 0, (larger - capacity) * 4)
    store<usize>(arena, table)
    store<u32>(arena, larger, CAPACITY)
    capacity = larger
  }
  const entry = load<usize>(arena) + ((<usize>chunk) << 2)
  if (load<usize>(entry) == 0) store<usize>(entry, allocate(recordBytes << chunkShift))
  store<u32>(arena, index + 1, LENGTH)
  const record = recordAt(arena, index)
  memory.fill(record, 0, recordBytes)
  return record
}

/** Forgets the records from `length` on; their chunks are kept for the next ones. */
export function truncate(arena: usize, length: u32): void {
  store<u32>(arena, length, LENGTH)
}

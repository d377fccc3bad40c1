/**
 * Allocation in the world's linear memory: blocks whose size is a power of two, with a free list for each size.
 * A block never moves, so that pointers to records stay true for as long as the record lives.
 */

/** 64 bytes: two words, and a line of the cache. */
const smallestClass: u32 = 6
const classes: u32 = 32
const pageBytes: usize = 65536
/** Memory grows by at least so many pages at once. */
const growthPages: usize = 16

const freeLists: usize = memory.data(128)
let top: usize = (__heap_base + 63) & ~63

/** The end of what is in use: a copy of the memory up to here is a copy of the world. */
export function heapTop(): usize {
  return top
}

function classOf(bytes: usize): u32 {
  const wanted = bytes <= 1 ? 0 : 32 - clz<u32>(<u32>bytes - 1)
  return max<u32>(smallestClass, wanted)
}

/** The free blocks of a size, linked by their first four bytes. */
export function freeBlocks(sizeClass: u32): usize {
  return load<usize>(freeLists + ((<usize>sizeClass) << 2))
}

/** A block of at least so many bytes, of undefined content. Traps when the memory can't grow. */
export function allocate(bytes: usize): usize {
  const size = classOf(bytes)
  if (size >= classes - 1) unreachable()
  const list = freeLists + ((<usize>size) << 2)
  const free = load<usize>(list)
  if (free != 0) {
    store<usize>(list, load<usize>(free))
    return free
  }
  const block = top
  const end = block + ((<usize>1) << (<usize>size))
  if (end < block) unreachable()
  reserve(end)
  top = end
  return block
}

function reserve(end: usize): void {
  const pages = (end + pageBytes - 1) / pageBytes
  const present = <usize>memory.size()
  if (pages <= present) return
  const missing = pages - present
  if (memory.grow(<i32>max<usize>(missing, growthPages)) >= 0) return
  if (memory.grow(<i32>missing) < 0) unreachable()
}

/** As `allocate`, and every byte is zero. */
export function allocateZeroed(bytes: usize): usize {
  const block = allocate(bytes)
  memory.fill(block, 0, bytes)
  return block
}

/** Gives a block back; `bytes` as it was allocated with. */
export function release(block: usize, bytes: usize): void {
  const list = freeLists + ((<usize>classOf(bytes)) << 2)
  store<usize>(block, load<usize>(list))
  store<usize>(list, block)
}

/** A block of `bytes` with the first `used` bytes of the old one, which is released. */
export function reallocate(block: usize, capacity: usize, used: usize, bytes: usize): usize {
  const larger = allocate(bytes)
  if (capacity != 0) {
    memory.copy(larger, block, used)
    release(block, capacity)
  }
  return larger
}

/** What memory costs, and what is asked of it with offsets and sizes that may be absurd. */
import { GAS, MEMORY_SIZE, resizeMemory } from "./frame"
import { OK, OUT_OF_GAS, OUT_OF_MEMORY } from "./halts"

/** No frame gets more: 128 MiB cost 34 Ggas, a thousand blocks' worth. */
const memoryCapBytes: u64 = 1 << 27
/** So much costs 9 × 10^15 gas; beyond it the price no longer fits in 63 bits. */
const payableBytes: u64 = 1 << 36

/** The gas of a memory of so many bytes: 3 a word, and a 512th of the square. */
function priceOf(bytes: u64): i64 {
  const words = <i64>(bytes >> 5)
  return words * 3 + (words * words) / 512
}

/** Pays for memory up to `end` bytes, and provides it. */
export function expand(frame: usize, end: u64): i32 {
  const size = <u64>load<u32>(frame, MEMORY_SIZE)
  if (end <= size) return OK
  if (end > payableBytes) return OUT_OF_GAS
  const wanted = (end + 31) & ~31
  const gas = load<i64>(frame, GAS) - (priceOf(wanted) - priceOf(size))
  if (gas < 0) return OUT_OF_GAS
  if (wanted > memoryCapBytes) return OUT_OF_MEMORY
  store<i64>(frame, gas, GAS)
  resizeMemory(frame, <u32>wanted)
  return OK
}

/** As `expand`, for a range given by two words; a range of size zero may be anywhere. */
export function expandRange(frame: usize, offset: usize, size: usize): i32 {
  const bytes = clamped(size)
  if (bytes == 0) return OK
  return expand(frame, clamped(offset) + bytes)
}

/** A word as a number, or 2^62 where it is more. */
export function clamped(word: usize): u64 {
  const low = load<u64>(word)
  const rest = load<u64>(word, 8) | load<u64>(word, 16) | load<u64>(word, 24)
  return rest != 0 || low >> 62 != 0 ? 1 << 62 : low
}

/** Gas for so many bytes at a price for each word begun; too much for any gas limit where the size is absurd. */
export function gasPerWord(bytes: u64, price: i64): i64 {
  return <i64>((bytes + 31) >> 5) * price
}

/** Pays; false when there is not enough. */
export function pay(frame: usize, gas: i64): bool {
  const left = load<i64>(frame, GAS) - gas
  if (left < 0) return false
  store<i64>(frame, left, GAS)
  return true
}

/** Copies into memory from a source of a length, as if zeros followed it. The memory must be there. */
export function copyPadded(to: usize, source: usize, length: u64, offset: u64, size: usize): void {
  const available: usize = offset >= length ? 0 : <usize>min<u64>(length - offset, <u64>size)
  if (available != 0) memory.copy(to, source + <usize>offset, available)
  if (size > available) memory.fill(to + available, 0, size - available)
}

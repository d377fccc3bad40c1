// Words and the 32 big-endian bytes by which contracts know them. Bytes may lie at any address.

import { storeLimbs } from "./limbs"

/** Reads 32 big-endian bytes into a word. */
export function loadWord(out: usize, bytes: usize): void {
  let high = v128.load(bytes)
  let low = v128.load(bytes, 16)
  v128.store(out, reversed(low))
  v128.store(out, reversed(high), 16)
}

/** Writes a word as 32 big-endian bytes. */
export function storeWord(bytes: usize, word: usize): void {
  let low = twoLimbs(word)
  let high = twoLimbs(word + 16)
  v128.store(bytes, reversed(high))
  v128.store(bytes, reversed(low), 16)
}

/**
 * Read limb by limb: words are mostly results of just now, written limb by limb, and a processor cannot hand two small
 * stores on to one large load before both are in the cache.
 */
function twoLimbs(at: usize): v128 {
  return v128.load_lane<u64>(at, v128.load_zero<u64>(at), 1, 8)
}

function reversed(half: v128): v128 {
  return i8x16.shuffle(half, half, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
}

export function storeZero(out: usize): void {
  storeLimbs(out, 0, 0, 0, 0)
}

/** Limb by limb for the same reason: by halves, copying a fresh result takes 5 ns longer. */
export function copyWord(out: usize, word: usize): void {
  storeLimbs(out, load<u64>(word), load<u64>(word, 8), load<u64>(word, 16), load<u64>(word, 24))
}

// Words and the 32 big-endian bytes by which contracts know them. Bytes may lie at any address.

/** Reads 32 big-endian bytes into a word. */
export function loadWord(out: usize, bytes: usize): void {
  let high = v128.load(bytes)
  let low = v128.load(bytes, 16)
  v128.store(out, reversed(low))
  v128.store(out, reversed(high), 16)
}

/** Writes a word as 32 big-endian bytes. */
export function storeWord(bytes: usize, word: usize): void {
  let low = v128.load(word)
  let high = v128.load(word, 16)
  v128.store(bytes, reversed(high))
  v128.store(bytes, reversed(low), 16)
}

function reversed(half: v128): v128 {
  return i8x16.shuffle(half, half, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
}

export function storeZero(out: usize): void {
  v128.store(out, i64x2.splat(0))
  v128.store(out, i64x2.splat(0), 16)
}

export function copyWord(out: usize, word: usize): void {
  let low = v128.load(word)
  let high = v128.load(word, 16)
  v128.store(out, low)
  v128.store(out, high, 16)
}

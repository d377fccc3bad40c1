/** Between 256-bit words, which the EVM's stack holds as bigints, and big-endian bytes. */

const word64 = 0xffff_ffff_ffff_ffffn
const twoTo53 = 2 ** 53

/** Reads the 32 bytes at `offset`, all of which must exist. Small words, the common case, are fast. */
export const readWord = (view: DataView, offset: number): bigint => {
  const top = view.getBigUint64(offset)
  const upper = view.getBigUint64(offset + 8)
  const lower = view.getBigUint64(offset + 16)
  const low = view.getBigUint64(offset + 24)
  if (top === 0n && upper === 0n) return lower === 0n ? low : (lower << 64n) | low
  return (((top << 64n) | upper) << 128n) | (lower << 64n) | low
}

/** Writes `word` as 32 bytes at `offset`. */
export const writeWord = (view: DataView, offset: number, word: bigint): void => {
  if (word <= word64) {
    view.setBigUint64(offset, 0n)
    view.setBigUint64(offset + 8, 0n)
    view.setBigUint64(offset + 16, 0n)
    view.setBigUint64(offset + 24, word)
    return
  }
  view.setBigUint64(offset, word >> 192n)
  view.setBigUint64(offset + 8, (word >> 128n) & word64)
  view.setBigUint64(offset + 16, (word >> 64n) & word64)
  view.setBigUint64(offset + 24, word & word64)
}

export const wordToBytes = (word: bigint): Uint8Array => {
  const bytes = new Uint8Array(32)
  writeWord(new DataView(bytes.buffer), 0, word)
  return bytes
}

/** The shortest big-endian form; no bytes for zero. */
export const wordToShortestBytes = (word: bigint): Uint8Array => {
  const bytes = wordToBytes(word)
  let start = 0
  while (start < 32 && bytes[start] === 0) start++
  return bytes.slice(start)
}

/** Interprets any number of bytes as a big-endian integer; no bytes are zero. */
export const bytesToWord = (bytes: Uint8Array): bigint => {
  if (bytes.length > 6) return BigInt(`0x${bytesToUnprefixed(bytes)}`)
  let value = 0
  for (const byte of bytes) value = value * 256 + byte
  return value < twoTo53 ? BigInt(value) : BigInt(`0x${bytesToUnprefixed(bytes)}`)
}

/** Lower-case hex without `0x`. */
export const bytesToUnprefixed = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex")

// FIPS 180-4, section 6.2: SHA-256, which is Ethereum's precompile 2.

const BLOCK: usize = 64

/** Of section 4.2.2, one for each round. */
const roundConstants: usize = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
])
/** Of section 5.3.3. */
const start: usize = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
])
const state: usize = memory.data(32, 16)
/** 64 words, of which the first 16 are the block's. */
const schedule: usize = memory.data(256, 16)
const padded: usize = memory.data(128, 16)

/** The hash of `length` bytes at `input` as 32 bytes at `out`. */
export function sha256(out: usize, input: usize, length: usize): void {
  v128.store(state, v128.load(start))
  v128.store(state, v128.load(start, 16), 16)
  let bits = (<u64>length) << 3
  for (; length >= BLOCK; length -= BLOCK) {
    compress(input)
    input += BLOCK
  }
  compressRest(input, length, bits)
  v128.store(out, inBigEndian(v128.load(state)))
  v128.store(out, inBigEndian(v128.load(state, 16)), 16)
}

/** What is left of the input, then a bit 1, zeros, and the number of all bits. */
function compressRest(input: usize, length: usize, bits: u64): void {
  let end = length < BLOCK - 8 ? BLOCK : 2 * BLOCK
  memory.copy(padded, input, length)
  memory.fill(padded + length, 0, end - length)
  store<u8>(padded + length, 0x80)
  store<u64>(padded + end - 8, bswap<u64>(bits))
  compress(padded)
  if (end > BLOCK) compress(padded + BLOCK)
}

function inBigEndian(words: v128): v128 {
  return i8x16.shuffle(words, words, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
}

function fillSchedule(block: usize): void {
  for (let at: usize = 0; at < BLOCK; at += 16) v128.store(schedule + at, inBigEndian(v128.load(block + at)))
  for (let at = schedule + BLOCK; at < schedule + 256; at += 4) {
    let two = load<u32>(at - 8)
    let fifteen = load<u32>(at - 60)
    let sigma0 = rotr<u32>(fifteen, 7) ^ rotr<u32>(fifteen, 18) ^ (fifteen >> 3)
    let sigma1 = rotr<u32>(two, 17) ^ rotr<u32>(two, 19) ^ (two >> 10)
    store<u32>(at, sigma1 + load<u32>(at - 28) + sigma0 + load<u32>(at - 64))
  }
}

/** Eight rounds to the loop, after which each variable has its own place again. */
function compress(block: usize): void {
  fillSchedule(block)
  let a = load<u32>(state, 0)
  let b = load<u32>(state, 4)
  let c = load<u32>(state, 8)
  let d = load<u32>(state, 12)
  let e = load<u32>(state, 16)
  let f = load<u32>(state, 20)
  let g = load<u32>(state, 24)
  let h = load<u32>(state, 28)
  for (let at: usize = 0; at < 256; at += 32) {
    h += chosen(e, f, g) + roundWord(at + 0)
    d += h
    h += agreed(a, b, c)
    g += chosen(d, e, f) + roundWord(at + 4)
    c += g
    g += agreed(h, a, b)
    f += chosen(c, d, e) + roundWord(at + 8)
    b += f
    f += agreed(g, h, a)
    e += chosen(b, c, d) + roundWord(at + 12)
    a += e
    e += agreed(f, g, h)
    d += chosen(a, b, c) + roundWord(at + 16)
    h += d
    d += agreed(e, f, g)
    c += chosen(h, a, b) + roundWord(at + 20)
    g += c
    c += agreed(d, e, f)
    b += chosen(g, h, a) + roundWord(at + 24)
    f += b
    b += agreed(c, d, e)
    a += chosen(f, g, h) + roundWord(at + 28)
    e += a
    a += agreed(b, c, d)
  }
  store<u32>(state, load<u32>(state, 0) + a, 0)
  store<u32>(state, load<u32>(state, 4) + b, 4)
  store<u32>(state, load<u32>(state, 8) + c, 8)
  store<u32>(state, load<u32>(state, 12) + d, 12)
  store<u32>(state, load<u32>(state, 16) + e, 16)
  store<u32>(state, load<u32>(state, 20) + f, 20)
  store<u32>(state, load<u32>(state, 24) + g, 24)
  store<u32>(state, load<u32>(state, 28) + h, 28)
}

function roundWord(at: usize): u32 {
  return load<u32>(roundConstants + at) + load<u32>(schedule + at)
}

/** Sum 1 and the choice. */
function chosen(e: u32, f: u32, g: u32): u32 {
  return (rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25)) + (g ^ (e & (f ^ g)))
}

/** Sum 0 and the majority. */
function agreed(a: u32, b: u32, c: u32): u32 {
  return (rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22)) + ((a & b) | (c & (a | b)))
}

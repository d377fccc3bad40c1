import { copyWord, storeZero } from "./bytes"
import { storeLimbs } from "./limbs"
import { multiply } from "./multiply"

const power: usize = memory.data(32, 8)
const result: usize = memory.data(32, 8)

/** The number of significant bits, 0 of zero. */
export function bitLength(a: usize): i32 {
  for (let limb: i32 = 3; limb >= 0; limb--) {
    let bits = load<u64>(a + ((<usize>limb) << 3))
    if (bits != 0) return (limb << 6) + 64 - <i32>clz(bits)
  }
  return 0
}

/** The number of significant bytes, 0 of zero: what EXP is charged for. */
export function byteLength(a: usize): i32 {
  return (bitLength(a) + 7) >> 3
}

/** out = base ^ exponent modulo 2^256; 0 ^ 0 is 1. */
export function exponentiate(out: usize, base: usize, exponent: usize): void {
  let low = load<u64>(exponent)
  let short = (load<u64>(exponent, 8) | load<u64>(exponent, 16) | load<u64>(exponent, 24)) == 0 && low < 256
  if (short && low == 0) return storeLimbs(out, 1, 0, 0, 0)
  // An even base has lost all its bits by its 256th power.
  if (!short && (load<u8>(base) & 1) == 0) return storeZero(out)
  let ones = popcnt(load<u64>(base)) + popcnt(load<u64>(base, 8)) + popcnt(load<u64>(base, 16))
  if (ones + popcnt(load<u64>(base, 24)) == 1) return powerOfTwo(out, <u64>(bitLength(base) - 1) * low)
  if (short) raise(out, base, low)
  else raiseLong(out, base, exponent)
}

/** 2 ^ bits. Of base 1, `bits` is 0 whatever the exponent. */
function powerOfTwo(out: usize, bits: u64): void {
  storeZero(out)
  if (bits < 256) store<u64>(out + <usize>((bits >> 6) << 3), (<u64>1) << (bits & 63))
}

/** By squaring, from the least significant bit: small numbers stay small for most of the way. */
function raise(out: usize, base: usize, exponent: u64): void {
  copyWord(power, base)
  while ((exponent & 1) == 0) {
    multiply(power, power, power)
    exponent >>= 1
  }
  copyWord(result, power)
  for (exponent >>= 1; exponent != 0; exponent >>= 1) {
    multiply(power, power, power)
    if ((exponent & 1) != 0) multiply(result, result, power)
  }
  copyWord(out, result)
}

function raiseLong(out: usize, base: usize, exponent: usize): void {
  copyWord(power, base)
  storeLimbs(result, 1, 0, 0, 0)
  let bits = bitLength(exponent)
  for (let bit: i32 = 0; bit < bits; bit++) {
    let limb = load<u64>(exponent + ((<usize>(bit >> 6)) << 3))
    if (((limb >> ((<u64>bit) & 63)) & 1) != 0) multiply(result, result, power)
    multiply(power, power, power)
  }
  copyWord(out, result)
}

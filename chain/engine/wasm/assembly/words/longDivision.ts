// Division by more than 64 bits: Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D,
// on 32-bit digits. Numbers lie in scratch memory, normalised: the divisor's highest bit is set.

import { storeZero } from "./bytes"

const numeratorDigits: usize = memory.data(80, 8)
const divisorDigits: usize = memory.data(40, 8)

/** The quotient of the last division; of eight limbs, its lower part is all that is sure. */
export const longQuotient: usize = memory.data(64, 8)
/** The remainder of the last division, four limbs. */
export const longRemainder: usize = memory.data(32, 8)

/** Divides `limbs` limbs (4 or 8) at `numerator` by a word of more than 64 bits. */
export function divideLong(numerator: usize, limbs: i32, divisor: usize): void {
  let n = significantDigits(divisor, 4)
  let m = significantDigits(numerator, limbs)
  storeZero(longQuotient)
  let shift = <u64>clz(load<u32>(divisor + ((<usize>n - 1) << 2)))
  shiftUp(divisorDigits, divisor, 4, shift)
  shiftUp(numeratorDigits, numerator, limbs, shift)
  for (let place = m - n; place >= 0; place--) {
    let digits = numeratorDigits + ((<usize>place) << 2)
    store<u32>(longQuotient + ((<usize>place) << 2), <u32>divideDigit(digits, n))
  }
  shiftDownRemainder(shift)
}

/** One digit of the quotient; what it stands for is taken from the digits of the numerator. */
function divideDigit(digits: usize, n: i32): u64 {
  let top = digits + ((<usize>n) << 2)
  let quotient = guessDigit(top, divisorDigits + ((<usize>n) << 2))
  if (quotient != 0 && subtractMultiple(digits, quotient, n) < 0) {
    quotient -= 1
    addBack(digits, n)
  }
  return quotient
}

/** From the three highest digits of the numerator and the two of the divisor: at most 1 too large. */
function guessDigit(top: usize, divisorEnd: usize): u64 {
  let high = <u64>load<u32>(divisorEnd - 4)
  let next = <u64>load<u32>(divisorEnd - 8)
  let two = ((<u64>load<u32>(top)) << 32) | (<u64>load<u32>(top - 4))
  let third = <u64>load<u32>(top - 8)
  let quotient = two / high
  let rest = two - quotient * high
  while (quotient >> 32 != 0 || quotient * next > ((rest << 32) | third)) {
    quotient -= 1
    rest += high
    if (rest >> 32 != 0) break
  }
  return quotient
}

/** Negative when the multiple was larger than the numerator's digits. */
function subtractMultiple(digits: usize, quotient: u64, n: i32): i64 {
  let borrow: i64 = 0
  let end = (<usize>n) << 2
  for (let at: usize = 0; at < end; at += 4) {
    let product = quotient * <u64>load<u32>(divisorDigits + at)
    let difference = <i64>load<u32>(digits + at) - borrow - <i64>(product & 0xffffffff)
    store<u32>(digits + at, <u32>difference)
    borrow = <i64>(product >> 32) - (difference >> 32)
  }
  let last = <i64>load<u32>(digits + end) - borrow
  store<u32>(digits + end, <u32>last)
  return last
}

function addBack(digits: usize, n: i32): void {
  let carry: u64 = 0
  let end = (<usize>n) << 2
  for (let at: usize = 0; at < end; at += 4) {
    carry += <u64>load<u32>(digits + at) + <u64>load<u32>(divisorDigits + at)
    store<u32>(digits + at, <u32>carry)
    carry >>= 32
  }
  store<u32>(digits + end, load<u32>(digits + end) + <u32>carry)
}

function significantDigits(number: usize, limbs: i32): i32 {
  for (let digit = (limbs << 1) - 1; digit >= 0; digit--) {
    if (load<u32>(number + ((<usize>digit) << 2)) != 0) return digit + 1
  }
  return 0
}

/** Writes one limb more than it reads. */
function shiftUp(out: usize, number: usize, limbs: i32, shift: u64): void {
  let below: u64 = 0
  for (let at: usize = 0, end = (<usize>limbs) << 3; at < end; at += 8) {
    let limb = load<u64>(number + at)
    store<u64>(out + at, (limb << shift) | below)
    below = (limb >> 1) >> (63 - shift)
  }
  store<u64>(out + ((<usize>limbs) << 3), below)
}

/** All digits of the numerator from the divisor's length on are 0 by now. */
function shiftDownRemainder(shift: u64): void {
  for (let at: usize = 0; at < 32; at += 8) {
    let above = load<u64>(numeratorDigits + at, 8)
    let limb = (load<u64>(numeratorDigits + at) >> shift) | ((above << 1) << (63 - shift))
    store<u64>(longRemainder + at, limb)
  }
}

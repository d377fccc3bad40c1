import { storeLimbs } from "./limbs"

// Division by one limb, from the highest limb down.

/** out = a / divisor, for 0 < divisor < 2^64. */
export function divideBySmall(out: usize, a: usize, divisor: u64): void {
  let a0 = load<u64>(a)
  let a1 = load<u64>(a, 8)
  let a2 = load<u64>(a, 16)
  let a3 = load<u64>(a, 24)
  if ((divisor & (divisor - 1)) == 0) {
    let bits = ctz(divisor)
    let rest = 63 - bits
    storeLimbs(
      out,
      (a0 >> bits) | ((a1 << 1) << rest),
      (a1 >> bits) | ((a2 << 1) << rest),
      (a2 >> bits) | ((a3 << 1) << rest),
      a3 >> bits,
    )
    return
  }
  let limb3 = quotientOfOne(a3, divisor)
  let remainder = a3 - limb3 * divisor
  let shift = clz(divisor)
  let normal = divisor << shift
  // Where nothing is above a limb, one machine division does.
  let limb2 = remainder == 0 ? quotientOfOne(a2, divisor) : quotientOfTwo(remainder, a2, normal, shift)
  remainder = a2 - limb2 * divisor
  let limb1 = remainder == 0 ? quotientOfOne(a1, divisor) : quotientOfTwo(remainder, a1, normal, shift)
  remainder = a1 - limb1 * divisor
  storeLimbs(out, quotientOfTwo(remainder, a0, normal, shift), limb1, limb2, limb3)
}

/** The remainder of `limbs` limbs, for 0 < divisor < 2^64. */
export function moduloSmall(a: usize, limbs: i32, divisor: u64): u64 {
  if ((divisor & (divisor - 1)) == 0) return load<u64>(a) & (divisor - 1)
  let shift = clz(divisor)
  let normal = divisor << shift
  let remainder: u64 = 0
  for (let at = (<usize>limbs) << 3; at > 0; at -= 8) {
    let limb = load<u64>(a + at - 8)
    if (remainder == 0) remainder = limb < divisor ? limb : limb % divisor
    else remainder = limb - quotientOfTwo(remainder, limb, normal, shift) * divisor
  }
  return remainder
}

/** A machine division costs ten times the comparison, and high limbs are mostly 0. */
function quotientOfOne(limb: u64, divisor: u64): u64 {
  return limb < divisor ? 0 : limb / divisor
}

/**
 * (high · 2^64 + low) / divisor for high < divisor, in two steps of 32 bits. The divisor is given
 * shifted up until its highest bit is set: then each guess is at most 2 too large.
 */
function quotientOfTwo(high: u64, low: u64, normal: u64, shift: u64): u64 {
  high = (high << shift) | ((low >> 1) >> (63 - shift))
  low <<= shift
  let divisorHigh = normal >> 32
  let divisorLow = normal & 0xffffffff
  let first = correctedGuess(high, low >> 32, divisorHigh, divisorLow)
  let middle = ((high << 32) | (low >> 32)) - first * normal
  return (first << 32) + correctedGuess(middle, low & 0xffffffff, divisorHigh, divisorLow)
}

function correctedGuess(high: u64, digit: u64, divisorHigh: u64, divisorLow: u64): u64 {
  let quotient = high / divisorHigh
  let rest = high - quotient * divisorHigh
  if (quotient >> 32 != 0 || quotient * divisorLow > ((rest << 32) | digit)) {
    quotient -= 1
    rest += divisorHigh
    if (rest >> 32 == 0 && (quotient >> 32 != 0 || quotient * divisorLow > ((rest << 32) | digit))) {
      quotient -= 1
    }
  }
  return quotient
}

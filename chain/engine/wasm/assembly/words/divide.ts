import { copyWord } from "./bytes"
import { storeLimbs } from "./limbs"
import { divide, modulo } from "./unsignedDivision"

export { addModulo, multiplyModulo } from "./modular"
export { divide, modulo } from "./unsignedDivision"

const numerator: usize = memory.data(32, 8)
const divisor: usize = memory.data(32, 8)

/** Rounded towards zero; -2^255 / -1 is -2^255. */
export function signedDivide(out: usize, a: usize, b: usize): void {
  let negative = load<i64>(a, 24) < 0 != load<i64>(b, 24) < 0
  magnitude(numerator, a)
  magnitude(divisor, b)
  divide(out, numerator, divisor)
  if (negative) negate(out, out)
}

/** Has the sign of the numerator. */
export function signedModulo(out: usize, a: usize, b: usize): void {
  let negative = load<i64>(a, 24) < 0
  magnitude(numerator, a)
  magnitude(divisor, b)
  modulo(out, numerator, divisor)
  if (negative) negate(out, out)
}

function magnitude(out: usize, a: usize): void {
  if (load<i64>(a, 24) < 0) negate(out, a)
  else copyWord(out, a)
}

function negate(out: usize, a: usize): void {
  let limb0 = 0 - load<u64>(a)
  let borrow = u64(limb0 != 0)
  let a1 = load<u64>(a, 8)
  let limb1 = 0 - a1 - borrow
  borrow |= u64(a1 != 0)
  let a2 = load<u64>(a, 16)
  let limb2 = 0 - a2 - borrow
  borrow |= u64(a2 != 0)
  storeLimbs(out, limb0, limb1, limb2, 0 - load<u64>(a, 24) - borrow)
}

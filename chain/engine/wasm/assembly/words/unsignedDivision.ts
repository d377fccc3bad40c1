import { copyWord, storeZero } from "./bytes"
import { lessThan } from "./compare"
import { storeLimbs } from "./limbs"
import { divideLong, longQuotient, longRemainder } from "./longDivision"
import { divideBySmall, moduloSmall } from "./smallDivision"

function upperLimbs(a: usize): u64 {
  return load<u64>(a, 8) | load<u64>(a, 16) | load<u64>(a, 24)
}

/** out = a / b, rounded down; 0 when b is 0. */
export function divide(out: usize, a: usize, b: usize): void {
  if (upperLimbs(b) == 0) {
    let small = load<u64>(b)
    if (small == 0) return storeZero(out)
    if (upperLimbs(a) == 0) return storeLimbs(out, load<u64>(a) / small, 0, 0, 0)
    return divideBySmall(out, a, small)
  }
  if (lessThan(a, b)) return storeZero(out)
  divideLong(a, 4, b)
  copyWord(out, longQuotient)
}

/** out = a modulo b; 0 when b is 0. */
export function modulo(out: usize, a: usize, b: usize): void {
  if (upperLimbs(b) == 0) {
    let small = load<u64>(b)
    if (small == 0) return storeZero(out)
    if (upperLimbs(a) == 0) return storeLimbs(out, load<u64>(a) % small, 0, 0, 0)
    return storeLimbs(out, moduloSmall(a, 4, small), 0, 0, 0)
  }
  if (lessThan(a, b)) return copyWord(out, a)
  divideLong(a, 4, b)
  copyWord(out, longRemainder)
}

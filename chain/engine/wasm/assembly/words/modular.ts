import { copyWord, storeZero } from "./bytes"
import { isZero, lessThan } from "./compare"
import { modulo } from "./unsignedDivision"
import { storeLimbs } from "./limbs"
import { divideLong, longRemainder } from "./longDivision"
import { multiply, multiplyFull } from "./multiply"
import { moduloSmall } from "./smallDivision"

const left: usize = memory.data(32, 8)
const right: usize = memory.data(32, 8)
const product: usize = memory.data(64, 8)

/** out = (a + b) modulo n, without the sum being cut; 0 when n is 0. */
export function addModulo(out: usize, a: usize, b: usize, n: usize): void {
  if (isZero(n)) return storeZero(out)
  modulo(left, a, n)
  modulo(right, b, n)
  let carry = addTo(left, right)
  // Both were below n, so that n goes in at most once; a carry out of the sum is undone by the borrow.
  if (carry || !lessThan(left, n)) subtractFrom(left, n)
  copyWord(out, left)
}

/** out = (a · b) modulo n, without the product being cut; 0 when n is 0. */
export function multiplyModulo(out: usize, a: usize, b: usize, n: usize): void {
  if ((upperHalf(a) | upperHalf(b)) == 0) {
    multiply(product, a, b)
    return modulo(out, product, n)
  }
  let n1 = load<u64>(n, 8)
  let n2 = load<u64>(n, 16)
  let n3 = load<u64>(n, 24)
  multiplyFull(product, a, b)
  if ((n1 | n2 | n3) == 0) {
    let small = load<u64>(n)
    if (small == 0) return storeZero(out)
    return storeLimbs(out, moduloSmall(product, 8, small), 0, 0, 0)
  }
  // What `mulDiv` asks for: 2^256 is 1 modulo 2^256 - 1, so that the halves of the product add up.
  if ((load<u64>(n) & n1 & n2 & n3) == u64.MAX_VALUE) return addModulo(out, product, product + 32, n)
  if (isZero(product + 32)) return modulo(out, product, n)
  divideLong(product, 8, n)
  copyWord(out, longRemainder)
}

function upperHalf(a: usize): u64 {
  return load<u64>(a, 16) | load<u64>(a, 24)
}

/** Returns whether the sum went past 2^256. */
function addTo(a: usize, b: usize): bool {
  let carry = addLimb(a, load<u64>(b), 0)
  carry = addLimb(a + 8, load<u64>(b, 8), carry)
  carry = addLimb(a + 16, load<u64>(b, 16), carry)
  return addLimb(a + 24, load<u64>(b, 24), carry) != 0
}

function addLimb(limb: usize, other: u64, carry: u64): u64 {
  let partial = load<u64>(limb) + other
  let sum = partial + carry
  store<u64>(limb, sum)
  return u64(partial < other) | u64(sum < partial)
}

function subtractFrom(a: usize, b: usize): void {
  let borrow = subtractLimb(a, load<u64>(b), 0)
  borrow = subtractLimb(a + 8, load<u64>(b, 8), borrow)
  borrow = subtractLimb(a + 16, load<u64>(b, 16), borrow)
  subtractLimb(a + 24, load<u64>(b, 24), borrow)
}

function subtractLimb(limb: usize, other: u64, borrow: u64): u64 {
  let minuend = load<u64>(limb)
  let partial = minuend - other
  store<u64>(limb, partial - borrow)
  return u64(minuend < other) | u64(partial < borrow)
}

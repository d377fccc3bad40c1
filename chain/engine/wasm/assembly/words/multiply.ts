import { storeLimbs } from "./limbs"

/** The upper 64 bits of a product; `a * b` gives the lower ones. WebAssembly has no such instruction. */
export function highProduct(a: u64, b: u64): u64 {
  let aLow = a & 0xffffffff
  let aHigh = a >> 32
  let bLow = b & 0xffffffff
  let bHigh = b >> 32
  let upper = aLow * bHigh + ((aLow * bLow) >> 32)
  let lower = aHigh * bLow + (upper & 0xffffffff)
  return aHigh * bHigh + (upper >> 32) + (lower >> 32)
}

/** out = a · b modulo 2^256. Contracts mostly multiply small numbers, which take the short ways. */
export function multiply(out: usize, a: usize, b: usize): void {
  let a1 = load<u64>(a, 8)
  let aUpper = load<u64>(a, 16) | load<u64>(a, 24)
  let b1 = load<u64>(b, 8)
  let bUpper = load<u64>(b, 16) | load<u64>(b, 24)
  if ((b1 | bUpper) == 0) {
    let b0 = load<u64>(b)
    if ((a1 | aUpper) == 0) {
      let a0 = load<u64>(a)
      storeLimbs(out, a0 * b0, highProduct(a0, b0), 0, 0)
    } else multiplyBySmall(out, a, b0)
  } else if ((a1 | aUpper) == 0) {
    multiplyBySmall(out, b, load<u64>(a))
  } else if ((aUpper | bUpper) == 0) {
    multiplyHalves(out, load<u64>(a), a1, load<u64>(b), b1)
  } else multiplyWords(out, a, b)
}

function multiplyBySmall(out: usize, a: usize, small: u64): void {
  let a0 = load<u64>(a)
  let a1 = load<u64>(a, 8)
  let a2 = load<u64>(a, 16)
  let carry1 = highProduct(a0, small)
  let limb1 = a1 * small + carry1
  let carry2 = highProduct(a1, small) + u64(limb1 < carry1)
  let limb2 = a2 * small + carry2
  let carry3 = highProduct(a2, small) + u64(limb2 < carry2)
  storeLimbs(out, a0 * small, limb1, limb2, load<u64>(a, 24) * small + carry3)
}

/** Of two numbers below 2^128, whose product is exact. */
function multiplyHalves(out: usize, a0: u64, a1: u64, b0: u64, b1: u64): void {
  let carry = highProduct(a0, b0)
  let limb1 = a1 * b0 + carry
  let limb2 = highProduct(a1, b0) + u64(limb1 < carry)
  let low = a0 * b1
  limb1 += low
  carry = highProduct(a0, b1) + u64(limb1 < low)
  limb2 += carry
  let limb3 = u64(limb2 < carry)
  low = a1 * b1
  limb2 += low
  limb3 += highProduct(a1, b1) + u64(limb2 < low)
  storeLimbs(out, a0 * b0, limb1, limb2, limb3)
}

function multiplyWords(out: usize, a: usize, b: usize): void {
  let a0 = load<u64>(a)
  let a1 = load<u64>(a, 8)
  let a2 = load<u64>(a, 16)
  let b0 = load<u64>(b)
  let b1 = load<u64>(b, 8)
  let b2 = load<u64>(b, 16)
  let limb3 = load<u64>(a, 24) * b0 + a2 * b1 + a1 * b2 + a0 * load<u64>(b, 24)

  let carry = highProduct(a0, b0)
  let limb1 = a1 * b0 + carry
  carry = highProduct(a1, b0) + u64(limb1 < carry)
  let limb2 = a2 * b0 + carry
  limb3 += highProduct(a2, b0) + u64(limb2 < carry)

  let low = a0 * b1
  limb1 += low
  carry = highProduct(a0, b1) + u64(limb1 < low)
  low = a1 * b1 + carry
  limb3 += highProduct(a1, b1) + u64(low < carry)
  limb2 += low
  limb3 += u64(limb2 < low)

  low = a0 * b2
  limb2 += low
  limb3 += highProduct(a0, b2) + u64(limb2 < low)
  storeLimbs(out, a0 * b0, limb1, limb2, limb3)
}

/** The whole product, in eight limbs. */
export function multiplyFull(out512: usize, a: usize, b: usize): void {
  let a0 = load<u64>(a)
  let a1 = load<u64>(a, 8)
  let a2 = load<u64>(a, 16)
  let a3 = load<u64>(a, 24)
  let b0 = load<u64>(b)
  let b1 = load<u64>(b, 8)
  let b2 = load<u64>(b, 16)
  let b3 = load<u64>(b, 24)
  storeLimbs(out512, 0, 0, 0, 0)
  addRow(out512, a0, a1, a2, a3, b0)
  addRow(out512 + 8, a0, a1, a2, a3, b1)
  addRow(out512 + 16, a0, a1, a2, a3, b2)
  addRow(out512 + 24, a0, a1, a2, a3, b3)
}

/** Adds a · b to the four limbs at `row` and sets the fifth, which nothing has reached before. */
function addRow(row: usize, a0: u64, a1: u64, a2: u64, a3: u64, b: u64): void {
  let carry: u64 = 0
  carry = addProduct(row, a0, b, carry)
  carry = addProduct(row + 8, a1, b, carry)
  carry = addProduct(row + 16, a2, b, carry)
  carry = addProduct(row + 24, a3, b, carry)
  store<u64>(row, carry, 32)
}

function addProduct(limb: usize, a: u64, b: u64, carry: u64): u64 {
  let low = a * b + carry
  let high = highProduct(a, b) + u64(low < carry)
  let sum = load<u64>(limb) + low
  store<u64>(limb, sum)
  return high + u64(sum < low)
}

// Addition and subtraction of 256-bit words, four limbs with a carry.

/** `sum += addend`; true when the sum does not fit, and wraps. */
export function add(sum: usize, addend: usize): bool {
  const a0 = load<u64>(sum)
  const s0 = a0 + load<u64>(addend)
  const c0 = u64(s0 < a0)
  const a1 = load<u64>(sum, 8)
  const b1 = load<u64>(addend, 8)
  const s1 = a1 + b1 + c0
  const c1 = carryOf(a1, b1, s1)
  const a2 = load<u64>(sum, 16)
  const b2 = load<u64>(addend, 16)
  const s2 = a2 + b2 + c1
  const c2 = carryOf(a2, b2, s2)
  const a3 = load<u64>(sum, 24)
  const b3 = load<u64>(addend, 24)
  const s3 = a3 + b3 + c2
  store<u64>(sum, s0)
  store<u64>(sum, s1, 8)
  store<u64>(sum, s2, 16)
  store<u64>(sum, s3, 24)
  return carryOf(a3, b3, s3) != 0
}

/** Of an addition of two limbs and a carry that gave this sum. */
function carryOf(a: u64, b: u64, sum: u64): u64 {
  return ((a & b) | ((a | b) & ~sum)) >> 63
}

/** `sum += number`. */
export function addNumber(sum: usize, number: u64): void {
  const low = load<u64>(sum) + number
  store<u64>(sum, low)
  if (low >= number) return
  for (let limb: usize = 8; limb < 32; limb += 8) {
    const next = load<u64>(sum + limb) + 1
    store<u64>(sum + limb, next)
    if (next != 0) return
  }
}

/** `out = a - b`; wraps. */
export function subtract(out: usize, a: usize, b: usize): void {
  const a0 = load<u64>(a)
  const b0 = load<u64>(b)
  const d0 = a0 - b0
  const c0 = u64(a0 < b0)
  const a1 = load<u64>(a, 8)
  const b1 = load<u64>(b, 8)
  const d1 = a1 - b1 - c0
  const c1 = borrowOf(a1, b1, d1)
  const a2 = load<u64>(a, 16)
  const b2 = load<u64>(b, 16)
  const d2 = a2 - b2 - c1
  const c2 = borrowOf(a2, b2, d2)
  const d3 = load<u64>(a, 24) - load<u64>(b, 24) - c2
  store<u64>(out, d0)
  store<u64>(out, d1, 8)
  store<u64>(out, d2, 16)
  store<u64>(out, d3, 24)
}

/** Of a subtraction of a limb and a borrow that gave this difference. */
function borrowOf(a: u64, b: u64, difference: u64): u64 {
  return ((~a & b) | ((~a | b) & difference)) >> 63
}

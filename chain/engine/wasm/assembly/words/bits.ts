// Bitwise operations on 256-bit words, limb by limb: a vector load of limbs that were just stored would have to wait.

/** `out = a & b`. */
export function and(out: usize, a: usize, b: usize): void {
  store<u64>(out, load<u64>(a) & load<u64>(b))
  store<u64>(out, load<u64>(a, 8) & load<u64>(b, 8), 8)
  store<u64>(out, load<u64>(a, 16) & load<u64>(b, 16), 16)
  store<u64>(out, load<u64>(a, 24) & load<u64>(b, 24), 24)
}

export function or(out: usize, a: usize, b: usize): void {
  store<u64>(out, load<u64>(a) | load<u64>(b))
  store<u64>(out, load<u64>(a, 8) | load<u64>(b, 8), 8)
  store<u64>(out, load<u64>(a, 16) | load<u64>(b, 16), 16)
  store<u64>(out, load<u64>(a, 24) | load<u64>(b, 24), 24)
}

export function xor(out: usize, a: usize, b: usize): void {
  store<u64>(out, load<u64>(a) ^ load<u64>(b))
  store<u64>(out, load<u64>(a, 8) ^ load<u64>(b, 8), 8)
  store<u64>(out, load<u64>(a, 16) ^ load<u64>(b, 16), 16)
  store<u64>(out, load<u64>(a, 24) ^ load<u64>(b, 24), 24)
}

export function not(out: usize, a: usize): void {
  store<u64>(out, ~load<u64>(a))
  store<u64>(out, ~load<u64>(a, 8), 8)
  store<u64>(out, ~load<u64>(a, 16), 16)
  store<u64>(out, ~load<u64>(a, 24), 24)
}

export function exchange(a: usize, b: usize): void {
  for (let limb: usize = 0; limb < 32; limb += 8) {
    const x = load<u64>(a + limb)
    store<u64>(a + limb, load<u64>(b + limb))
    store<u64>(b + limb, x)
  }
}

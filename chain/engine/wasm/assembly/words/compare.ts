// Comparisons of 256-bit words. A word is four little-endian 64-bit limbs, least significant first.

export function isZero(a: usize): bool {
  return (load<u64>(a) | load<u64>(a, 8) | load<u64>(a, 16) | load<u64>(a, 24)) == 0
}

export function equal(a: usize, b: usize): bool {
  return (
    ((load<u64>(a) ^ load<u64>(b)) |
      (load<u64>(a, 8) ^ load<u64>(b, 8)) |
      (load<u64>(a, 16) ^ load<u64>(b, 16)) |
      (load<u64>(a, 24) ^ load<u64>(b, 24))) ==
    0
  )
}

export function lessThan(a: usize, b: usize): bool {
  let x = load<u64>(a, 24)
  let y = load<u64>(b, 24)
  if (x != y) return x < y
  return lowerLimbsLessThan(a, b)
}

/** As two's complement: only the highest limb carries the sign. */
export function signedLessThan(a: usize, b: usize): bool {
  let x = load<i64>(a, 24)
  let y = load<i64>(b, 24)
  if (x != y) return x < y
  return lowerLimbsLessThan(a, b)
}

function lowerLimbsLessThan(a: usize, b: usize): bool {
  let x = load<u64>(a, 16)
  let y = load<u64>(b, 16)
  if (x != y) return x < y
  x = load<u64>(a, 8)
  y = load<u64>(b, 8)
  if (x != y) return x < y
  return load<u64>(a) < load<u64>(b)
}

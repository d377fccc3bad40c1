/** Puts a word together from its limbs, least significant first. */
export function storeLimbs(out: usize, limb0: u64, limb1: u64, limb2: u64, limb3: u64): void {
  store<u64>(out, limb0)
  store<u64>(out, limb1, 8)
  store<u64>(out, limb2, 16)
  store<u64>(out, limb3, 24)
}

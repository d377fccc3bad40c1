import { copyWord, storeZero } from "./bytes"
import { storeLimbs } from "./limbs"

// Limbs are moved by reading at an offset from a copy that has empty limbs on both sides.
const limbsAround: usize = 40
const amongZeros: usize = memory.data(112, 8)
const amongSigns: usize = memory.data(112, 8)

/** Whether a shift leaves nothing of the value. */
function shiftsOut(shift: usize): bool {
  return (load<u64>(shift, 8) | load<u64>(shift, 16) | load<u64>(shift, 24)) != 0 || load<u64>(shift) > 255
}

export function shiftLeft(out: usize, shift: usize, value: usize): void {
  if (shiftsOut(shift)) return storeZero(out)
  let count = load<u64>(shift)
  copyWord(amongZeros + limbsAround, value)
  let from = amongZeros + limbsAround - <usize>((count >> 6) << 3)
  let bits = count & 63
  // A shift by 64 - 0 would be one by 0: hence in two steps.
  let rest = 63 - bits
  let limb0 = load<u64>(from)
  let limb1 = load<u64>(from, 8)
  let limb2 = load<u64>(from, 16)
  storeLimbs(
    out,
    (limb0 << bits) | ((load<u64>(from - 8) >> 1) >> rest),
    (limb1 << bits) | ((limb0 >> 1) >> rest),
    (limb2 << bits) | ((limb1 >> 1) >> rest),
    (load<u64>(from, 24) << bits) | ((limb2 >> 1) >> rest),
  )
}

export function shiftRight(out: usize, shift: usize, value: usize): void {
  if (shiftsOut(shift)) return storeZero(out)
  copyWord(amongZeros + limbsAround, value)
  readShiftedRight(out, amongZeros + limbsAround, load<u64>(shift))
}

export function arithmeticShiftRight(out: usize, shift: usize, value: usize): void {
  let sign = load<i64>(value, 24) >> 63
  if (shiftsOut(shift)) return storeLimbs(out, sign, sign, sign, sign)
  copyWord(amongSigns + limbsAround, value)
  storeLimbs(amongSigns + limbsAround + 32, sign, sign, sign, sign)
  readShiftedRight(out, amongSigns + limbsAround, load<u64>(shift))
}

function readShiftedRight(out: usize, placed: usize, count: u64): void {
  let from = placed + <usize>((count >> 6) << 3)
  let bits = count & 63
  let rest = 63 - bits
  let limb1 = load<u64>(from, 8)
  let limb2 = load<u64>(from, 16)
  let limb3 = load<u64>(from, 24)
  storeLimbs(
    out,
    (load<u64>(from) >> bits) | ((limb1 << 1) << rest),
    (limb1 >> bits) | ((limb2 << 1) << rest),
    (limb2 >> bits) | ((limb3 << 1) << rest),
    (limb3 >> bits) | ((load<u64>(from, 32) << 1) << rest),
  )
}

/** Repeats the sign bit of the byte `index`, counted from the least significant, above it. */
export function signExtend(out: usize, index: usize, value: usize): void {
  let place = load<u64>(index)
  let distant = load<u64>(index, 8) | load<u64>(index, 16) | load<u64>(index, 24)
  if (distant != 0 || place > 30) return copyWord(out, value)
  let above = 56 - ((place & 7) << 3)
  let last = (<usize>place) & ~7
  let extended = <u64>((<i64>(load<u64>(value + last) << above)) >> above)
  let sign = <u64>((<i64>extended) >> 63)
  copyWord(out, value)
  store<u64>(out + last, extended)
  for (let limb = last + 8; limb < 32; limb += 8) store<u64>(out + limb, sign)
}

/** The byte `index`, counted from the most significant, as a word. */
export function byteOf(out: usize, index: usize, value: usize): void {
  let place = load<u64>(index)
  let distant = load<u64>(index, 8) | load<u64>(index, 16) | load<u64>(index, 24)
  if (distant != 0 || place > 31) return storeZero(out)
  storeLimbs(out, load<u8>(value + 31 - <usize>place), 0, 0, 0)
}

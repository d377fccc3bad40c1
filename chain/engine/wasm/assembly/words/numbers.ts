// Words that are small numbers.

export function setNumber(out: usize, number: u32): void {
  store<u64>(out, <u64>number)
  store<u64>(out, 0, 8)
  v128.store(out, i64x2.splat(0), 16)
}

export function setFlag(out: usize, flag: bool): void {
  setNumber(out, u32(flag))
}

export function isNumber(word: usize, number: u32): bool {
  return (
    ((load<u64>(word) ^ (<u64>number)) | load<u64>(word, 8) | load<u64>(word, 16) | load<u64>(word, 24)) == 0
  )
}

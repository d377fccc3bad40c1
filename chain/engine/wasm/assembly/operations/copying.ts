/** Instructions that copy into memory, and those that hash or return a range of it. */
import { bytesOf, sizeOf } from "../code/codes"
import { rememberedKeccak256 } from "../keccakMemo"
import { CALL_DATA, CALL_DATA_SIZE, CODE, MEMORY, STACK_POINTER } from "../machine/frame"
import { OK, OUT_OF_GAS } from "../machine/halts"
import { clamped, copyPadded, expand, expandRange, gasPerWord, pay } from "../machine/memory"
import { output, outputSize } from "../machine/output"
import { codeOf } from "../state/accounts"
import { loadWord } from "../words/bytes"
import { payAccess } from "./access"

const copyGas: i64 = 3
/** For each word. */
export const keccakGas: i64 = 6

/** Pays for copying a range into memory, whose offset and size are at these words. */
function prepareCopy(frame: usize, offset: usize, size: usize): i32 {
  const status = expandRange(frame, offset, size)
  if (status != OK) return status
  return pay(frame, gasPerWord(clamped(size), copyGas)) ? OK : OUT_OF_GAS
}

/** CALLDATACOPY, CODECOPY: memory offset, offset in the source, size. */
function copyFrom(frame: usize, source: usize, length: u64): i32 {
  const sp = load<usize>(frame, STACK_POINTER)
  const status = prepareCopy(frame, sp - 32, sp - 96)
  if (status != OK) return status
  const size = <usize>clamped(sp - 96)
  if (size != 0) {
    const to = load<usize>(frame, MEMORY) + <usize>load<u64>(sp - 32)
    copyPadded(to, source, length, clamped(sp - 64), size)
  }
  store<usize>(frame, sp - 96, STACK_POINTER)
  return OK
}

export function callDataCopy(frame: usize): i32 {
  return copyFrom(frame, load<usize>(frame, CALL_DATA), <u64>load<u32>(frame, CALL_DATA_SIZE))
}

export function codeCopy(frame: usize): i32 {
  const code = load<usize>(frame, CODE)
  return copyFrom(frame, bytesOf(code), <u64>sizeOf(code))
}

/** Reading beyond the output is no padding but the end of the frame. */
export function returnDataCopy(frame: usize): i32 {
  const sp = load<usize>(frame, STACK_POINTER)
  if (clamped(sp - 64) + clamped(sp - 96) > <u64>outputSize) return OUT_OF_GAS
  return copyFrom(frame, output, <u64>outputSize)
}

export function externalCodeCopy(frame: usize): i32 {
  const sp = load<usize>(frame, STACK_POINTER)
  const status = prepareCopy(frame, sp - 64, sp - 128)
  if (status != OK) return status
  const account = payAccess(frame, sp - 32)
  if (account == 0) return OUT_OF_GAS
  const size = <usize>clamped(sp - 128)
  if (size != 0) {
    const code = codeOf(account)
    const source: usize = code == 0 ? 0 : bytesOf(code)
    const to = load<usize>(frame, MEMORY) + <usize>load<u64>(sp - 64)
    copyPadded(to, source, <u64>sizeOf(code), clamped(sp - 96), size)
  }
  store<usize>(frame, sp - 128, STACK_POINTER)
  return OK
}

export function memoryCopy(frame: usize): i32 {
  const sp = load<usize>(frame, STACK_POINTER)
  const size = clamped(sp - 96)
  if (!pay(frame, gasPerWord(size, copyGas))) return OUT_OF_GAS
  if (size != 0) {
    const status = expand(frame, max<u64>(clamped(sp - 32), clamped(sp - 64)) + size)
    if (status != OK) return status
    const start = load<usize>(frame, MEMORY)
    memory.copy(start + <usize>load<u64>(sp - 32), start + <usize>load<u64>(sp - 64), <usize>size)
  }
  store<usize>(frame, sp - 96, STACK_POINTER)
  return OK
}

const digest: usize = memory.data(32, 16)

export function keccak(frame: usize): i32 {
  const sp = load<usize>(frame, STACK_POINTER)
  const size = clamped(sp - 64)
  const status = expandRange(frame, sp - 32, sp - 64)
  if (status != OK) return status
  if (!pay(frame, gasPerWord(size, keccakGas))) return OUT_OF_GAS
  const from: usize = size == 0 ? 0 : load<usize>(frame, MEMORY) + <usize>load<u64>(sp - 32)
  rememberedKeccak256(digest, from, <usize>size)
  loadWord(sp - 64, digest)
  store<usize>(frame, sp - 32, STACK_POINTER)
  return OK
}

/** CREATE, CREATE2 and the contract of a creating transaction: the new address, and the frame of its init code. */
import { releaseTemporary, temporary, intern } from "../code/codes"
import { keccak256 } from "../keccak"
import {
  ACCOUNT,
  CALLER,
  CODE,
  DEPTH,
  GAS,
  IS_CREATE,
  IS_STATIC,
  MEMORY,
  OUT_OFFSET,
  OUT_SIZE,
  STACK_POINTER,
  VALUE,
  pushFrame,
} from "../machine/frame"
import { anyCodeSize } from "../machine/environment"
import {
  CODE_SIZE,
  CREATE_COLLISION,
  INIT_CODE_SIZE,
  INVALID_CODE,
  OK,
  OUT_OF_GAS,
  STATIC_STATE_CHANGE,
  SWITCHED,
  VALUE_OVERFLOW,
} from "../machine/halts"
import { clamped, expandRange, gasPerWord, pay } from "../machine/memory"
import { clearOutput, output, outputSize } from "../machine/output"
import {
  ADDRESS,
  BALANCE,
  accountOf,
  codeOf,
  markCreated,
  nonceOf,
  setCode,
  setNonce,
  slotsOf,
  touch,
  warm,
} from "../state/accounts"
import { mark } from "../state/journal"
import { undoTo } from "../state/undo"
import { copyWord, loadWord, storeWord, storeZero } from "../words/bytes"
import { isZero } from "../words/compare"
import { depthLimit, prepare } from "./calls"
import { keccakGas } from "./copying"
import { canPay, credit, debit } from "./transfer"

const createGas: i64 = 32000
export const initCodeWordGas: i64 = 2
const depositByteGas: i64 = 200
export const maxInitCodeBytes: u32 = 49152
const maxCodeBytes: u32 = 24576
/** EIP-3541: reserved as a code's first byte. */
const reservedByte: u32 = 0xef
const maxNonce: u64 = u64.MAX_VALUE

/** Operands: value, offset and size of the init code, and for CREATE2 the salt. */
export function create(frame: usize, hasSalt: bool): i32 {
  if (load<u32>(frame, IS_STATIC) != 0) return STATIC_STATE_CHANGE
  const sp = load<usize>(frame, STACK_POINTER)
  const size = clamped(sp - 96)
  const perWord: i64 = initCodeWordGas + (hasSalt ? keccakGas : 0)
  if (!pay(frame, createGas + gasPerWord(size, perWord))) return OUT_OF_GAS
  const status = expandRange(frame, sp - 64, sp - 96)
  if (status != OK) return status
  if (size > <u64>maxInitCodeBytes && !anyCodeSize) return INIT_CODE_SIZE
  const result = hasSalt ? sp - 128 : sp - 96
  store<usize>(frame, result + 32, STACK_POINTER)
  return start(frame, sp, <u32>size, hasSalt, result)
}

function start(frame: usize, sp: usize, size: u32, hasSalt: bool, result: usize): i32 {
  const creator = load<usize>(frame, ACCOUNT)
  const value = sp - 32
  clearOutput()
  const nonce = nonceOf(creator)
  if (load<u32>(frame, DEPTH) >= depthLimit || !canPay(creator + BALANCE, value) || nonce == maxNonce) {
    storeZero(result)
    return OK
  }
  const initCode: usize = size == 0 ? 0 : load<usize>(frame, MEMORY) + <usize>load<u64>(sp - 64)
  if (hasSalt) saltedAddress(creator, sp - 128, initCode, size)
  else nextAddress(creator, nonce)
  const available = load<i64>(frame, GAS)
  const gas = available - available / 64
  store<i64>(frame, available - gas, GAS)
  setNonce(creator, nonce + 1)
  const status = enterInitCode(creator, value, initCode, size, gas)
  if (status == SWITCHED) return SWITCHED
  if (status == OK) {
    store<i64>(frame, load<i64>(frame, GAS) + gas, GAS)
    copyWord(result, newAddress)
  } else {
    if (status == VALUE_OVERFLOW) store<i64>(frame, load<i64>(frame, GAS) + gas, GAS)
    storeZero(result)
  }
  return OK
}

/** The address that was worked out last. */
export const newAddress: usize = memory.data(32, 16)
/** An address as a word is written 12 bytes before its 20 bytes: room for that lies in front. */
const scratchStart: usize = memory.data(128, 16)
const scratch: usize = scratchStart + 16
const digest: usize = memory.data(32, 16)

/** The low 160 bits of Keccak-256 of so many bytes of the scratch. */
function addressFromScratch(bytes: usize): void {
  keccak256(digest, scratch, bytes)
  loadWord(newAddress, digest)
  store<u64>(newAddress, load<u64>(newAddress, 16) & 0xffffffff, 16)
  store<u64>(newAddress, 0, 24)
}

/** Of RLP of creator and nonce. */
export function nextAddress(creator: usize, nonce: u64): void {
  storeWord(scratch + 2 - 12, creator + ADDRESS)
  const nonceBytes: usize = nonce == 0 ? 0 : 8 - <usize>(clz<u64>(nonce) >> 3)
  const isShort = nonce != 0 && nonce < 0x80
  let end: usize = 22
  if (isShort) store<u8>(scratch + end++, <u8>nonce)
  else {
    store<u8>(scratch + end++, <u8>(0x80 + nonceBytes))
    for (let i = nonceBytes; i > 0; i--) store<u8>(scratch + end++, <u8>(nonce >> ((<u64>(i - 1)) << 3)))
  }
  store<u8>(scratch, <u8>(0xc0 + end - 1))
  store<u8>(scratch + 1, 0x94)
  addressFromScratch(end)
}

/** EIP-1014: of 0xff, creator, salt and the hash of the init code. */
function saltedAddress(creator: usize, salt: usize, initCode: usize, size: u32): void {
  keccak256(digest, initCode, size)
  storeWord(scratch + 1 - 12, creator + ADDRESS)
  store<u8>(scratch, 0xff)
  storeWord(scratch + 21, salt)
  memory.copy(scratch + 53, digest, 32)
  addressFromScratch(85)
}

/**
 * Creates the account at `newAddress`. `SWITCHED`: its init code is the current frame. `OK`: there is no init code, and
 * the account is there. Anything else says why not; then nothing but the address's warmth has changed.
 */
export function enterInitCode(creator: usize, value: usize, initCode: usize, size: u32, gas: i64): i32 {
  const account = accountOf(newAddress)
  warm(account)
  const before = mark()
  if (nonceOf(account) != 0 || codeOf(account) != 0 || slotsOf(account) != 0) return CREATE_COLLISION
  debit(creator, value)
  touch(account)
  markCreated(account)
  setNonce(account, 1)
  if (!isZero(value) && !credit(account, value)) {
    undoTo(before)
    return VALUE_OVERFLOW
  }
  if (size == 0) return OK
  const code = temporary(initCode, size)
  const child = pushFrame()
  copyWord(child + VALUE, value)
  copyWord(child + CALLER, creator + ADDRESS)
  store<usize>(child, account, ACCOUNT)
  store<u32>(child, 0, IS_STATIC)
  prepare(child, code, 0, 0, gas, before)
  store<u32>(child, 1, IS_CREATE)
  store<u32>(child, 0, OUT_OFFSET)
  store<u32>(child, 0, OUT_SIZE)
  return SWITCHED
}

/** Makes the output of init code the account's code, and pays for it; or says why that can't be. */
export function deposit(frame: usize): i32 {
  const size = outputSize
  const isTooLarge = size > maxCodeBytes && !anyCodeSize
  if (isTooLarge) return CODE_SIZE
  if (!pay(frame, depositByteGas * <i64>size)) return OUT_OF_GAS
  if (size != 0 && load<u8>(output) == reservedByte) return INVALID_CODE
  setCode(load<usize>(frame, ACCOUNT), intern(output, size))
  return OK
}

export function endInitCode(frame: usize): void {
  releaseTemporary(load<usize>(frame, CODE))
}

/** What looking at another account costs (EIP-2929), and the instructions that do no more than look. */
import { HASH, sizeOf } from "../code/codes"
import { STACK_POINTER } from "../machine/frame"
import { OK, OUT_OF_GAS } from "../machine/halts"
import { pay } from "../machine/memory"
import { BALANCE, accountOf, codeOf, isEmpty, warm } from "../state/accounts"
import { copyWord, loadWord, storeZero } from "../words/bytes"

export const warmGas: i64 = 100
export const coldAccountGas: i64 = 2600
export const coldSlotGas: i64 = 2100

/** Keccak-256 of nothing. */
const emptyHash: usize = memory.data<u64>([
  0x7bfad8045d85a470, 0xe500b653ca82273b, 0x927e7db2dcc703c0, 0xc5d2460186f7233c,
])

/** The account of an address, warm from now on and paid for; 0 when the gas does not suffice. */
export function payAccess(frame: usize, address: usize): usize {
  const account = accountOf(address)
  return pay(frame, warm(account) ? warmGas : coldAccountGas) ? account : 0
}

export function balance(frame: usize): i32 {
  const top = load<usize>(frame, STACK_POINTER) - 32
  const account = payAccess(frame, top)
  if (account == 0) return OUT_OF_GAS
  copyWord(top, account + BALANCE)
  return OK
}

export function externalCodeSize(frame: usize): i32 {
  const top = load<usize>(frame, STACK_POINTER) - 32
  const account = payAccess(frame, top)
  if (account == 0) return OUT_OF_GAS
  storeZero(top)
  store<u32>(top, sizeOf(codeOf(account)))
  return OK
}

export function externalCodeHash(frame: usize): i32 {
  const top = load<usize>(frame, STACK_POINTER) - 32
  const account = payAccess(frame, top)
  if (account == 0) return OUT_OF_GAS
  if (isEmpty(account)) storeZero(top)
  else hashOfCode(top, codeOf(account))
  return OK
}

function hashOfCode(out: usize, code: usize): void {
  if (code == 0) copyWord(out, emptyHash)
  else loadWord(out, code + HASH)
}

/** The instructions that work on the frame's record. The interpreter runs the frequent ones itself, with the frame in registers. */
import { ACCOUNT, IS_STATIC, MEMORY, STACK_POINTER } from "../machine/frame"
import { DONE, INVALID_OPCODE, OK, OUT_OF_GAS, REVERTED, STATIC_STATE_CHANGE } from "../machine/halts"
import { clamped, expandRange, pay } from "../machine/memory"
import { clearOutput, setOutput } from "../machine/output"
import {
  BALANCE,
  accountOf,
  changeBalance,
  isEmpty,
  markDestroyed,
  touch,
  warm,
  wasCreatedNow,
} from "../state/accounts"
import { copyWord, storeZero } from "../words/bytes"
import { isZero } from "../words/compare"
import { balance, coldAccountGas, externalCodeHash, externalCodeSize } from "./access"
import { call, newAccountGas } from "./calls"
import { callDataCopy, codeCopy, externalCodeCopy, keccak, memoryCopy, returnDataCopy } from "./copying"
import { create } from "./creates"
import { raise } from "./exponent"
import { log } from "./logging"
import { storeSlot, storeTransient } from "./storage"
import { credit } from "./transfer"

export function perform(frame: usize, opcode: u32): i32 {
  switch (opcode) {
    case 0x0a:
      return raise(frame)
    case 0x20:
      return keccak(frame)
    case 0x31:
      return balance(frame)
    case 0x37:
      return callDataCopy(frame)
    case 0x39:
      return codeCopy(frame)
    case 0x3b:
      return externalCodeSize(frame)
    case 0x3c:
      return externalCodeCopy(frame)
    case 0x3e:
      return returnDataCopy(frame)
    case 0x3f:
      return externalCodeHash(frame)
    case 0x55:
      return storeSlot(frame)
    case 0x5d:
      return storeTransient(frame)
    case 0x5e:
      return memoryCopy(frame)
    case 0xa0:
    case 0xa1:
    case 0xa2:
    case 0xa3:
    case 0xa4:
      return log(frame, opcode - 0xa0)
    case 0xf0:
      return create(frame, false)
    case 0xf1:
    case 0xf2:
    case 0xf4:
    case 0xfa:
      return call(frame, opcode)
    case 0xf3:
      return finish(frame, DONE)
    case 0xf5:
      return create(frame, true)
    case 0xfd:
      return finish(frame, REVERTED)
    case 0xff:
      return selfDestruct(frame)
    case 0x00:
      clearOutput()
      return DONE
    default:
      return INVALID_OPCODE
  }
}

/** RETURN, REVERT: a range of memory is the output. */
function finish(frame: usize, ending: i32): i32 {
  const sp = load<usize>(frame, STACK_POINTER)
  const status = expandRange(frame, sp - 32, sp - 64)
  if (status != OK) return status
  const size = <u32>clamped(sp - 64)
  if (size == 0) clearOutput()
  else setOutput(load<usize>(frame, MEMORY) + <usize>load<u64>(sp - 32), size)
  return ending
}

const destructGas: i64 = 5000
const amount: usize = memory.data(32, 16)

/** EIP-6780: the account disappears only if this transaction created it; its balance moves in any case. */
function selfDestruct(frame: usize): i32 {
  if (load<u32>(frame, IS_STATIC) != 0) return STATIC_STATE_CHANGE
  const self = load<usize>(frame, ACCOUNT)
  const heir = accountOf(load<usize>(frame, STACK_POINTER) - 32)
  let gas = destructGas
  if (!isZero(self + BALANCE) && isEmpty(heir)) gas += newAccountGas
  if (!warm(heir)) gas += coldAccountGas
  if (!pay(frame, gas)) return OUT_OF_GAS
  copyWord(amount, self + BALANCE)
  if (wasCreatedNow(self)) {
    storeZero(changeBalance(self))
    markDestroyed(self)
  } else if (heir != self) storeZero(changeBalance(self))
  if (heir != self) {
    touch(heir)
    credit(heir, amount)
  }
  clearOutput()
  return DONE
}

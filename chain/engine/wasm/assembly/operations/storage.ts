/** Storage and its gas: EIP-2200 as EIP-2929 and EIP-3529 changed it. Transient storage: EIP-1153. */
import { ACCOUNT, GAS, IS_STATIC, STACK_POINTER } from "../machine/frame"
import { OK, OUT_OF_GAS, STATIC_STATE_CHANGE } from "../machine/halts"
import { pay } from "../machine/memory"
import { refund } from "../machine/refunds"
import { VALUE, originalOf, setSlot, setTransient, slotOf, transientOf, warmSlot } from "../state/slots"
import { equal, isZero } from "../words/compare"
import { coldSlotGas, warmGas } from "./access"

const sentryGas: i64 = 2300
const newSlotGas: i64 = 20000
const changedSlotGas: i64 = 2900
const clearedRefund: i64 = 4800

export function storeSlot(frame: usize): i32 {
  if (load<u32>(frame, IS_STATIC) != 0) return STATIC_STATE_CHANGE
  if (load<i64>(frame, GAS) <= sentryGas) return OUT_OF_GAS
  const sp = load<usize>(frame, STACK_POINTER)
  const account = load<usize>(frame, ACCOUNT)
  const slot = slotOf(account, sp - 32)
  const value = sp - 64
  const cold: i64 = warmSlot(slot) ? 0 : coldSlotGas
  if (!pay(frame, cold + priceOf(slot, value))) return OUT_OF_GAS
  if (!equal(slot + VALUE, value)) {
    refundFor(slot, value)
    setSlot(account, slot, value)
  }
  store<usize>(frame, sp - 64, STACK_POINTER)
  return OK
}

function priceOf(slot: usize, value: usize): i64 {
  if (equal(slot + VALUE, value)) return warmGas
  const original = originalOf(slot)
  if (!equal(original, slot + VALUE)) return warmGas
  return isZero(original) ? newSlotGas : changedSlotGas
}

/** The value changes. */
function refundFor(slot: usize, value: usize): void {
  const original = originalOf(slot)
  if (!isZero(original)) {
    if (isZero(value)) refund(clearedRefund)
    else if (isZero(slot + VALUE)) refund(-clearedRefund)
  }
  if (equal(original, slot + VALUE) || !equal(original, value)) return
  refund((isZero(original) ? newSlotGas : changedSlotGas) - warmGas)
}

export function storeTransient(frame: usize): i32 {
  if (load<u32>(frame, IS_STATIC) != 0) return STATIC_STATE_CHANGE
  const sp = load<usize>(frame, STACK_POINTER)
  setTransient(transientOf(load<usize>(frame, ACCOUNT), sp - 32), sp - 64)
  store<usize>(frame, sp - 64, STACK_POINTER)
  return OK
}

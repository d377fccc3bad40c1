import { STACK_POINTER } from "../machine/frame"
import { OK, OUT_OF_GAS } from "../machine/halts"
import { pay } from "../machine/memory"
import { byteLength, exponentiate } from "../words/exponent"

const byteGas: i64 = 50

export function raise(frame: usize): i32 {
  const sp = load<usize>(frame, STACK_POINTER)
  if (!pay(frame, byteGas * <i64>byteLength(sp - 64))) return OUT_OF_GAS
  exponentiate(sp - 64, sp - 32, sp - 64)
  store<usize>(frame, sp - 32, STACK_POINTER)
  return OK
}

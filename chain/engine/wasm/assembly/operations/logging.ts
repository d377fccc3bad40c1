import { ACCOUNT, IS_STATIC, MEMORY, STACK_POINTER } from "../machine/frame"
import { OK, OUT_OF_GAS, STATIC_STATE_CHANGE } from "../machine/halts"
import { addLog } from "../machine/logs"
import { clamped, expandRange, pay } from "../machine/memory"
import { ADDRESS } from "../state/accounts"

const logGas: i64 = 375
const topicGas: i64 = 375
const byteGas: i64 = 8

/** LOG0 to LOG4. */
export function log(frame: usize, topics: u32): i32 {
  if (load<u32>(frame, IS_STATIC) != 0) return STATIC_STATE_CHANGE
  const sp = load<usize>(frame, STACK_POINTER)
  const status = expandRange(frame, sp - 32, sp - 64)
  if (status != OK) return status
  const size = clamped(sp - 64)
  if (!pay(frame, logGas + topicGas * <i64>topics + byteGas * <i64>min<u64>(size, 1 << 58))) return OUT_OF_GAS
  const data: usize = size == 0 ? 0 : load<usize>(frame, MEMORY) + <usize>load<u64>(sp - 32)
  addLog(load<usize>(frame, ACCOUNT) + ADDRESS, topics, sp - 96, data, <u32>size)
  store<usize>(frame, sp - 64 - ((<usize>topics) << 5), STACK_POINTER)
  return OK
}

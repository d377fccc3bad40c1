/** What a frame's end means to the one that called it. */
import { deliver } from "../operations/deliver"
import { deposit, endInitCode } from "../operations/creates"
import { ADDRESS } from "../state/accounts"
import { undoTo } from "../state/undo"
import { copyWord, storeZero } from "../words/bytes"
import {
  ACCOUNT,
  GAS,
  IS_CREATE,
  JOURNAL_MARK,
  LOGS_MARK,
  LOG_COUNT_MARK,
  OUT_OFFSET,
  OUT_SIZE,
  REFUND_MARK,
  STACK_POINTER,
  current,
  popFrame,
} from "./frame"
import { DONE, OK, REVERTED } from "./halts"
import { dropLogs } from "./logs"
import { clearOutput } from "./output"
import { setRefund } from "./refunds"

/** How the outermost frame ended, and with how much gas. */
export let outcome: i32 = 0
export let gasAtEnd: i64 = 0

/** Ends the current frame; true when there is another one to go on with. */
export function leave(ending: i32): bool {
  const frame = current
  const isCreate = load<u32>(frame, IS_CREATE) != 0
  let status = ending
  if (isCreate) {
    if (status == DONE) {
      const deposited = deposit(frame)
      if (deposited != OK) status = deposited
    }
    endInitCode(frame)
  }
  if (status != DONE) {
    undoTo(load<u32>(frame, JOURNAL_MARK))
    dropLogs(load<u32>(frame, LOGS_MARK), load<u32>(frame, LOG_COUNT_MARK))
    setRefund(load<i64>(frame, REFUND_MARK))
    if (status != REVERTED) {
      store<i64>(frame, 0, GAS)
      clearOutput()
    }
  }
  popFrame()
  if (current == 0) {
    outcome = status
    gasAtEnd = load<i64>(frame, GAS)
    return false
  }
  answer(frame, isCreate, status)
  return true
}

/** Gas, result and output for the caller, whose stack has room for the result at its top. */
function answer(frame: usize, isCreate: bool, status: i32): void {
  const caller = current
  const result = load<usize>(caller, STACK_POINTER) - 32
  store<i64>(caller, load<i64>(caller, GAS) + load<i64>(frame, GAS), GAS)
  if (isCreate) {
    if (status == DONE) {
      copyWord(result, load<usize>(frame, ACCOUNT) + ADDRESS)
      clearOutput()
    } else storeZero(result)
    return
  }
  storeZero(result)
  if (status == DONE) store<u32>(result, 1)
  deliver(caller, load<u32>(frame, OUT_OFFSET), load<u32>(frame, OUT_SIZE))
}

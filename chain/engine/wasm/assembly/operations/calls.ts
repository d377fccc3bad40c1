/** CALL, CALLCODE, DELEGATECALL, STATICCALL: what they cost, and the frame that they start. */
import {
  ACCOUNT,
  CALLER,
  CALL_DATA,
  CALL_DATA_SIZE,
  DEPTH,
  GAS,
  IS_CREATE,
  IS_STATIC,
  JOURNAL_MARK,
  LOGS_MARK,
  LOG_COUNT_MARK,
  MEMORY,
  OUT_OFFSET,
  OUT_SIZE,
  REFUND_MARK,
  STACK_POINTER,
  VALUE,
  pushFrame,
  startCode,
} from "../machine/frame"
import { OK, OUT_OF_GAS, STATIC_STATE_CHANGE, SWITCHED } from "../machine/halts"
import { logCount, logMark } from "../machine/logs"
import { clamped, expand, pay } from "../machine/memory"
import { clearOutput } from "../machine/output"
import { refundMark } from "../machine/refunds"
import { runPrecompile } from "../precompiles/precompiles"
import { ADDRESS, BALANCE, accountOf, codeOf, isEmpty, isPrecompile, touch, warm } from "../state/accounts"
import { mark } from "../state/journal"
import { undoTo } from "../state/undo"
import { copyWord } from "../words/bytes"
import { isZero } from "../words/compare"
import { setFlag } from "../words/numbers"
import { coldAccountGas, warmGas } from "./access"
import { deliver } from "./deliver"
import { canPay, credit, debit } from "./transfer"

const valueGas: i64 = 9000
export const newAccountGas: i64 = 25000
const stipendGas: i64 = 2300
export const depthLimit: u32 = 1024

const CALL: u32 = 0xf1
const CALLCODE: u32 = 0xf2
const DELEGATECALL: u32 = 0xf4
const STATICCALL: u32 = 0xfa

const noValue: usize = memory.data(32, 16)

/** Operands: gas, address, value where the call has one, input, output. */
export function call(frame: usize, opcode: u32): i32 {
  const sp = load<usize>(frame, STACK_POINTER)
  const hasValue = opcode == CALL || opcode == CALLCODE
  const value = hasValue ? sp - 96 : noValue
  const ranges = hasValue ? sp - 96 : sp - 64
  const paysValue = !isZero(value)
  if (opcode == CALL && paysValue && load<u32>(frame, IS_STATIC) != 0) return STATIC_STATE_CHANGE
  const status = expandRanges(frame, ranges)
  if (status != OK) return status
  const target = accountOf(sp - 64)
  if (!pay(frame, priceOf(target, paysValue, opcode == CALL))) return OUT_OF_GAS
  const available = load<i64>(frame, GAS)
  const most = available - available / 64
  let gas = leastOf(sp - 32, most)
  store<i64>(frame, available - gas, GAS)
  if (paysValue) gas += stipendGas
  store<usize>(frame, ranges - 128 + 32, STACK_POINTER)
  return start(frame, opcode, target, value, ranges, gas)
}

/** The gas that is asked for, as far as it may be given. */
function leastOf(word: usize, most: i64): i64 {
  const low = load<u64>(word)
  const rest = load<u64>(word, 8) | load<u64>(word, 16) | load<u64>(word, 24)
  return rest == 0 && low < <u64>most ? <i64>low : most
}

/** Memory for input and output; a range of size zero needs none. */
function expandRanges(frame: usize, ranges: usize): i32 {
  const input = endOf(ranges - 32, ranges - 64)
  const output = endOf(ranges - 96, ranges - 128)
  return expand(frame, max<u64>(input, output))
}

function endOf(offset: usize, size: usize): u64 {
  const bytes = clamped(size)
  return bytes == 0 ? 0 : clamped(offset) + bytes
}

function priceOf(target: usize, paysValue: bool, mayCreate: bool): i64 {
  let gas = warm(target) ? warmGas : coldAccountGas
  if (paysValue) {
    gas += valueGas
    if (mayCreate && isEmpty(target)) gas += newAccountGas
  }
  return gas
}

/** The caller has paid, and the top of its stack is where the call answers. */
function start(frame: usize, opcode: u32, target: usize, value: usize, ranges: usize, gas: i64): i32 {
  const self = load<usize>(frame, ACCOUNT)
  clearOutput()
  const inputSize = <u32>clamped(ranges - 64)
  const input: usize = inputSize == 0 ? 0 : load<usize>(frame, MEMORY) + <usize>load<u64>(ranges - 32)
  const outSize = <u32>clamped(ranges - 128)
  const outOffset: u32 = outSize == 0 ? 0 : <u32>load<u64>(ranges - 96)
  const isDelegate = opcode == DELEGATECALL
  if (load<u32>(frame, DEPTH) >= depthLimit || (!isDelegate && !canPay(self + BALANCE, value)))
    return answer(frame, false, gas)
  const before = mark()
  if (!isDelegate && !move(self, opcode == CALLCODE ? self : target, value)) {
    undoTo(before)
    return answer(frame, false, gas)
  }
  if (isPrecompile(target))
    return callPrecompile(frame, target, input, inputSize, gas, before, outOffset, outSize)
  const code = codeOf(target)
  if (code == 0) return answer(frame, true, gas)
  const child = pushFrame()
  copyWord(child + VALUE, isDelegate ? frame + VALUE : value)
  copyWord(child + CALLER, isDelegate ? frame + CALLER : self + ADDRESS)
  store<usize>(child, opcode == CALL || opcode == STATICCALL ? target : self, ACCOUNT)
  store<u32>(child, u32(load<u32>(frame, IS_STATIC) != 0 || opcode == STATICCALL), IS_STATIC)
  prepare(child, code, input, inputSize, gas, before)
  store<u32>(child, outOffset, OUT_OFFSET)
  store<u32>(child, outSize, OUT_SIZE)
  return SWITCHED
}

/** What every new frame has; account, caller, value and whether it is static are the caller's to set. */
export function prepare(child: usize, code: usize, input: usize, size: u32, gas: i64, before: u32): void {
  store<i64>(child, gas, GAS)
  store<usize>(child, input, CALL_DATA)
  store<u32>(child, size, CALL_DATA_SIZE)
  store<u32>(child, before, JOURNAL_MARK)
  store<u32>(child, logMark(), LOGS_MARK)
  store<u32>(child, logCount(), LOG_COUNT_MARK)
  store<i64>(child, refundMark(), REFUND_MARK)
  store<u32>(child, 0, IS_CREATE)
  startCode(child, code)
}

/** Moves value and touches the receiver (EIP-161); false when the receiver's balance would not fit. */
export function move(from: usize, to: usize, value: usize): bool {
  touch(to)
  if (isZero(value)) return true
  debit(from, value)
  return credit(to, value)
}

function callPrecompile(
  frame: usize,
  target: usize,
  input: usize,
  size: u32,
  gas: i64,
  before: u32,
  outOffset: u32,
  outSize: u32,
): i32 {
  const left = runPrecompile(target, input, size, gas)
  if (left < 0) {
    undoTo(before)
    return answer(frame, false, 0)
  }
  deliver(frame, outOffset, outSize)
  return answer(frame, true, left)
}

/** A call without a frame of its own: how it went, and the gas that comes back. */
function answer(frame: usize, isSuccess: bool, gas: i64): i32 {
  setFlag(load<usize>(frame, STACK_POINTER) - 32, isSuccess)
  store<i64>(frame, load<i64>(frame, GAS) + gas, GAS)
  return OK
}

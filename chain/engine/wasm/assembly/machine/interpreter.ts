/**
 * The loop that executes decoded instructions. One turn is one instruction. What ends a block leaves the switch, and the
 * next block's gas and stack are checked; everything else goes on at once. The current frame's registers are locals
 * here; they are written to its record before anything else works on it, and read again afterwards.
 */
import { entriesOf, sizeOf } from "../code/codes"
import * as decoded from "../code/instructions"
import { perform } from "../operations/perform"
import { coldSlotGas, warmGas } from "../operations/access"
import { ADDRESS, BALANCE } from "../state/accounts"
import { VALUE as SLOT_VALUE, loadTransient, slotOf, transientOf, warmSlot } from "../state/slots"
import { add, addNumber, subtract } from "../words/addition"
import { and, exchange, not, or, xor } from "../words/bits"
import { copyWord, loadWord, storeWord, storeZero } from "../words/bytes"
import { equal, isZero, lessThan, signedLessThan } from "../words/compare"
import { signedDivide, signedModulo } from "../words/divide"
import { addModulo, multiplyModulo } from "../words/modular"
import { multiply } from "../words/multiply"
import { isNumber, setFlag, setNumber } from "../words/numbers"
import { arithmeticShiftRight, byteOf, shiftLeft, shiftRight, signExtend } from "../words/shift"
import { divide, modulo } from "../words/unsignedDivision"
import { haltIn } from "./blockCheck"
import * as environment from "./environment"
import * as frames from "./frame"
import { INVALID_JUMP, OK, OUT_OF_GAS, SWITCHED } from "./halts"
import { leave } from "./leave"
import { outputSize } from "./output"
import { loadCallData } from "./callData"
import { expand } from "./memory"

const shift: usize = memory.data(32, 16)

/** Runs the current frame and those that it calls, until the outermost one has ended. */
export function run(): void {
  let frame = frames.current
  let ip = load<usize>(frame, frames.POINTER)
  let sp = load<usize>(frame, frames.STACK_POINTER)
  let gas = load<i64>(frame, frames.GAS)
  let stack = load<usize>(frame, frames.STACK)
  let memoryStart = load<usize>(frame, frames.MEMORY)
  let memorySize = load<u32>(frame, frames.MEMORY_SIZE)
  let account = load<usize>(frame, frames.ACCOUNT)
  let status = OK
  /** Where not 0, the memory that the instruction needs before it can run: it is begun again. */
  let wanted: u64 = 0
  for (;;) {
    if (status != OK) {
      if (status != SWITCHED && !leave(status)) return
      status = OK
      frame = frames.current
      ip = load<usize>(frame, frames.POINTER)
      sp = load<usize>(frame, frames.STACK_POINTER)
      gas = load<i64>(frame, frames.GAS)
      stack = load<usize>(frame, frames.STACK)
      memoryStart = load<usize>(frame, frames.MEMORY)
      memorySize = load<u32>(frame, frames.MEMORY_SIZE)
      account = load<usize>(frame, frames.ACCOUNT)
    }
    const before = gas
    gas -= <i64>load<u32>(ip, decoded.BLOCK_GAS)
    const spare = <u32>(sp - stack) - load<u32>(ip, decoded.BLOCK_NEEDS)
    if (gas < 0 || spare > load<u32>(ip, decoded.BLOCK_SPAN)) {
      status = haltIn(frame, ip, before, <i32>((sp - stack) >> 5))
      continue
    }
    ip += decoded.blockBytes
    for (;;) {
      const operation = load<u32>(ip)
      switch (operation) {
        case 0x01:
          add(sp - 64, sp - 32)
          sp -= 32
          ip += 8
          continue
        case 0x02:
          multiply(sp - 64, sp - 32, sp - 64)
          sp -= 32
          ip += 8
          continue
        case 0x03:
          subtract(sp - 64, sp - 32, sp - 64)
          sp -= 32
          ip += 8
          continue
        case 0x04:
          divide(sp - 64, sp - 32, sp - 64)
          sp -= 32
          ip += 8
          continue
        case 0x05:
          signedDivide(sp - 64, sp - 32, sp - 64)
          sp -= 32
          ip += 8
          continue
        case 0x06:
          modulo(sp - 64, sp - 32, sp - 64)
          sp -= 32
          ip += 8
          continue
        case 0x07:
          signedModulo(sp - 64, sp - 32, sp - 64)
          sp -= 32
          ip += 8
          continue
        case 0x08:
          addModulo(sp - 96, sp - 32, sp - 64, sp - 96)
          sp -= 64
          ip += 8
          continue
        case 0x09:
          multiplyModulo(sp - 96, sp - 32, sp - 64, sp - 96)
          sp -= 64
          ip += 8
          continue
        case 0x0b:
          signExtend(sp - 64, sp - 32, sp - 64)
          sp -= 32
          ip += 8
          continue
        case 0x10:
          setFlag(sp - 64, lessThan(sp - 32, sp - 64))
          sp -= 32
          ip += 8
          continue
        case 0x11:
          setFlag(sp - 64, lessThan(sp - 64, sp - 32))
          sp -= 32
          ip += 8
          continue
        case 0x12:
          setFlag(sp - 64, signedLessThan(sp - 32, sp - 64))
          sp -= 32
          ip += 8
          continue
        case 0x13:
          setFlag(sp - 64, signedLessThan(sp - 64, sp - 32))
          sp -= 32
          ip += 8
          continue
        case 0x14:
          setFlag(sp - 64, equal(sp - 64, sp - 32))
          sp -= 32
          ip += 8
          continue
        case 0x15:
          setFlag(sp - 32, isZero(sp - 32))
          ip += 8
          continue
        case 0x16:
          and(sp - 64, sp - 64, sp - 32)
          sp -= 32
          ip += 8
          continue
        case 0x17:
          or(sp - 64, sp - 64, sp - 32)
          sp -= 32
          ip += 8
          continue
        case 0x18:
          xor(sp - 64, sp - 64, sp - 32)
          sp -= 32
          ip += 8
          continue
        case 0x19:
          not(sp - 32, sp - 32)
          ip += 8
          continue
        case 0x1a:
          byteOf(sp - 64, sp - 32, sp - 64)
          sp -= 32
          ip += 8
          continue
        case 0x1b:
          shiftLeft(sp - 64, sp - 32, sp - 64)
          sp -= 32
          ip += 8
          continue
        case 0x1c:
          shiftRight(sp - 64, sp - 32, sp - 64)
          sp -= 32
          ip += 8
          continue
        case 0x1d:
          arithmeticShiftRight(sp - 64, sp - 32, sp - 64)
          sp -= 32
          ip += 8
          continue
        case 0x30:
          copyWord(sp, account + ADDRESS)
          sp += 32
          ip += 8
          continue
        case 0x32:
          copyWord(sp, environment.origin)
          sp += 32
          ip += 8
          continue
        case 0x33:
          copyWord(sp, frame + frames.CALLER)
          sp += 32
          ip += 8
          continue
        case 0x34:
          copyWord(sp, frame + frames.VALUE)
          sp += 32
          ip += 8
          continue
        case 0x3a:
          copyWord(sp, environment.gasPrice)
          sp += 32
          ip += 8
          continue
        case 0x41:
          copyWord(sp, environment.coinbase)
          sp += 32
          ip += 8
          continue
        case 0x42:
          copyWord(sp, environment.timestamp)
          sp += 32
          ip += 8
          continue
        case 0x43:
          copyWord(sp, environment.blockNumber)
          sp += 32
          ip += 8
          continue
        case 0x44:
          copyWord(sp, environment.prevRandao)
          sp += 32
          ip += 8
          continue
        case 0x45:
          copyWord(sp, environment.blockGasLimit)
          sp += 32
          ip += 8
          continue
        case 0x46:
          copyWord(sp, environment.chainId)
          sp += 32
          ip += 8
          continue
        case 0x47:
          copyWord(sp, account + BALANCE)
          sp += 32
          ip += 8
          continue
        case 0x48:
          copyWord(sp, environment.baseFee)
          sp += 32
          ip += 8
          continue
        case 0x4a:
          copyWord(sp, environment.blobBaseFee)
          sp += 32
          ip += 8
          continue
        case 0x35:
          loadCallData(frame, sp - 32)
          ip += 8
          continue
        case 0x36:
          setNumber(sp, load<u32>(frame, frames.CALL_DATA_SIZE))
          sp += 32
          ip += 8
          continue
        case 0x38:
          setNumber(sp, sizeOf(load<usize>(frame, frames.CODE)))
          sp += 32
          ip += 8
          continue
        case 0x3d:
          setNumber(sp, outputSize)
          sp += 32
          ip += 8
          continue
        case 0x40: // No hashes of blocks are kept.
        case 0x49: // No transaction here has blobs.
          storeZero(sp - 32)
          ip += 8
          continue
        case 0x50:
          sp -= 32
          ip += 8
          continue
        case 0x51: {
          const offset = smallOffset(sp - 32)
          if (offset + 32 > <u64>memorySize) {
            wanted = offset + 32
            break
          }
          loadWord(sp - 32, memoryStart + <usize>offset)
          ip += 8
          break
        }
        case 0x52: {
          const offset = smallOffset(sp - 32)
          if (offset + 32 > <u64>memorySize) {
            wanted = offset + 32
            break
          }
          storeWord(memoryStart + <usize>offset, sp - 64)
          sp -= 64
          ip += 8
          break
        }
        case 0x53: {
          const offset = smallOffset(sp - 32)
          if (offset + 1 > <u64>memorySize) {
            wanted = offset + 1
            break
          }
          store<u8>(memoryStart + <usize>offset, load<u8>(sp - 64))
          sp -= 64
          ip += 8
          break
        }
        case decoded.LOAD_AT: {
          const offset = load<u32>(ip, decoded.ARGUMENT)
          if (<u64>offset + 32 > <u64>memorySize) {
            wanted = <u64>offset + 32
            break
          }
          loadWord(sp, memoryStart + <usize>offset)
          sp += 32
          ip += 8
          break
        }
        case decoded.STORE_AT: {
          const offset = load<u32>(ip, decoded.ARGUMENT)
          if (<u64>offset + 32 > <u64>memorySize) {
            wanted = <u64>offset + 32
            break
          }
          storeWord(memoryStart + <usize>offset, sp - 32)
          sp -= 32
          ip += 8
          break
        }
        case decoded.STORE_BELOW: {
          const offset = smallOffset(sp - 64)
          if (offset + 32 > <u64>memorySize) {
            wanted = offset + 32
            break
          }
          storeWord(memoryStart + <usize>offset, sp - 32)
          sp -= 32
          ip += 8
          break
        }
        case 0x54: {
          const slot = slotOf(account, sp - 32)
          gas -= warmSlot(slot) ? warmGas : coldSlotGas
          if (gas < 0) {
            status = OUT_OF_GAS
            break
          }
          copyWord(sp - 32, slot + SLOT_VALUE)
          ip += 8
          break
        }
        case 0x5c:
          loadTransient(sp - 32, transientOf(account, sp - 32))
          ip += 8
          continue
        case 0x56: {
          sp -= 32
          ip = landing(frame, sp)
          if (ip == 0) status = INVALID_JUMP
          break
        }
        case 0x57: {
          sp -= 64
          if (isZero(sp)) ip += 8
          else {
            ip = landing(frame, sp + 32)
            if (ip == 0) status = INVALID_JUMP
          }
          break
        }
        case decoded.JUMP_TO:
          ip = load<usize>(ip, decoded.ARGUMENT)
          break
        case decoded.JUMP_IF:
          sp -= 32
          ip = isZero(sp) ? ip + 8 : load<usize>(ip, decoded.ARGUMENT)
          break
        case decoded.JUMP_IF_ZERO:
          sp -= 32
          ip = isZero(sp) ? load<usize>(ip, decoded.ARGUMENT) : ip + 8
          break
        case decoded.JUMP_IF_EQUAL:
          sp -= 64
          ip = equal(sp, sp + 32) ? load<usize>(ip, decoded.ARGUMENT) : ip + 8
          break
        case decoded.JUMP_IF_LESS:
          sp -= 64
          ip = lessThan(sp + 32, sp) ? load<usize>(ip, decoded.ARGUMENT) : ip + 8
          break
        case decoded.JUMP_IF_GREATER:
          sp -= 64
          ip = lessThan(sp, sp + 32) ? load<usize>(ip, decoded.ARGUMENT) : ip + 8
          break
        case decoded.JUMP_UNLESS_LESS:
          sp -= 64
          ip = lessThan(sp + 32, sp) ? ip + 8 : load<usize>(ip, decoded.ARGUMENT)
          break
        case decoded.JUMP_UNLESS_GREATER:
          sp -= 64
          ip = lessThan(sp, sp + 32) ? ip + 8 : load<usize>(ip, decoded.ARGUMENT)
          break
        case decoded.JUMP_IF_SELECTOR:
          ip = isNumber(sp - 32, load<u32>(ip, decoded.ARGUMENT)) ? load<usize>(ip, 8) : ip + 16
          break
        case decoded.NEXT_BLOCK:
          ip += 8
          break
        case 0x59:
          setNumber(sp, memorySize)
          sp += 32
          ip += 8
          continue
        case 0x5a:
          storeZero(sp)
          store<i64>(sp, gas)
          sp += 32
          ip += 8
          break
        case decoded.PUSH_SMALL:
          setNumber(sp, load<u32>(ip, decoded.ARGUMENT))
          sp += 32
          ip += 8
          continue
        case decoded.PUSH_WORD:
          copyWord(sp, load<usize>(ip, decoded.ARGUMENT))
          sp += 32
          ip += 8
          continue
        case decoded.DUPLICATE:
          copyWord(sp, sp - load<usize>(ip, decoded.ARGUMENT))
          sp += 32
          ip += 8
          continue
        case decoded.EXCHANGE:
          exchange(sp - 32, sp - load<usize>(ip, decoded.ARGUMENT))
          ip += 8
          continue
        case decoded.ROTATE:
          rotate(sp)
          ip += 8
          continue
        case decoded.REPLACE:
          copyWord(sp - load<usize>(ip, decoded.ARGUMENT), sp - 32)
          sp -= 32
          ip += 8
          continue
        case decoded.DROP:
          sp -= load<usize>(ip, decoded.ARGUMENT)
          ip += 8
          continue
        case decoded.ADD_SMALL:
          addNumber(sp - 32, <u64>load<u32>(ip, decoded.ARGUMENT))
          ip += 8
          continue
        case decoded.ADD_FROM:
          add(sp - 32, sp - load<usize>(ip, decoded.ARGUMENT))
          ip += 8
          continue
        case decoded.AND_SMALL:
          setNumber(sp - 32, load<u32>(sp - 32) & load<u32>(ip, decoded.ARGUMENT))
          ip += 8
          continue
        case decoded.AND_WORD:
          and(sp - 32, sp - 32, load<usize>(ip, decoded.ARGUMENT))
          ip += 8
          continue
        case decoded.SHIFT_LEFT_BY:
          setNumber(shift, load<u32>(ip, decoded.ARGUMENT))
          shiftLeft(sp - 32, shift, sp - 32)
          ip += 8
          continue
        case decoded.SHIFT_RIGHT_BY:
          setNumber(shift, load<u32>(ip, decoded.ARGUMENT))
          shiftRight(sp - 32, shift, sp - 32)
          ip += 8
          continue
        default:
          store<usize>(frame, ip + 8, frames.POINTER)
          store<usize>(frame, sp, frames.STACK_POINTER)
          store<i64>(frame, gas, frames.GAS)
          status = perform(frame, operation)
          if (status != OK) break
          ip += 8
          sp = load<usize>(frame, frames.STACK_POINTER)
          gas = load<i64>(frame, frames.GAS)
          memoryStart = load<usize>(frame, frames.MEMORY)
          memorySize = load<u32>(frame, frames.MEMORY_SIZE)
          break
      }
      if (wanted == 0) break
      store<i64>(frame, gas, frames.GAS)
      status = expand(frame, wanted)
      wanted = 0
      if (status != OK) break
      gas = load<i64>(frame, frames.GAS)
      memoryStart = load<usize>(frame, frames.MEMORY)
      memorySize = load<u32>(frame, frames.MEMORY_SIZE)
    }
  }
}

/** A memory offset, or 2^62, which no gas pays for. */
function smallOffset(word: usize): u64 {
  const low = load<u64>(word)
  const rest = load<u64>(word, 8) | load<u64>(word, 16) | load<u64>(word, 24) | (low >> 32)
  return rest == 0 ? low : 1 << 62
}

/** The block at a jump's destination, or 0. */
function landing(frame: usize, destination: usize): usize {
  const code = load<usize>(frame, frames.CODE)
  const pc = smallOffset(destination)
  return pc < <u64>sizeOf(code) ? load<usize>(entriesOf(code) + ((<usize>pc) << 2)) : 0
}

/** SWAP2, SWAP1: the third word comes to lie below the second, and the top below that. */
function rotate(sp: usize): void {
  for (let limb: usize = 0; limb < 32; limb += 8) {
    const top = load<u64>(sp - 32 + limb)
    store<u64>(sp - 32 + limb, load<u64>(sp - 64 + limb))
    store<u64>(sp - 64 + limb, load<u64>(sp - 96 + limb))
    store<u64>(sp - 96 + limb, top)
  }
}

/** Why a block can't be entered: the first of its instructions for which gas or stack do not suffice. */
import { bytesOf, sizeOf } from "../code/codes"
import { gasOf, isAssigned, leftBy, takenBy } from "../code/opcodes"
import { BLOCK_PC } from "../code/instructions"
import { CODE } from "./frame"
import { INVALID_OPCODE, OUT_OF_GAS, STACK_OVERFLOW, STACK_UNDERFLOW } from "./halts"

const stackLimit: i32 = 1024

/** `gas` and `height` (in words) are those before the block, which does not have enough of one of them. */
export function haltIn(frame: usize, block: usize, gas: i64, height: i32): i32 {
  const code = load<usize>(frame, CODE)
  const bytes = bytesOf(code)
  const size = sizeOf(code)
  for (let pc = load<u32>(block, BLOCK_PC); pc < size; pc++) {
    const opcode: u32 = load<u8>(bytes + pc)
    if (!isAssigned(opcode) || opcode == 0xfe) return INVALID_OPCODE
    const taken = <i32>takenBy(opcode)
    const left = <i32>leftBy(opcode)
    if (height < taken) return STACK_UNDERFLOW
    if (height + max<i32>(0, left - taken) > stackLimit) return STACK_OVERFLOW
    gas -= <i64>gasOf(opcode)
    if (gas < 0) return OUT_OF_GAS
    height += left - taken
    if (opcode >= 0x60 && opcode <= 0x7f) pc += opcode - 0x5f
  }
  return unreachable()
}

/**
 * Puts the last instruction of a block together with those before it, where one operation can do the work of all. The
 * block's gas and stack are those of the original instructions; nothing that a contract can observe changes.
 */
import { addFixup, canJumpTo } from "./fixups"
import { fold } from "./fold"
import {
  ADD_FROM,
  ADD_SMALL,
  AND_SMALL,
  AND_WORD,
  ARGUMENT,
  DROP,
  DUPLICATE,
  EXCHANGE,
  JUMP_IF,
  JUMP_IF_EQUAL,
  JUMP_IF_GREATER,
  JUMP_IF_LESS,
  JUMP_IF_SELECTOR,
  JUMP_IF_ZERO,
  JUMP_TO,
  JUMP_UNLESS_GREATER,
  JUMP_UNLESS_LESS,
  LOAD_AT,
  PUSH_SMALL,
  PUSH_WORD,
  REPLACE,
  ROTATE,
  SHIFT_LEFT_BY,
  SHIFT_RIGHT_BY,
  STORE_AT,
  STORE_BELOW,
} from "./instructions"

const ADD: u32 = 0x01
const SUB: u32 = 0x03
const LT: u32 = 0x10
const GT: u32 = 0x11
const EQ: u32 = 0x14
const ISZERO: u32 = 0x15
const AND: u32 = 0x16
const NOT: u32 = 0x19
const SHL: u32 = 0x1b
const SHR: u32 = 0x1c
const POP: u32 = 0x50
const MLOAD: u32 = 0x51
const MSTORE: u32 = 0x52
const JUMP: u32 = 0x56
const JUMPI: u32 = 0x57

let first: usize = 0
let end: usize = 0

function operationOf(back: usize): u32 {
  const place = end - back * 8
  return place < first ? 0xffffffff : load<u32>(place)
}

function argumentOf(back: usize): u32 {
  return load<u32>(end - back * 8, ARGUMENT)
}

/** Takes the last `count` instructions away, and puts one in their place. */
function replaceBy(count: usize, operation: u32, argument: u32): usize {
  const place = end - count * 8
  store<u32>(place, operation)
  store<u32>(place, argument, ARGUMENT)
  return place + 8
}

/** `end` is behind the last instruction, whose opcode this is; gives the new end. */
export function fuse(from: usize, to: usize, opcode: u32): usize {
  first = from
  end = to
  switch (opcode) {
    case ADD:
      return fuseAdd()
    case SUB:
    case NOT:
    case SHL:
      return fuseFoldable(opcode)
    case AND:
      return fuseAnd()
    case SHR:
      return operationOf(2) == PUSH_SMALL && argumentOf(2) < 256
        ? replaceBy(2, SHIFT_RIGHT_BY, argumentOf(2))
        : end
    case POP:
      return fusePop()
    case MLOAD:
      return operationOf(2) == PUSH_SMALL ? replaceBy(2, LOAD_AT, argumentOf(2)) : end
    case MSTORE:
      return fuseStore()
    case JUMP:
      return fuseJump()
    case JUMPI:
      return fuseBranch()
    case 0x90:
      return operationOf(2) == EXCHANGE && argumentOf(2) == 96 ? replaceBy(2, ROTATE, 0) : end
    default:
      return end
  }
}

function fuseAdd(): usize {
  if (operationOf(2) == PUSH_SMALL) return replaceBy(2, ADD_SMALL, argumentOf(2))
  if (operationOf(2) == DUPLICATE) return replaceBy(2, ADD_FROM, argumentOf(2))
  return end
}

function fuseFoldable(opcode: u32): usize {
  const parts: usize = opcode == NOT ? 1 : 2
  for (let back: usize = 2; back < 2 + parts; back++) {
    const operation = operationOf(back)
    if (operation != PUSH_SMALL && operation != PUSH_WORD)
      return opcode == SHL && operationOf(2) == PUSH_SMALL && argumentOf(2) < 256
        ? replaceBy(2, SHIFT_LEFT_BY, argumentOf(2))
        : end
  }
  const place = end - (parts + 1) * 8
  fold(opcode, place)
  return place + 8
}

function fuseAnd(): usize {
  const operation = operationOf(2)
  if (operation == PUSH_SMALL) return replaceBy(2, AND_SMALL, argumentOf(2))
  if (operation == PUSH_WORD) return replaceBy(2, AND_WORD, argumentOf(2))
  return end
}

function fusePop(): usize {
  const operation = operationOf(2)
  if (operation == POP) return replaceBy(2, DROP, 64)
  if (operation == DROP) return replaceBy(2, DROP, argumentOf(2) + 32)
  if (operation == EXCHANGE) return replaceBy(2, REPLACE, argumentOf(2))
  return end
}

function fuseStore(): usize {
  if (operationOf(2) == PUSH_SMALL) return replaceBy(2, STORE_AT, argumentOf(2))
  if (operationOf(2) == DUPLICATE && argumentOf(2) == 64) return replaceBy(2, STORE_BELOW, 0)
  return end
}

function fuseJump(): usize {
  if (operationOf(2) != PUSH_SMALL || !canJumpTo(argumentOf(2))) return end
  const fused = replaceBy(2, JUMP_TO, argumentOf(2))
  addFixup(fused - 8 + ARGUMENT)
  return fused
}

function fuseBranch(): usize {
  if (operationOf(2) != PUSH_SMALL || !canJumpTo(argumentOf(2))) return end
  const target = argumentOf(2)
  const condition = operationOf(3)
  if (condition == EQ && operationOf(4) == PUSH_SMALL && isDuplicateOfTop(5)) return fuseSelector(target)
  let fused: usize = 0
  if (condition == EQ) fused = replaceBy(3, JUMP_IF_EQUAL, target)
  else if (condition == LT) fused = replaceBy(3, JUMP_IF_LESS, target)
  else if (condition == GT) fused = replaceBy(3, JUMP_IF_GREATER, target)
  else if (condition == ISZERO) fused = fuseZero(target)
  else fused = replaceBy(2, JUMP_IF, target)
  addFixup(fused - 8 + ARGUMENT)
  return fused
}

function isDuplicateOfTop(back: usize): bool {
  return operationOf(back) == DUPLICATE && argumentOf(back) == 32
}

function fuseZero(target: u32): usize {
  const before = operationOf(4)
  if (before == LT) return replaceBy(4, JUMP_UNLESS_LESS, target)
  if (before == GT) return replaceBy(4, JUMP_UNLESS_GREATER, target)
  return replaceBy(3, JUMP_IF_ZERO, target)
}

function fuseSelector(target: u32): usize {
  const selector = argumentOf(4)
  const fused = replaceBy(5, JUMP_IF_SELECTOR, selector)
  store<u32>(fused, target)
  addFixup(fused)
  return fused + 8
}

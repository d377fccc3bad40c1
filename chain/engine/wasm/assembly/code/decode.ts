/**
 * Turns bytecode into blocks of decoded instructions. A block begins where a jump may land or where the block before
 * ended, and ends with the first instruction whose gas depends on operands or state, which looks at the gas that is
 * left, or which may halt for other reasons than gas and stack. So the gas and the height of the stack are checked once
 * a block, and what contracts can observe is the same as if they were checked at every instruction.
 */
import { allocate, release } from "../heap"
import { fuse } from "./fuse"
import { resolveFixups, startFixups } from "./fixups"
import {
  ARGUMENT,
  BLOCK_GAS,
  BLOCK_NEEDS,
  BLOCK_PC,
  BLOCK_SPAN,
  DUPLICATE,
  EXCHANGE,
  NEXT_BLOCK,
  OPERATION,
  PUSH_SMALL,
  PUSH_WORD,
  blockBytes,
  stackBytes,
} from "./instructions"
import { newWord, startPool } from "./pool"
import { doesEndBlock, endsPath, gasOf, isAssigned, leftBy, takenBy } from "./opcodes"

/** Results of the last call of `decode`, which the caller owns. */
export let stream: usize = 0
export let streamBytes: usize = 0
/** By program counter: the block that a jump enters there, or 0. */
export let entries: usize = 0

let code: usize = 0
let length: u32 = 0
let output: usize = 0
let cursor: usize = 0
let outputBytes: usize = 0

let isOpen: bool = false
let block: usize = 0
let gas: u32 = 0
let height: i32 = 0
let lowest: i32 = 0
let highest: i32 = 0

/** More than any stream takes: a block of one instruction for each byte of code, and what ends it. */
function roomFor(length: u32): usize {
  return (<usize>length + 2) * (blockBytes + 8)
}

/** Decodes code of a length; behind it there must be 33 bytes of zeros. */
export function decode(bytes: usize, size: u32): void {
  code = bytes
  length = size
  findBlocks()
  startPool()
  outputBytes = roomFor(size)
  output = allocate(outputBytes)
  cursor = output
  startFixups(size, entries)
  emitAll()
  streamBytes = cursor - output
  stream = allocate(streamBytes)
  memory.copy(stream, output, streamBytes)
  place()
  release(output, outputBytes)
}

/** Marks where jumps may land. */
function findBlocks(): void {
  entries = allocate(<usize>length * 4 + 4)
  memory.fill(entries, 0, <usize>length * 4 + 4)
  for (let pc: u32 = 0; pc < length; pc++) {
    const opcode: u32 = load<u8>(code + pc)
    if (opcode == 0x5b) store<u32>(entries + ((<usize>pc) << 2), 1)
    else if (opcode >= 0x60 && opcode <= 0x7f) pc += opcode - 0x5f
  }
}

function emitAll(): void {
  let pc: u32 = 0
  isOpen = false
  while (pc < length) {
    const opcode: u32 = load<u8>(code + pc)
    if (opcode == 0x5b) {
      land(pc++)
      continue
    }
    if (!isOpen) openBlock(pc)
    if (isAssigned(opcode)) account(opcode)
    emitInstruction(opcode, pc)
    pc += opcode >= 0x60 && opcode <= 0x7f ? opcode - 0x5e : 1
    if (!doesEndBlock(opcode)) continue
    closeBlock()
    if (endsPath(opcode)) pc = nextLanding(pc)
  }
  if (!isOpen) openBlock(length)
  emit(0, 0)
  closeBlock()
}

/** JUMPDEST: a block of its own begins. */
function land(pc: u32): void {
  const isEmpty = cursor == block + blockBytes && gas == 0
  if (isOpen && !isEmpty) {
    emit(NEXT_BLOCK, 0)
    closeBlock()
  }
  if (!isOpen) openBlock(pc)
  store<u32>(entries + ((<usize>pc) << 2), <u32>(block - output) + 1)
  gas = 1
}

/** The next place at or behind `pc` where a jump may land; nothing before it can run. */
function nextLanding(pc: u32): u32 {
  while (pc < length && load<u32>(entries + ((<usize>pc) << 2)) == 0) pc++
  return pc
}

function openBlock(pc: u32): void {
  isOpen = true
  block = cursor
  cursor += blockBytes
  gas = 0
  height = 0
  lowest = 0
  highest = 0
  store<u32>(block, pc, BLOCK_PC)
}

function closeBlock(): void {
  isOpen = false
  const needs = -lowest * 32
  const span = <i32>stackBytes - highest * 32 - needs
  store<u32>(block, gas, BLOCK_GAS)
  // Where no height will do, every height is too low.
  store<u32>(block, span < 0 ? stackBytes + 32 : <u32>needs, BLOCK_NEEDS)
  store<u32>(block, span < 0 ? 0 : <u32>span, BLOCK_SPAN)
}

/** Adds an instruction's gas and effect on the stack to the block. */
function account(opcode: u32): void {
  gas += gasOf(opcode)
  const taken = <i32>takenBy(opcode)
  const left = <i32>leftBy(opcode)
  lowest = min<i32>(lowest, height - taken)
  height += left - taken
  highest = max<i32>(highest, height)
}

function emit(operation: u32, argument: u32): void {
  store<u32>(cursor, operation, OPERATION)
  store<u32>(cursor, argument, ARGUMENT)
  cursor += 8
}

function emitInstruction(opcode: u32, pc: u32): void {
  if (opcode == 0x5f) emit(PUSH_SMALL, 0)
  else if (opcode >= 0x60 && opcode <= 0x7f) emitPush(code + pc + 1, opcode - 0x5f)
  else if (opcode >= 0x80 && opcode <= 0x8f) emit(DUPLICATE, (opcode - 0x7f) * 32)
  else if (opcode >= 0x90 && opcode <= 0x9f) emit(EXCHANGE, (opcode - 0x8e) * 32)
  else if (opcode == 0x58) emit(PUSH_SMALL, pc)
  else emit(isAssigned(opcode) ? opcode : 0xfe, 0)
  cursor = fuse(block + blockBytes, cursor, opcode)
}

function emitPush(bytes: usize, size: u32): void {
  let leading: u32 = 0
  while (leading < size && load<u8>(bytes + leading) == 0) leading++
  if (size - leading <= 4) {
    let value: u32 = 0
    for (let i = leading; i < size; i++) value = (value << 8) | load<u8>(bytes + i)
    emit(PUSH_SMALL, value)
    return
  }
  const word = newWord()
  for (let i: u32 = 0; i < size; i++) store<u8>(word + i, load<u8>(bytes + size - 1 - i))
  emit(PUSH_WORD, <u32>word)
}

/** From places in the output to addresses in the stream: the entries, and the jumps whose target is known. */
function place(): void {
  for (let pc: u32 = 0; pc < length; pc++) {
    const entry = entries + ((<usize>pc) << 2)
    const found = load<u32>(entry)
    if (found != 0) store<u32>(entry, <u32>stream + found - 1)
  }
  resolveFixups(stream - output, entries)
}

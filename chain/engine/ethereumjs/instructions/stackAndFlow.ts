/** Opcodes that move items on the stack or the program counter. */
import { EVMError } from "@ethereumjs/evm"
import type { Frame } from "../frame.ts"
import { type Instruction, instruction } from "../instruction.ts"

const range = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => from + index)

const jumpTo = (frame: Frame, destination: bigint): void => {
  const target = destination < frame.code.length ? Number(destination) : -1
  if (frame.analysis.jumpDestinations[target] !== 1) throw new EVMError(EVMError.errorMessages.INVALID_JUMP)
  frame.programCounter = target
}

const push = (opcode: number): Instruction =>
  instruction(opcode, 0, 1, (frame, executed) => {
    const at = frame.programCounter - 1
    frame.stack[frame.height++] = frame.analysis.pushedValues[at] as bigint
    frame.programCounter = at + executed - 0x5e
  })

const duplicate = (opcode: number): Instruction =>
  instruction(opcode, opcode - 0x7f, opcode - 0x7f + 1, (frame, executed) => {
    frame.stack[frame.height] = frame.stack[frame.height - (executed - 0x7f)] as bigint
    frame.height++
  })

const swap = (opcode: number): Instruction =>
  instruction(opcode, opcode - 0x8f + 1, opcode - 0x8f + 1, ({ stack, height }, executed) => {
    const other = height - 1 - (executed - 0x8f)
    const top = stack[height - 1] as bigint
    stack[height - 1] = stack[other] as bigint
    stack[other] = top
  })

export const stackAndFlow: readonly Instruction[] = [
  instruction(0x00, 0, 0, (frame) => {
    frame.stopped = true
  }),
  instruction(0x50, 1, 0, (frame) => {
    frame.height--
  }),
  instruction(0x56, 1, 0, (frame) => jumpTo(frame, frame.stack[--frame.height] as bigint)),
  instruction(0x57, 2, 0, (frame) => {
    frame.height -= 2
    if (frame.stack[frame.height] !== 0n) jumpTo(frame, frame.stack[frame.height + 1] as bigint)
  }),
  instruction(0x58, 0, 1, (frame) => {
    frame.stack[frame.height++] = BigInt(frame.programCounter - 1)
  }),
  instruction(0x5a, 0, 1, (frame) => {
    frame.stack[frame.height++] = BigInt(frame.gas)
  }),
  instruction(0x5b, 0, 0, () => undefined),
  instruction(0x5f, 0, 1, (frame) => {
    frame.stack[frame.height++] = 0n
  }),
  ...range(0x60, 32).map(push),
  ...range(0x80, 16).map(duplicate),
  ...range(0x90, 16).map(swap),
]

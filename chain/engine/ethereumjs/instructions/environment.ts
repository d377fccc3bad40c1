/** Opcodes that tell a contract about its call, its transaction and its block. */
import type { Frame } from "../frame.ts"
import { type Instruction, instruction } from "../instruction.ts"
import { bytesToWord, readWord } from "../words.ts"

const tells = (opcode: number, word: (frame: Frame) => bigint): Instruction =>
  instruction(opcode, 0, 1, (frame) => {
    frame.stack[frame.height++] = word(frame)
  })

/** 32 bytes of the call data at an offset; zeros beyond its end. */
const callDataWord = (data: Uint8Array, offset: bigint): bigint => {
  if (offset >= data.length) return 0n
  const start = Number(offset)
  if (start + 32 <= data.length) return readWord(new DataView(data.buffer, data.byteOffset + start, 32), 0)
  const available = data.subarray(start)
  return bytesToWord(available) << BigInt(8 * (32 - available.length))
}

export const environment: readonly Instruction[] = [
  tells(0x30, (frame) => BigInt(`0x${frame.key}`)),
  tells(0x32, ({ runState }) => bytesToWord(runState.env.origin.bytes)),
  tells(0x33, ({ runState }) => bytesToWord(runState.env.caller.bytes)),
  tells(0x34, ({ runState }) => runState.env.callValue),
  instruction(0x35, 1, 1, ({ stack, height, runState }) => {
    stack[height - 1] = callDataWord(runState.env.callData, stack[height - 1] as bigint)
  }),
  tells(0x36, ({ runState }) => BigInt(runState.env.callData.length)),
  tells(0x38, ({ code }) => BigInt(code.length)),
  tells(0x3d, ({ runState }) => BigInt(runState.returnBytes.length)),
  tells(0x42, ({ runState }) => runState.env.block.header.timestamp),
  tells(0x43, ({ runState }) => runState.env.block.header.number),
]

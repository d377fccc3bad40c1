/** Opcodes that read and write memory, hash it, log it or return it. */
import { EVMError } from "@ethereumjs/evm"
import { type Frame, outOfGas } from "../frame.ts"
import { type Instruction, instruction } from "../instruction.ts"
import { type KeccakMemo, createKeccakMemo } from "../keccakMemo.ts"
import { readWord, wordToBytes, writeWord } from "../words.ts"

/** The gas prices that these opcodes charge besides their static gas. */
export interface MemoryPrices {
  readonly copyWord: number
  readonly keccakWord: number
  readonly logTopic: number
  readonly logByte: number
}

const wordsIn = (length: number): number => Math.ceil(length / 32)

/** Copies from `source`, which reads as zero beyond its end, into memory. */
const copy = (frame: Frame, source: Uint8Array, from: bigint, to: number, length: number): void => {
  const start = from < source.length ? Number(from) : source.length
  const available = source.subarray(start, start + length)
  frame.memory.set(available, to)
  frame.memory.fill(0, to + available.length, to + length)
}

const copying = (opcode: number, prices: MemoryPrices, source: (frame: Frame) => Uint8Array): Instruction =>
  instruction(opcode, 3, 0, (frame) => {
    const { stack } = frame
    const base = (frame.height -= 3)
    const length = stack[base] as bigint
    const to = frame.expandMemory(stack[base + 2] as bigint, length)
    frame.useGas(prices.copyWord * wordsIn(Number(length)))
    if (length > 0n) copy(frame, source(frame), stack[base + 1] as bigint, to, Number(length))
  })

const returnDataCopy = (prices: MemoryPrices): Instruction => {
  const copyReturnData = copying(0x3e, prices, ({ runState }) => runState.returnBytes)
  return instruction(0x3e, 3, 0, (frame, opcode) => {
    const { stack, height } = frame
    const end = (stack[height - 2] as bigint) + (stack[height - 3] as bigint)
    if (end > frame.runState.returnBytes.length) throw outOfGas()
    copyReturnData.execute(frame, opcode)
  })
}

const memoryCopy = (prices: MemoryPrices): Instruction =>
  instruction(0x5e, 3, 0, (frame) => {
    const { stack } = frame
    const base = (frame.height -= 3)
    const length = stack[base] as bigint
    const from = frame.expandMemory(stack[base + 1] as bigint, length)
    const to = frame.expandMemory(stack[base + 2] as bigint, length)
    frame.useGas(prices.copyWord * wordsIn(Number(length)))
    frame.memory.copyWithin(to, from, from + Number(length))
  })

const keccak = (prices: MemoryPrices, memo: KeccakMemo): Instruction =>
  instruction(0x20, 2, 1, (frame) => {
    const { stack } = frame
    const top = --frame.height
    const length = stack[top - 1] as bigint
    const start = frame.expandMemory(stack[top] as bigint, length)
    frame.useGas(prices.keccakWord * wordsIn(Number(length)))
    stack[top - 1] = memo(frame.memory, frame.view, start, Number(length))
  })

const log = (topicCount: number, prices: MemoryPrices): Instruction =>
  instruction(0xa0 + topicCount, 2 + topicCount, 0, (frame) => {
    const { stack, runState } = frame
    if (runState.env.isStatic) throw new EVMError(EVMError.errorMessages.STATIC_STATE_CHANGE)
    const top = frame.height - 1
    frame.height -= 2 + topicCount
    const length = stack[top - 1] as bigint
    const start = frame.expandMemory(stack[top] as bigint, length)
    frame.useGas(prices.logTopic * topicCount + prices.logByte * Number(length))
    const topics: Uint8Array[] = []
    for (let index = 0; index < topicCount; index++)
      topics.push(wordToBytes(stack[top - 2 - index] as bigint))
    runState.interpreter.log(frame.memory.slice(start, start + Number(length)), topicCount, topics)
  })

/** Memory as the result of the frame. */
const result = (frame: Frame): Uint8Array => {
  const { stack } = frame
  const base = (frame.height -= 2)
  const length = stack[base] as bigint
  const start = frame.expandMemory(stack[base + 1] as bigint, length)
  return frame.memory.slice(start, start + Number(length))
}

export const createMemoryInstructions = (prices: MemoryPrices): readonly Instruction[] => [
  keccak(prices, createKeccakMemo()),
  copying(0x37, prices, ({ runState }) => runState.env.callData),
  copying(0x39, prices, ({ code }) => code),
  returnDataCopy(prices),
  instruction(0x51, 1, 1, (frame) => {
    const start = frame.expandMemory(frame.stack[frame.height - 1] as bigint, 32n)
    frame.stack[frame.height - 1] = readWord(frame.view, start)
  }),
  instruction(0x52, 2, 0, (frame) => {
    const top = frame.height - 1
    frame.height -= 2
    const start = frame.expandMemory(frame.stack[top] as bigint, 32n)
    writeWord(frame.view, start, frame.stack[top - 1] as bigint)
  }),
  instruction(0x53, 2, 0, (frame) => {
    const top = frame.height - 1
    frame.height -= 2
    const start = frame.expandMemory(frame.stack[top] as bigint, 1n)
    frame.memory[start] = Number((frame.stack[top - 1] as bigint) & 0xffn)
  }),
  instruction(0x59, 0, 1, (frame) => {
    frame.stack[frame.height++] = BigInt(frame.memoryWords * 32)
  }),
  memoryCopy(prices),
  ...[0, 1, 2, 3, 4].map((topicCount) => log(topicCount, prices)),
  instruction(0xf3, 2, 0, (frame) => {
    frame.runState.interpreter._result.returnValue = result(frame)
    frame.stopped = true
  }),
  instruction(0xfd, 2, 0, (frame) => {
    frame.runState.interpreter._result.returnValue = result(frame)
    throw new EVMError(EVMError.errorMessages.REVERT)
  }),
]

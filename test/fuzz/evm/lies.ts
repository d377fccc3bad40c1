/** Instructions that are wrong in ways that engines have been wrong in. The search has to find each. */
import { EVMError } from "@ethereumjs/evm"
import type { AccessJournal } from "../../../chain/engine/ethereumjs/accessJournal.ts"
import type { FlatState } from "../../../chain/engine/ethereumjs/flatState.ts"
import type { Frame } from "../../../chain/engine/ethereumjs/frame.ts"
import { type Instruction, instruction } from "../../../chain/engine/ethereumjs/instruction.ts"
import {
  type StoragePrices,
  createStorageInstructions,
} from "../../../chain/engine/ethereumjs/instructions/storage.ts"
import { wordToBytes } from "../../../chain/engine/ethereumjs/words.ts"
import { op } from "./opcodes.ts"

const binary = (name: string, compute: (a: bigint, b: bigint) => bigint): Instruction =>
  instruction(op(name), 2, 1, (frame) => {
    const top = --frame.height
    frame.stack[top - 1] = compute(frame.stack[top] as bigint, frame.stack[top - 1] as bigint)
  })

const word = (value: bigint): bigint => BigInt.asUintN(256, value)
const signed = (value: bigint): bigint => BigInt.asIntN(256, value)

const addmodWithoutCarry = instruction(op("ADDMOD"), 3, 1, (frame) => {
  const top = frame.height - 1
  frame.height -= 2
  const [a, b, n] = [frame.stack[top], frame.stack[top - 1], frame.stack[top - 2]] as [bigint, bigint, bigint]
  frame.stack[top - 2] = n === 0n ? 0n : word(a + b) % n
})

const prices: StoragePrices = {
  warmRead: 100,
  coldSlot: 2_100,
  storeSentry: 2_300,
  storeNew: 20_000,
  storeClean: 2_900,
  storeDirty: 100,
  refundClear: 4_800n,
  refundNew: 19_900n,
  refundClean: 2_800n,
}

/** A storage instruction of the machine that the frame runs on, with something changed. */
const storage = (
  name: "SLOAD" | "SSTORE",
  changed: Partial<StoragePrices>,
  journalOf: (frame: Frame) => AccessJournal = ({ runState }) =>
    runState.interpreter["journal"] as unknown as AccessJournal,
): Instruction => {
  const opcode = op(name)
  return instruction(opcode, name === "SLOAD" ? 1 : 2, name === "SLOAD" ? 1 : 0, (frame) => {
    const state = frame.runState.stateManager as FlatState
    const honest = createStorageInstructions(state, journalOf(frame), { ...prices, ...changed })
    honest.find((each) => each.opcode === opcode)?.execute(frame, opcode)
  })
}

/** By transaction, which EthereumJS keeps one object for. */
const warmed = new WeakMap<object, Set<string>>()

/** Slots that a reverted call has warmed stay warm. */
const warmAfterRevert = storage("SLOAD", {}, ({ runState: { interpreter } }) => {
  const journal = interpreter["journal"] as unknown as AccessJournal
  const transaction = interpreter._evm["_tx"] as object
  const slots = warmed.get(transaction) ?? new Set()
  warmed.set(transaction, slots)
  const warmSlot: AccessJournal["warmSlot"] = (key, slot) => {
    const wasWarm = slots.has(`${key}/${slot}`)
    slots.add(`${key}/${slot}`)
    return journal.warmSlot(key, slot) || wasWarm
  }
  return { warmSlot } as AccessJournal
})

const jumpIntoPushData = instruction(op("JUMP"), 1, 0, (frame) => {
  const target = frame.stack[--frame.height] as bigint
  if (target >= frame.code.length || frame.code[Number(target)] !== op("JUMPDEST"))
    throw new EVMError(EVMError.errorMessages.INVALID_JUMP)
  frame.programCounter = Number(target)
})

/** Copies byte by byte from the front, which is wrong when the ranges overlap that way. */
const memoryCopyForwards = instruction(op("MCOPY"), 3, 0, (frame) => {
  const base = (frame.height -= 3)
  const [size, from, to] = frame.stack.slice(base, base + 3) as [bigint, bigint, bigint]
  const source = frame.expandMemory(from, size)
  const target = frame.expandMemory(to, size)
  frame.useGas(3 * Math.ceil(Number(size) / 32))
  for (let index = 0; index < Number(size); index++)
    frame.memory[target + index] = frame.memory[source + index] as number
})

/** What lies behind the end of the data is left in memory as it was. */
const callDataCopyWithoutZeros = instruction(op("CALLDATACOPY"), 3, 0, (frame) => {
  const base = (frame.height -= 3)
  const [size, from, to] = frame.stack.slice(base, base + 3) as [bigint, bigint, bigint]
  const target = frame.expandMemory(to, size)
  frame.useGas(3 * Math.ceil(Number(size) / 32))
  const { callData } = frame.runState.env
  const start = from < callData.length ? Number(from) : callData.length
  if (size > 0n) frame.memory.set(callData.subarray(start, start + Number(size)), target)
})

const storeByteExpandingAWord = instruction(op("MSTORE8"), 2, 0, (frame) => {
  const top = frame.height - 1
  frame.height -= 2
  const at = frame.expandMemory(frame.stack[top] as bigint, 32n)
  frame.memory[at] = Number((frame.stack[top - 1] as bigint) & 0xffn)
})

const logInStaticCall = [0, 1, 2, 3, 4].map((topics) =>
  instruction(op(`LOG${topics}`), 2 + topics, 0, (frame) => {
    const top = frame.height - 1
    frame.height -= 2 + topics
    const length = frame.stack[top - 1] as bigint
    const start = frame.expandMemory(frame.stack[top] as bigint, length)
    frame.useGas(375 * topics + 8 * Number(length))
    const words = Array.from({ length: topics }, (_, index) =>
      wordToBytes(frame.stack[top - 2 - index] as bigint),
    )
    frame.runState.interpreter.log(frame.memory.slice(start, start + Number(length)), topics, words)
  }),
)

/** By what they do wrong. */
export const lies: Readonly<Record<string, Instruction | readonly Instruction[]>> = {
  "SAR by 256 gives 0 for negative words": binary("SAR", (shift, value) =>
    shift >= 256n ? 0n : word(signed(value) >> shift),
  ),
  "SIGNEXTEND of byte 31 extends": binary("SIGNEXTEND", (index, value) =>
    index > 31n ? value : word(BigInt.asIntN(8 * Math.min(Number(index) + 1, 31), value)),
  ),
  "SDIV of the least by -1 gives the greatest": binary("SDIV", (a, b) => {
    if (b === 0n) return 0n
    return signed(a) === -(2n ** 255n) && signed(b) === -1n ? 2n ** 255n - 1n : word(signed(a) / signed(b))
  }),
  "ADDMOD loses the carry": addmodWithoutCarry,
  "JUMP into the data of a PUSH": jumpIntoPushData,
  "MCOPY of overlapping ranges copies forwards": memoryCopyForwards,
  "CALLDATACOPY beyond the end leaves memory as it was": callDataCopyWithoutZeros,
  "MSTORE8 pays for a word of memory": storeByteExpandingAWord,
  "LOG in a static call": logInStaticCall,
  "SLOAD finds a slot warm that a reverted call warmed": warmAfterRevert,
  "SSTORE refunds 15,000 for clearing, as before London": storage("SSTORE", { refundClear: 15_000n }),
  "SSTORE runs on the stipend of a call": storage("SSTORE", { storeSentry: 0 }),
  "SSTORE of a dirty slot costs as a clean one": storage("SSTORE", { storeDirty: 2_900 }),
}

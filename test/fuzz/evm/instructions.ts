/** Single instructions with operands that make sense to them, most of the time. */
import * as fc from "fast-check"
import { op, opcodeAt, ops } from "./opcodes.ts"
import type { Intent, Operand } from "./program.ts"
import {
  accountWord,
  corner,
  cornerPair,
  memoryOffset,
  memoryRange,
  oneOf,
  smallWord,
  sourceOffset,
  storageSlot,
  storedWord,
  word,
} from "./words.ts"

/** Opcodes that take nothing and leave one item. */
const sources = ops(
  "ADDRESS ORIGIN CALLER CALLVALUE CALLDATASIZE CODESIZE GASPRICE RETURNDATASIZE COINBASE TIMESTAMP NUMBER " +
    "PREVRANDAO GASLIMIT CHAINID SELFBALANCE BASEFEE BLOBBASEFEE PC MSIZE GAS",
)

export const copied: fc.Arbitrary<Operand> = fc.integer({ min: 0, max: 15 }).map((copy) => ({ copy }))
const sourced: fc.Arbitrary<Operand> = fc.constantFrom(...sources).map((run) => ({ run }))

/** Anything. */
export const operand: fc.Arbitrary<Operand> = oneOf<Operand>([8, word], [5, copied], [1, sourced])

export const instruction = (opcode: number, operands: readonly Operand[]): Intent => ({
  kind: "instruction",
  opcode,
  operands,
})

type Operands = fc.Arbitrary<readonly Operand[]>

const each = (...operands: readonly fc.Arbitrary<Operand>[]): Operands => fc.tuple(...operands)

const computing = ops("ADD MUL SUB DIV SDIV MOD SMOD ADDMOD MULMOD LT GT SLT SGT EQ ISZERO AND OR XOR NOT")

const shifting = ops("BYTE SHL SHR SAR SIGNEXTEND")

/** All, some or none of the operands are given; the rest is what the stack holds. */
const computation: fc.Arbitrary<Intent> = fc
  .tuple(
    fc.constantFrom(...computing),
    oneOf<Operand[]>(
      [2, fc.array(operand, { maxLength: 3 })],
      [1, fc.tuple(cornerPair, word).map(([pair, third]) => [...pair, third])],
    ),
  )
  .map(([opcode, operands]) => instruction(opcode, operands.slice(0, opcodeAt(opcode)?.takes)))

const shiftBy: fc.Arbitrary<Operand> = oneOf<Operand>(
  [6, smallWord],
  [4, fc.constantFrom(0n, 1n, 7n, 8n, 30n, 31n, 32n, 254n, 255n, 256n, 257n, 2n ** 64n, 2n ** 255n)],
  [3, fc.integer({ min: 0, max: 260 }).map(BigInt)],
  [2, operand],
)

const shift: fc.Arbitrary<Intent> = fc
  .tuple(fc.constantFrom(...shifting), shiftBy, oneOf<Operand>([3, operand], [1, corner]))
  .map(([opcode, by, what]) => instruction(opcode, [by, what]))

const power: fc.Arbitrary<Intent> = fc
  .tuple(operand, operand)
  .map(([base, exponent]) => instruction(op("EXP"), [base, exponent]))

const pushes: fc.Arbitrary<Intent> = fc
  .tuple(fc.integer({ min: 1, max: 32 }), word)
  .map(([length, value]) => {
    const digits = value
      .toString(16)
      .padStart(64, "0")
      .slice(-2 * length)
    const bytes = Uint8Array.from(Buffer.from(digits, "hex"))
    return { kind: "bytes", bytes: Uint8Array.of(op("PUSH1") + length - 1, ...bytes, op("POP")) }
  })

/** DUPs and SWAPs over a stack that is made high enough. */
const stackWork: fc.Arbitrary<readonly Intent[]> = fc
  .tuple(fc.constantFrom("DUP1", "SWAP1"), fc.integer({ min: 0, max: 15 }), word)
  .map(([first, depth, top]) => [
    { kind: "fill", height: depth + 1 },
    instruction(op("PUSH0"), []),
    instruction(op("ADD"), [top]),
    instruction(op(first) + depth, []),
  ])

const range = memoryRange as Operands
/** Where to, where from, how much. */
const copyRange: Operands = fc
  .tuple(memoryRange, sourceOffset)
  .map(([[offset, size], from]) => [offset, from, size])

const topics = (count: number): Operands =>
  fc
    .tuple(memoryRange, fc.array(operand, { minLength: count, maxLength: count }))
    .map(([[offset, size], words]) => [offset, size, ...words])

const blockNumber: fc.Arbitrary<Operand> = oneOf<Operand>(
  [3, fc.integer({ min: 700, max: 1_010 }).map(BigInt)],
  [1, word],
)

/** Gas, memory, environment, storage: what is not computing on words alone. */
const table: Readonly<Record<string, readonly [weight: number, operands: Operands]>> = {
  KECCAK256: [3, range],
  BALANCE: [2, each(accountWord)],
  CALLDATALOAD: [3, each(sourceOffset)],
  CALLDATACOPY: [3, copyRange],
  CODECOPY: [3, copyRange],
  EXTCODESIZE: [2, each(accountWord)],
  EXTCODECOPY: [3, fc.tuple(accountWord, copyRange).map(([who, rest]) => [who, ...rest])],
  EXTCODEHASH: [2, each(accountWord)],
  BLOCKHASH: [2, each(blockNumber)],
  BLOBHASH: [2, each(word)],
  POP: [2, each()],
  MLOAD: [5, each(memoryOffset)],
  MSTORE: [6, each(memoryOffset, operand)],
  MSTORE8: [4, each(memoryOffset, operand)],
  SLOAD: [5, each(storageSlot)],
  SSTORE: [8, each(storageSlot, storedWord)],
  TLOAD: [4, each(storageSlot)],
  TSTORE: [4, each(storageSlot, storedWord)],
  MCOPY: [5, fc.tuple(memoryRange, memoryOffset).map(([[to, size], from]) => [to, from, size])],
  JUMPDEST: [1, each()],
  PUSH0: [1, each()],
  LOG0: [2, topics(0)],
  LOG1: [2, topics(1)],
  LOG2: [2, topics(2)],
  LOG3: [2, topics(3)],
  LOG4: [2, topics(4)],
}

const fromTable: readonly (readonly [number, fc.Arbitrary<Intent>])[] = Object.entries(table).map(
  ([name, [weight, operands]]) => [weight, operands.map((given) => instruction(op(name), given))],
)

const source: fc.Arbitrary<Intent> = fc.constantFrom(...sources).map((opcode) => instruction(opcode, []))

/** The return data of the last call: all of it, or a part, seldom more than there is. */
const returnData: fc.Arbitrary<Intent> = oneOf<readonly Operand[]>(
  [30, memoryOffset.map((to) => [to, 0n, { run: op("RETURNDATASIZE") }])],
  [9, memoryOffset.map((to) => [to, { run: op("RETURNDATASIZE") }, 0n])],
  [1, fc.tuple(memoryOffset, sourceOffset, fc.integer({ min: 0, max: 64 }).map(BigInt))],
).map((operands) => instruction(op("RETURNDATACOPY"), operands))

const alone = (intents: fc.Arbitrary<Intent>): fc.Arbitrary<readonly Intent[]> =>
  intents.map((intent) => [intent])

/** A group of intents that belong together; mostly one. */
export const plainInstructions: fc.Arbitrary<readonly Intent[]> = oneOf<readonly Intent[]>(
  [40, alone(computation)],
  [14, alone(shift)],
  [4, alone(power)],
  [6, alone(pushes)],
  [10, stackWork],
  [70, alone(oneOf(...fromTable))],
  [12, alone(source)],
  [3, alone(returnData)],
)

/** Calls of other contracts: every kind, with too little and too much gas, value, and room for the answer. */
import * as fc from "fast-check"
import { contracts } from "./addresses.ts"
import { instruction, operand } from "./instructions.ts"
import { op } from "./opcodes.ts"
import type { Intent, Operand } from "./program.ts"
import { accountWord, maxWord, memoryOffset, memorySize, oneOf, storageSlot } from "./words.ts"

const allGas: Operand = { run: op("GAS") }

const gas: fc.Arbitrary<Operand> = oneOf<Operand>(
  [10, fc.constant(allGas)],
  [4, fc.constant(maxWord)],
  [4, fc.integer({ min: 5_000, max: 90_000 }).map(BigInt)],
  [2, fc.integer({ min: 0, max: 3_000 }).map(BigInt)],
  [1, fc.constantFrom(0n, 2_300n, 2n ** 64n - 1n, 2n ** 64n, 2n ** 63n)],
)

export const sentValue: fc.Arbitrary<Operand> = oneOf<Operand>(
  [12, fc.constant(0n)],
  [4, fc.integer({ min: 1, max: 3 }).map(BigInt)],
  [1, fc.constant({ run: op("SELFBALANCE") })],
  [1, fc.constantFrom(2n ** 128n, maxWord, 2n ** 64n)],
)

const kind = fc.constantFrom("CALL", "CALL", "CALLCODE", "DELEGATECALL", "STATICCALL")

const afterwards: fc.Arbitrary<readonly Intent[]> = oneOf<readonly Intent[]>(
  [4, fc.constant([])],
  [2, memoryOffset.map((at) => [instruction(op("RETURNDATACOPY"), [at, 0n, { run: op("RETURNDATASIZE") }])])],
  [2, memoryOffset.map((at) => [instruction(op("MLOAD"), [at])])],
  [1, fc.constant([instruction(op("RETURNDATASIZE"), [])])],
)

/** What calls the address with the input that lies in such a place. */
export type CallWith = (offset: bigint, size: bigint) => readonly Intent[]

export const callOf = (to: fc.Arbitrary<Operand>): fc.Arbitrary<CallWith> =>
  fc
    .record({ kind, gas, to, value: sentValue, at: memoryOffset, room: memorySize, afterwards })
    .map(({ kind, gas, to, value, at, room, afterwards }) => (offset, size) => {
      const withValue = kind === "CALL" || kind === "CALLCODE"
      const operands = [gas, to, ...(withValue ? [value] : []), offset, size, at, room]
      return [instruction(op(kind), operands), ...afterwards]
    })

const anyTarget: fc.Arbitrary<Operand> = oneOf<Operand>(
  [7, accountWord],
  [2, storageSlot.map((slot) => ({ slot }))],
  [1, fc.constant({ run: op("ADDRESS") })],
  [1, operand],
)

/**
 * Calls by the contract of an index: mostly of those behind it, so that the calls come to an end before the gas does;
 * some of any account, of what a slot names, or of whatever.
 */
export const callsFrom = (index: number): fc.Arbitrary<readonly Intent[]> => {
  const behind = contracts.slice(index + 1).map(BigInt)
  const target: fc.Arbitrary<Operand> =
    behind.length === 0 ? anyTarget : oneOf<Operand>([3, fc.constantFrom(...behind)], [1, anyTarget])
  return fc
    .tuple(callOf(target), memoryOffset, memorySize)
    .map(([callWith, offset, size]) => callWith(offset, size))
}

/** A call of what the program has just created: its address is on top of the stack. */
export const callOfNewest: fc.Arbitrary<readonly Intent[]> = callOf(fc.constant({ copy: 0 })).map(
  (callWith) => callWith(0n, 0n),
)

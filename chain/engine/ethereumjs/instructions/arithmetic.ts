/** Opcodes 0x01–0x1d that compute on words alone. Operand order: the first is the top of the stack. */
import { type Instruction, instruction } from "../instruction.ts"

const bits = 256
const maxWord = 2n ** 256n - 1n

const unary = (opcode: number, compute: (a: bigint) => bigint): Instruction =>
  instruction(opcode, 1, 1, ({ stack, height }) => {
    stack[height - 1] = compute(stack[height - 1] as bigint)
  })

const binary = (opcode: number, compute: (a: bigint, b: bigint) => bigint): Instruction =>
  instruction(opcode, 2, 1, (frame) => {
    const { stack } = frame
    const top = --frame.height
    stack[top - 1] = compute(stack[top] as bigint, stack[top - 1] as bigint)
  })

const ternary = (opcode: number, compute: (a: bigint, b: bigint, c: bigint) => bigint): Instruction =>
  instruction(opcode, 3, 1, (frame) => {
    const { stack } = frame
    const top = frame.height - 1
    frame.height -= 2
    stack[top - 2] = compute(stack[top] as bigint, stack[top - 1] as bigint, stack[top - 2] as bigint)
  })

const unsigned = (value: bigint): bigint => BigInt.asUintN(bits, value)
const signed = (word: bigint): bigint => BigInt.asIntN(bits, word)
const truth = (holds: boolean): bigint => (holds ? 1n : 0n)

const signExtend = (byteIndex: bigint, word: bigint): bigint =>
  byteIndex >= 31n ? word : unsigned(BigInt.asIntN(Number(byteIndex) * 8 + 8, word))

export const arithmetic: readonly Instruction[] = [
  binary(0x01, (a, b) => unsigned(a + b)),
  binary(0x02, (a, b) => unsigned(a * b)),
  binary(0x03, (a, b) => unsigned(a - b)),
  binary(0x04, (a, b) => (b === 0n ? 0n : a / b)),
  binary(0x05, (a, b) => (b === 0n ? 0n : unsigned(signed(a) / signed(b)))),
  binary(0x06, (a, b) => (b === 0n ? 0n : a % b)),
  binary(0x07, (a, b) => (b === 0n ? 0n : unsigned(signed(a) % signed(b)))),
  ternary(0x08, (a, b, n) => (n === 0n ? 0n : (a + b) % n)),
  ternary(0x09, (a, b, n) => (n === 0n ? 0n : (a * b) % n)),
  binary(0x0b, signExtend),
  binary(0x10, (a, b) => truth(a < b)),
  binary(0x11, (a, b) => truth(a > b)),
  binary(0x12, (a, b) => truth(signed(a) < signed(b))),
  binary(0x13, (a, b) => truth(signed(a) > signed(b))),
  binary(0x14, (a, b) => truth(a === b)),
  unary(0x15, (a) => truth(a === 0n)),
  binary(0x16, (a, b) => a & b),
  binary(0x17, (a, b) => a | b),
  binary(0x18, (a, b) => a ^ b),
  unary(0x19, (a) => maxWord - a),
  binary(0x1a, (index, word) => (index >= 32n ? 0n : (word >> (248n - 8n * index)) & 0xffn)),
  binary(0x1b, (shift, word) => (shift >= 256n ? 0n : unsigned(word << shift))),
  binary(0x1c, (shift, word) => (shift >= 256n ? 0n : word >> shift)),
  binary(0x1d, (shift, word) => unsigned(signed(word) >> (shift >= 256n ? 256n : shift))),
]

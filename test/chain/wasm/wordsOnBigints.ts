import * as fc from "fast-check"
import { assembleTestModule } from "./assembleTestModule.ts"

type Pointers = (...pointers: number[]) => number

const WORD_BYTES = 32
export const LIMIT = 2n ** 256n

/** The core's functions on words, called with bigints. */
export interface Words {
  /**
   * Calls a function that writes a word. The result is written where nothing else lies or, given `over`, over that
   * operand; operands must otherwise stay as they were.
   */
  calculate(name: string, operands: readonly bigint[], over?: number): bigint
  /** Calls it with one pointer as result and both operands. */
  calculateOverBoth(name: string, operand: bigint): bigint
  /** Calls a function that returns a number. */
  ask(name: string, operands: readonly bigint[]): number
  /** Calls a function that writes two words. */
  calculateLong(name: string, operands: readonly bigint[]): bigint
  readonly memory: Uint8Array
  /** Where some free kilobytes of it begin. */
  readonly room: number
  read(at: number): bigint
  write(at: number, word: bigint): void
  call(name: string, ...numbers: number[]): number
}

const readNumber = (memory: Uint8Array, at: number, length: number): bigint => {
  let number = 0n
  for (let byte = length - 1; byte >= 0; byte--) number = (number << 8n) | BigInt(memory[at + byte]!)
  return number
}

const writeWord = (memory: Uint8Array, at: number, word: bigint): void => {
  for (let byte = 0; byte < WORD_BYTES; byte++) memory[at + byte] = Number((word >> BigInt(8 * byte)) & 255n)
}

export const assembleWords = async (): Promise<Words> => {
  const exports = await assembleTestModule<Record<string, unknown>>("words.ts")
  const memory = new Uint8Array(exports.memory.buffer)
  const room = exports.room.value
  const call = (name: string, ...numbers: number[]) => (exports[name] as Pointers)(...numbers)
  // Words lie at addresses that are multiples of 8 but not of 16.
  const place = (index: number) => room + 8 + 48 * index
  const put = (operands: readonly bigint[]) =>
    operands.map((operand, index) => {
      writeWord(memory, place(index + 1), operand)
      return place(index + 1)
    })
  const checkOperands = (operands: readonly bigint[], except?: number) => {
    for (const [index, operand] of operands.entries()) {
      if (index === except || readNumber(memory, place(index + 1), WORD_BYTES) === operand) continue
      throw new Error(`operand ${index} was changed`)
    }
  }
  return {
    memory,
    room,
    call,
    read: (at) => readNumber(memory, at, WORD_BYTES),
    write: (at, number) => writeWord(memory, at, number),
    calculateOverBoth(name, operand) {
      writeWord(memory, place(0), operand)
      call(name, place(0), place(0), place(0))
      return readNumber(memory, place(0), WORD_BYTES)
    },
    calculate(name, operands, over) {
      const pointers = put(operands)
      const out = over === undefined ? place(0) : pointers[over]!
      memory.fill(0xee, place(0), place(0) + WORD_BYTES)
      call(name, out, ...pointers)
      checkOperands(operands, over)
      return readNumber(memory, out, WORD_BYTES)
    },
    ask(name, operands) {
      const answer = call(name, ...put(operands))
      checkOperands(operands)
      return answer
    },
    calculateLong(name, operands) {
      const out = place(operands.length + 1)
      call(name, out, ...put(operands))
      checkOperands(operands)
      return readNumber(memory, out, 2 * WORD_BYTES)
    },
  }
}

const aroundPowers = Array.from({ length: 257 }, (_, bits) => 2n ** BigInt(bits)).flatMap((power) => [
  power - 1n,
  power,
  power + 1n,
])

/** Where carries, borrows and signs turn over: around every power of two, in the way of limbs of all ones. */
export const edgeWords: readonly bigint[] = [
  0n,
  2n ** 256n - 2n ** 64n,
  2n ** 192n - 2n ** 64n,
  2n ** 256n - 2n ** 128n,
  (2n ** 64n - 1n) * (2n ** 128n + 1n),
  10n ** 18n,
  10n ** 77n,
  ...aroundPowers.filter((word) => word < LIMIT),
]

const ofBits = fc
  .tuple(fc.integer({ min: 1, max: 256 }), fc.bigInt({ min: 0n, max: LIMIT - 1n }))
  .map(([bits, word]) => word >> BigInt(256 - bits))

/** Words whose 32-bit digits are mostly extreme: these make long division guess wrongly. */
const ofExtremeDigits = fc
  .array(fc.constantFrom(0n, 1n, 0x7fffffffn, 0x80000000n, 0x80000001n, 0xfffffffen, 0xffffffffn), {
    minLength: 1,
    maxLength: 8,
  })
  .map((digits) => digits.reduce<bigint>((number, digit) => (number << 32n) | digit, 0n))

/** Words of all lengths, and those at which arithmetic goes wrong. */
export const word: fc.Arbitrary<bigint> = fc.oneof(ofBits, ofExtremeDigits, fc.constantFrom(...edgeWords))

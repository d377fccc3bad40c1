import * as fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import { assembleWords, edgeWords, word, type Words } from "./wordsOnBigints.ts"

const signed = (a: bigint) => BigInt.asIntN(256, a)
const cut = (a: bigint) => BigInt.asUintN(256, a)

const ofTwo: Record<string, (a: bigint, b: bigint) => bigint> = {
  shiftLeft: (shift, value) => (shift > 255n ? 0n : cut(value << shift)),
  shiftRight: (shift, value) => (shift > 255n ? 0n : value >> shift),
  arithmeticShiftRight: (shift, value) => cut(signed(value) >> (shift > 255n ? 255n : shift)),
  signExtend: (index, value) => (index > 30n ? value : cut(BigInt.asIntN(8 * (Number(index) + 1), value))),
  byteOf: (index, value) => (index > 31n ? 0n : (value >> (8n * (31n - index))) & 255n),
}

const questions: Record<string, (a: bigint, b: bigint) => boolean> = {
  equal: (a, b) => a === b,
  lessThan: (a, b) => a < b,
  signedLessThan: (a, b) => signed(a) < signed(b),
}

/** Differ in one bit, or not at all. */
const nearlyEqual = fc
  .tuple(word, fc.integer({ min: 0, max: 256 }))
  .map(([a, bit]) => [a, cut(a ^ (1n << BigInt(bit)))] as const)

let words: Words
beforeAll(async () => {
  words = await assembleWords()
})

describe.each(Object.entries(ofTwo))("%s", (name, law) => {
  const amount = fc.oneof(fc.bigInt({ min: 0n, max: 300n }), word)

  it("agrees with bigints, whatever operand the result is written over", () => {
    fc.assert(
      fc.property(amount, word, (a, b) => {
        const results = [undefined, 0, 1].map((over) => words.calculate(name, [a, b], over))
        expect(results, `${name}(${a}, ${b})`).toEqual(results.map(() => law(a, b)))
      }),
      { numRuns: 3000 },
    )
  })

  it("agrees with bigints for every amount up to 260, and for one pointer as both operands", () => {
    const patterns = [cut(-1n), 2n ** 255n, 0x8091a2b3c4d5e6f7n * (2n ** 192n + 2n ** 128n + 2n ** 64n + 1n)]
    for (let amount = 0n; amount <= 260n; amount++) {
      for (const pattern of patterns) {
        expect(words.calculate(name, [amount, pattern]), `${name}(${amount})`).toBe(law(amount, pattern))
      }
      expect(words.calculateOverBoth(name, amount)).toBe(law(amount, amount))
    }
  })
})

describe.each(Object.entries(questions))("%s", (name, law) => {
  it("agrees with bigints", () => {
    const pair = fc.oneof(fc.tuple(word, word), nearlyEqual)
    fc.assert(
      fc.property(pair, ([a, b]) => {
        expect(words.ask(name, [a, b]), `${name}(${a}, ${b})`).toBe(Number(law(a, b)))
        expect(words.ask(name, [b, a]), `${name}(${b}, ${a})`).toBe(Number(law(b, a)))
      }),
      { numRuns: 3000 },
    )
  })
})

describe("isZero", () => {
  it("is so of 0 alone", () => {
    for (const edge of edgeWords) expect(words.ask("isZero", [edge])).toBe(Number(edge === 0n))
  })
})

describe("words as bytes", () => {
  const bytesOf = (a: bigint) => Uint8Array.from(Buffer.from(a.toString(16).padStart(64, "0"), "hex"))
  const alignment = fc.integer({ min: 0, max: 15 })

  it("are read from 32 big-endian bytes at any address", () => {
    fc.assert(
      fc.property(word, alignment, (a, offset) => {
        const bytes = words.room + 512 + offset
        words.memory.set(bytesOf(a), bytes)
        words.call("loadWord", words.room, bytes)
        expect(words.calculate("copyWord", [words.read(words.room)])).toBe(a)
      }),
    )
  })

  it("are written as 32 big-endian bytes at any address, and nothing around them", () => {
    fc.assert(
      fc.property(word, alignment, (a, offset) => {
        const bytes = words.room + 512 + offset
        words.memory.fill(0x55, bytes - 16, bytes + 48)
        words.write(words.room, a)
        words.call("storeWord", bytes, words.room)
        expect(words.memory.slice(bytes, bytes + 32)).toEqual(bytesOf(a))
        const around = [
          ...words.memory.slice(bytes - 16, bytes),
          ...words.memory.slice(bytes + 32, bytes + 48),
        ]
        expect(around).toEqual(Array.from({ length: 32 }, () => 0x55))
      }),
    )
  })

  it("turn round in place", () => {
    fc.assert(
      fc.property(word, (a) => {
        words.write(words.room, a)
        words.call("storeWord", words.room, words.room)
        expect(words.memory.slice(words.room, words.room + 32)).toEqual(bytesOf(a))
      }),
    )
  })

  it("are copied whole, also onto themselves, and set to zero", () => {
    for (const edge of edgeWords) {
      expect(words.calculate("copyWord", [edge])).toBe(edge)
      expect(words.calculate("copyWord", [edge], 0)).toBe(edge)
      expect(words.calculate("storeZero", [])).toBe(0n)
    }
  })
})

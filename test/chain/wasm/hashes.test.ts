import * as fc from "fast-check"
import { createHash } from "node:crypto"
import { keccak256 } from "viem"
import { beforeAll, describe, expect, it } from "vitest"
import { assembleTestModule, type TestModule } from "./assembleTestModule.ts"

type Hash = (out: number, input: number, length: number) => void

interface Hashes {
  readonly keccak256: Hash
  readonly rememberedKeccak256: Hash
  readonly sha256: Hash
}

let module: TestModule & Hashes
let memory: Uint8Array
beforeAll(async () => {
  module = await assembleTestModule<Hashes>("hashes.ts")
  memory = new Uint8Array(module.memory.buffer)
})

const judges: Record<keyof Hashes, (bytes: Uint8Array) => string> = {
  keccak256: (bytes) => keccak256(bytes),
  rememberedKeccak256: (bytes) => keccak256(bytes),
  sha256: (bytes) => `0x${createHash("sha256").update(bytes).digest("hex")}`,
}

const readHash = (at: number) => `0x${Buffer.from(memory.slice(at, at + 32)).toString("hex")}`

/** The hash of bytes that lie `offset` bytes off an aligned address, between other bytes that are not zero. */
const hashOf = (name: keyof Hashes, bytes: Uint8Array, offset: number): string => {
  const input = module.room.value + 64 + offset
  memory.fill(0xa5, input - 8, input + bytes.length + 8)
  memory.set(bytes, input)
  const out = module.room.value + offset
  memory.fill(0x5a, out, out + 40)
  module[name](out, input, bytes.length)
  expect(memory.slice(input, input + bytes.length)).toEqual(bytes)
  expect(memory.slice(out + 32, out + 40)).toEqual(new Uint8Array(8).fill(0x5a))
  return readHash(out)
}

describe.each(Object.entries(judges) as [keyof Hashes, (bytes: Uint8Array) => string][])(
  "%s",
  (name, judge) => {
    it("agrees with its judge on every length up to 300 bytes", () => {
      for (let length = 0; length <= 300; length++) {
        const bytes = Uint8Array.from({ length }, (_, index) => (index * 167 + length) & 255)
        expect(hashOf(name, bytes, length % 16), `${length} bytes`).toBe(judge(bytes))
      }
    })

    it("agrees with its judge on bytes of any content and length at any address", () => {
      const bytes = fc.oneof(
        fc.uint8Array({ maxLength: 600 }),
        fc.uint8Array({ minLength: 600, maxLength: 24_576 }),
      )
      fc.assert(
        fc.property(bytes, fc.integer({ min: 0, max: 15 }), (bytes, offset) => {
          expect(hashOf(name, bytes, offset)).toBe(judge(bytes))
        }),
      )
    })

    it("writes the hash over its own input", () => {
      const bytes = Uint8Array.from({ length: 64 }, (_, index) => index)
      memory.set(bytes, module.room.value)
      module[name](module.room.value, module.room.value, 64)
      expect(readHash(module.room.value)).toBe(judge(bytes))
    })
  },
)

describe("the memo of Keccak", () => {
  /** Words that differ in few places, so that inputs come again and share limbs; of one word, or of two. */
  const inputs = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 31 })), {
      minLength: 1,
      maxLength: 2,
    })
    .map((words) =>
      Uint8Array.from(
        words.flatMap(([value, place]) => Array.from({ length: 32 }, (_, at) => (at === place ? value : 0))),
      ),
    )

  it("tells apart inputs that have most of their bytes in common", () => {
    fc.assert(
      fc.property(fc.array(inputs, { maxLength: 200 }), (asked) => {
        for (const bytes of asked) expect(hashOf("rememberedKeccak256", bytes, 0)).toBe(keccak256(bytes))
      }),
    )
  })

  it("tells apart more inputs than it can remember, in any order", () => {
    const many = Array.from({ length: 1500 }, (_, index) => {
      const bytes = new Uint8Array(64)
      new DataView(bytes.buffer).setUint16(index % 2 === 0 ? 30 : 62, index)
      return { bytes, hash: keccak256(bytes) }
    })
    const at = module.room.value
    const wrong = [...many, ...many.toReversed(), ...many].filter(({ bytes, hash }) => {
      memory.set(bytes, at)
      module.rememberedKeccak256(at, at, 64)
      return readHash(at) !== hash
    })
    expect(wrong).toEqual([])
  })
})

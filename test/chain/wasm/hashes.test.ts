import * as fc from "fast-check"
import { createHash } from "node:crypto"
import { keccak256 } from "viem"
import { beforeAll, describe, expect, it } from "vitest"
import { assembleTestModule, type TestModule } from "./assembleTestModule.ts"

type Hash = (out: number, input: number, length: number) => void

interface Hashes {
  readonly keccak256: Hash
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

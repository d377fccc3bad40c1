import * as fc from "fast-check"
import { keccak256 } from "viem"
import { beforeAll, expect, it } from "vitest"
import { assembleTestModule, type TestModule } from "./assembleTestModule.ts"

interface Hashes {
  keccak256(out: number, input: number, length: number): void
}

let module: TestModule & Hashes
let memory: Uint8Array
beforeAll(async () => {
  module = await assembleTestModule<Hashes>("keccak.ts")
  memory = new Uint8Array(module.memory.buffer)
})

/** The hash of bytes that lie `offset` bytes off an aligned address, between other bytes that are not zero. */
const hashOf = (bytes: Uint8Array, offset: number): string => {
  const input = module.room.value + 64 + offset
  memory.fill(0xa5, input - 8, input + bytes.length + 8)
  memory.set(bytes, input)
  const out = module.room.value + offset
  memory.fill(0x5a, out, out + 40)
  module.keccak256(out, input, bytes.length)
  expect(memory.slice(input, input + bytes.length)).toEqual(bytes)
  expect(memory.slice(out + 32, out + 40)).toEqual(new Uint8Array(8).fill(0x5a))
  return `0x${Buffer.from(memory.slice(out, out + 32)).toString("hex")}`
}

it("hashes every length up to 300 bytes as viem does", () => {
  for (let length = 0; length <= 300; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 167 + length) & 255)
    expect(hashOf(bytes, length % 16), `${length} bytes`).toBe(keccak256(bytes))
  }
})

it("hashes bytes of any content and length at any address as viem does", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc.uint8Array({ minLength: 600, maxLength: 24_576 }),
  )
  fc.assert(
    fc.property(bytes, fc.integer({ min: 0, max: 15 }), (bytes, offset) => {
      expect(hashOf(bytes, offset)).toBe(keccak256(bytes))
    }),
  )
})

it("writes the hash over its own input", () => {
  const bytes = Uint8Array.from({ length: 64 }, (_, index) => index)
  memory.set(bytes, module.room.value)
  module.keccak256(module.room.value, module.room.value, 64)
  const hash = memory.slice(module.room.value, module.room.value + 32)
  expect(`0x${Buffer.from(hash).toString("hex")}`).toBe(keccak256(bytes))
})

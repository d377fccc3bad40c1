import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  CodingInvalid,
  encode,
  restore,
  ShardsMalformed,
  TooFewShards,
} from "../../ml/erasure/reedSolomon.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"

const standard = { data: 10, parity: 4 }
const bytesOf = (length: number): Uint8Array => deriveStream("coding", String(length)).bytes(length)

/** All ways to choose `count` of the numbers below `of`. */
const subsets = (of: number, count: number): readonly (readonly number[])[] => {
  if (count === 0) return [[]]
  if (of < count) return []
  return [...subsets(of - 1, count), ...subsets(of - 1, count - 1).map((rest) => [...rest, of - 1])]
}

const keep = (shards: readonly Uint8Array[], kept: readonly number[]) =>
  shards.map((shard, index) => (kept.includes(index) ? shard : undefined))

describe("10 data and 4 parity shards", () => {
  const tens = subsets(14, 10)

  test.each([0, 1, 9, 10, 11, 1_003])("every 10 of the 14 restore %i bytes exactly", (length) => {
    const bytes = bytesOf(length)
    const shards = encode(bytes, standard)
    expect(tens.length).toBe(1_001)
    const wrong = tens.filter(
      (kept) => Buffer.compare(restore(keep(shards, kept), standard, length), bytes) !== 0,
    )
    expect(wrong).toEqual([])
  })

  test("the worst case restores a large content: four data shards are lost", () => {
    const bytes = bytesOf(800_003)
    const shards = encode(bytes, standard)
    const kept = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    expect(Buffer.compare(restore(keep(shards, kept), standard, bytes.length), bytes)).toBe(0)
  })

  test("any 9 are too few", () => {
    const shards = encode(bytesOf(100), standard)
    for (const kept of subsets(14, 9).filter((_, place) => place % 97 === 0)) {
      expect(() => restore(keep(shards, kept), standard, 100)).toThrow(TooFewShards)
    }
    expect(() => restore(keep(shards, []), standard, 100)).toThrow("0 shards are left, 10 are needed")
  })

  test("data shards are the content itself, cut in order", () => {
    const shards = encode(bytesOf(95), standard)
    expect(shards.map(({ length }) => length)).toEqual(Array<number>(14).fill(10))
    const start = Buffer.concat(shards.slice(0, 10)).subarray(0, 95)
    expect(Buffer.compare(start, bytesOf(95))).toBe(0)
  })
})

test("any coding that GF(2^8) has room for restores any content from any shards that suffice", () => {
  const coding = fc
    .record({ data: fc.integer({ min: 1, max: 40 }), parity: fc.integer({ min: 0, max: 20 }) })
    .chain((counts) =>
      fc.record({
        counts: fc.constant(counts),
        bytes: fc.uint8Array({ maxLength: 300 }),
        order: fc.shuffledSubarray(
          Array.from({ length: counts.data + counts.parity }, (_, index) => index),
          { minLength: counts.data },
        ),
      }),
    )
  fc.assert(
    fc.property(coding, ({ counts, bytes, order }) => {
      const shards = encode(bytes, counts)
      expect(Buffer.compare(restore(keep(shards, order), counts, bytes.length), bytes)).toBe(0)
    }),
  )
})

describe("what can't be coded is refused", () => {
  test.each([
    [0, 4],
    [10, -1],
    [2.5, 1],
    [200, 57],
    [Number.NaN, 1],
  ])("%d data and %d parity shards", (data, parity) => {
    expect(() => encode(bytesOf(10), { data, parity })).toThrow(CodingInvalid)
  })

  test("shards of other contents by number and length", () => {
    const shards = encode(bytesOf(100), standard)
    expect(() => restore(shards.slice(1), standard, 100)).toThrow(ShardsMalformed)
    expect(() => restore(shards, standard, 101)).toThrow("shard 0 has 10 bytes, expected 11")
  })
})

import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { dirichlet } from "../../ml/partition/dirichlet.ts"
import { partition, type PartitionKind } from "../../ml/partition/partition.ts"
import { PartitionInvalid } from "../../ml/partition/pool.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"

const kinds = fc.oneof(
  fc.constant<PartitionKind>({ kind: "iid" }),
  fc.record({
    kind: fc.constant("dirichlet" as const),
    alpha: fc.double({ min: 0.001, max: 100, noNaN: true }),
  }),
  fc.constant<PartitionKind>({ kind: "byLabel", slicesPerPart: 2 }),
)

/** A pool within labelled examples, and a number of parts and an even size that it can give. */
const requests = fc
  .record({
    labels: fc.uint8Array({ minLength: 12, maxLength: 200, max: 9 }),
    keep: fc.integer({ min: 1, max: 4 }),
    parts: fc.integer({ min: 1, max: 5 }),
    seed: fc.string(),
  })
  .map(({ labels, keep, parts, seed }) => {
    const pool = [...labels.keys()].filter((index) => index % 5 < keep)
    return { labels, pool, parts, seed, samplesPerPart: 2 * Math.floor(pool.length / parts / 2) }
  })
  .filter(({ samplesPerPart }) => samplesPerPart > 0)

const deal = (kind: PartitionKind, { seed, ...request }: { seed: string } & Parameters<typeof shards>[1]) =>
  shards(kind, request, seed)
const shards = (
  kind: PartitionKind,
  request: { labels: Uint8Array; pool?: number[]; parts: number; samplesPerPart?: number },
  seed: string,
) => partition(kind, { ...request, stream: deriveStream(seed, "partition") })

describe("every partition", () => {
  test("deals disjoint shards of the asked size from the pool, each in ascending order", () => {
    fc.assert(
      fc.property(kinds, requests, (kind, request) => {
        const dealt = deal(kind, request)
        expect(dealt.map((shard) => shard.length)).toEqual(
          Array.from({ length: request.parts }, () => request.samplesPerPart),
        )
        const all = dealt.flatMap((shard) => [...shard])
        expect(new Set(all).size).toBe(all.length)
        expect(all.every((index) => request.pool.includes(index))).toBe(true)
        for (const shard of dealt) expect([...shard]).toEqual([...shard].sort((a, b) => a - b))
      }),
    )
  })

  test("is a function of the seed and of the pool as a set", () => {
    fc.assert(
      fc.property(kinds, requests, (kind, request) => {
        expect(deal(kind, request)).toEqual(deal(kind, { ...request, pool: request.pool.toReversed() }))
      }),
    )
  })

  test.each<PartitionKind>([
    { kind: "iid" },
    { kind: "dirichlet", alpha: 1 },
    { kind: "byLabel", slicesPerPart: 2 },
  ])("another seed gives other shards: %o", (kind) => {
    const labels = Uint8Array.from({ length: 400 }, (_, i) => i % 10)
    expect(shards(kind, { labels, parts: 4 }, "1")).not.toEqual(shards(kind, { labels, parts: 4 }, "2"))
  })

  test.each([
    ["index 9 names none of the 5 examples", { pool: [1, 9], parts: 1 }],
    ["index 1 is in the pool twice", { pool: [1, 1], parts: 1 }],
    ["0 parts", { parts: 0 }],
    ["0 samples per part", { parts: 6 }],
    ["3 parts of 2 need 6 examples, the pool has 5", { parts: 3, samplesPerPart: 2 }],
  ])("refuses: %s", (problem, request) => {
    const labels = Uint8Array.of(0, 1, 2, 3, 4)
    expect(() => shards({ kind: "iid" }, { labels, ...request }, "1")).toThrow(PartitionInvalid)
    expect(() => shards({ kind: "iid" }, { labels, ...request }, "1")).toThrow(problem)
  })
})

const labels = Uint8Array.from({ length: 6_000 }, (_, i) => i % 10)
const classesIn = (shard: Uint32Array): number => new Set(Array.from(shard, (index) => labels[index])).size
/** Mean over shards of the share of the most frequent class: 0.1 is even, 1 is a single class. */
const skew = (dealt: readonly Uint32Array[]): number => {
  const shares = dealt.map((shard) => {
    const counts = Array.from({ length: 10 }, () => 0)
    for (const index of shard) counts[labels[index]!]!++
    return Math.max(...counts) / shard.length
  })
  return shares.reduce((a, b) => a + b, 0) / shares.length
}

const request = { labels, parts: 20, samplesPerPart: 200 }
const skewAt = (alpha: number): number => skew(shards({ kind: "dirichlet", alpha }, request, "1"))

describe("skew", () => {
  test("iid shards look like the pool", () => {
    expect(skew(shards({ kind: "iid" }, request, "1"))).toBeLessThan(0.17)
  })

  test("falls with the Dirichlet concentration: near one class at 0.01, near iid at 1,000", () => {
    expect(skewAt(0.01)).toBeGreaterThan(0.85)
    expect(skewAt(1)).toBeLessThan(skewAt(0.1))
    expect(skewAt(1)).toBeGreaterThan(skewAt(1_000))
    expect(skewAt(1_000)).toBeLessThan(0.17)
  })

  test("Dirichlet proportions have the variance of the distribution", () => {
    // Share of a class under Dirichlet(a, …, a) over 10 classes: mean 0.1, variance 0.1 · 0.9 / (10 a + 1).
    const many = Uint8Array.from({ length: 200_000 }, (_, i) => i % 10)
    const dealt = dirichlet({
      labels: many,
      parts: 1_000,
      samplesPerPart: 100,
      alpha: 0.7,
      stream: deriveStream("moments", "partition"),
    })
    const shares = dealt.flatMap((shard) =>
      Array.from({ length: 10 }, (_, k) => shard.filter((index) => many[index] === k).length / 100),
    )
    const variance = shares.reduce((sum, share) => sum + (share - 0.1) * (share - 0.1), 0) / shares.length
    const ofMix = (0.1 * 0.9) / (0.7 * 10 + 1)
    // Drawing 100 examples from the mix adds binomial variance.
    const expected = ofMix + (0.1 * 0.9 - ofMix) / 100
    expect(variance / expected).toBeGreaterThan(0.9)
    expect(variance / expected).toBeLessThan(1.1)
  })

  test("a shard by label knows about as many classes as it has slices", () => {
    const one = shards({ kind: "byLabel", slicesPerPart: 1 }, request, "1")
    const two = shards({ kind: "byLabel", slicesPerPart: 2 }, request, "1")
    expect(Math.max(...one.map(classesIn))).toBeLessThanOrEqual(2)
    expect(Math.max(...two.map(classesIn))).toBeLessThanOrEqual(4)
    expect(skew(two)).toBeGreaterThan(0.4)
  })

  test("slices that do not divide a shard are refused", () => {
    expect(() => shards({ kind: "byLabel", slicesPerPart: 3 }, request, "1")).toThrow(
      "3 slices per part do not divide the 200 samples of a part",
    )
  })
})

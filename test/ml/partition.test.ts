import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { dirichlet } from "../../ml/partition/dirichlet.ts"
import { labelSkew } from "../../ml/partition/labelSkew.ts"
import { partition, type PartitionKind } from "../../ml/partition/partition.ts"
import { PartitionInvalid } from "../../ml/partition/pool.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"

const kinds = fc.oneof(
  fc.constant<PartitionKind>({ kind: "iid" }),
  fc.record({
    kind: fc.constant("dirichlet" as const),
    alpha: fc.oneof(fc.double({ min: 0.001, max: 100, noNaN: true }), fc.constantFrom(1e-9, 1e-4, 1e6)),
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
const skew = (dealt: readonly Uint32Array[]): number => labelSkew(dealt, labels, 10)

const request = { labels, parts: 20, samplesPerPart: 200 }
const skewAt = (alpha: number): number => skew(shards({ kind: "dirichlet", alpha }, request, "1"))

describe("skew", () => {
  test("of iid shards is what chance alone makes it", () => {
    // ½ · 10 classes · √(2/π) · √(0.1 · 0.9 / 200): the mean absolute deviation of a binomial share.
    const byChance = 5 * Math.sqrt(2 / Math.PI) * Math.sqrt((0.1 * 0.9) / 200)
    expect(skew(shards({ kind: "iid" }, request, "1")) / byChance).toBeGreaterThan(0.85)
    expect(skew(shards({ kind: "iid" }, request, "1")) / byChance).toBeLessThan(1.1)
  })

  test("grows as the Dirichlet concentration falls, from chance to shards of one class", () => {
    // Twenty shards of 200 leave room: at the end each class is dealt to few of them.
    const skews = [1e6, 10, 1, 0.1, 0.01, 1e-4, 1e-9].map(skewAt)
    expect(skews.slice(0, 5)).toEqual(skews.slice(0, 5).toSorted((a, b) => a - b))
    expect(skews[0]).toBeLessThan(0.1)
    for (const nearOne of skews.slice(4)) expect(nearOne).toBeGreaterThan(0.8)
  })

  test("of whole classes is one less the share of the class, of copies of the whole zero", () => {
    const whole = fc.uint8Array({ minLength: 1, maxLength: 60, max: 4 })
    fc.assert(
      fc.property(whole, (given) => {
        const all = [...given.keys()]
        expect(labelSkew([all, all], given, 5)).toBe(0)
        const classes = [...new Set(given)].map((label) => all.filter((index) => given[index] === label))
        const shares = classes.map((members) => members.length / given.length)
        const expected = 1 - shares.reduce((sum, share) => sum + share, 0) / shares.length
        expect(labelSkew(classes, given, 5)).toBeCloseTo(expected, 12)
      }),
    )
  })

  test("is no number without shards, examples or labels", () => {
    expect(() => labelSkew([], labels, 10)).toThrow("there are no shards to compare")
    expect(() => labelSkew([[1], []], labels, 10)).toThrow("shard 1 is empty")
    expect(() => labelSkew([[6_000]], labels, 10)).toThrow("label undefined, expected 0 to 9")
    expect(() => labelSkew([[1]], labels, 5)).toThrow("expected 0 to 4")
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
    expect(skew(one)).toBeGreaterThan(skew(two))
    expect(skew(two)).toBeGreaterThan(0.7)
  })

  test("slices that do not divide a shard are refused", () => {
    expect(() => shards({ kind: "byLabel", slicesPerPart: 3 }, request, "1")).toThrow(
      "3 slices per part do not divide the 200 samples of a part",
    )
  })
})

describe("classes of unequal size", () => {
  // Shares of about 47, 23, 21 and 9 %, as the data set of languages has them.
  const uneven = Uint8Array.from({ length: 20_000 }, (_, i) =>
    [47, 70, 91, 100].findIndex((top) => i % 100 < top),
  )
  const prior = [0.47, 0.23, 0.21, 0.09]
  const dealtAt = (alpha: number) =>
    dirichlet({
      labels: uneven,
      parts: 40,
      samplesPerPart: 100,
      alpha,
      stream: deriveStream("uneven", "partition"),
    })
  const shareOf = (dealt: readonly Uint32Array[], label: number) => {
    const all = dealt.flatMap((shard) => [...shard])
    return all.filter((index) => uneven[index] === label).length / all.length
  }

  test("are dealt by Dirichlet in their own shares on average, whatever the concentration", () => {
    prior.forEach((share, label) => {
      expect(Math.abs(shareOf(dealtAt(1e6), label) - share)).toBeLessThan(0.02)
      // 40 shards of mostly one class: the standard error of a share is up to 0.08.
      expect(Math.abs(shareOf(dealtAt(0.05), label) - share)).toBeLessThan(0.2)
    })
    expect(labelSkew(dealtAt(0.05), uneven, 4)).toBeGreaterThan(2 * labelSkew(dealtAt(5), uneven, 4))
  })

  test("are cut by label into slices of equal size, so that a slice knows one class or two", () => {
    const dealt = shards({ kind: "byLabel", slicesPerPart: 1 }, { labels: uneven, parts: 40 }, "1")
    const known = dealt.map((shard) => new Set(Array.from(shard, (index) => uneven[index])).size)
    expect(Math.max(...known)).toBe(2)
    expect(known.filter((count) => count === 1).length).toBeGreaterThanOrEqual(37)
  })
})

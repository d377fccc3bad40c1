import { Effect, Random } from "effect"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { createKernel } from "../../sim/kernel/createKernel.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"

const first = (seed: string, name: string): number => deriveStream(seed, name).next()

const take = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw)

/** A change here changes every digest: it is a decision, with a line in the changelog. */
const GOLDEN = {
  next: [0.6093867307289212, 0.3925364084067884, 0.4233238826252048, 0.23154455779087124],
  int: [1, 3, 5, 3],
  bytes: "ca2502493a343dd0cb",
  normal: [1.5860590195900814, 0.6149457323218345],
  shuffle: "aebdc",
  draws: 19,
}

describe("a random stream", () => {
  test("gives for a seed and a name what it has always given", () => {
    const stream = deriveStream("42", "network/latency")
    expect(take(4, () => stream.next())).toEqual(GOLDEN.next)
    expect(take(4, () => stream.int(1, 6))).toEqual(GOLDEN.int)
    expect(Buffer.from(stream.bytes(9)).toString("hex")).toBe(GOLDEN.bytes)
    expect(take(2, () => stream.normal())).toEqual(GOLDEN.normal)
    expect(stream.shuffle(["a", "b", "c", "d", "e"]).join("")).toBe(GOLDEN.shuffle)
    expect(stream.draws).toBe(GOLDEN.draws)
  })

  test("depends on seed and name, and on where one ends and the other begins", () => {
    const draws = [
      first("1", "a"),
      first("1", "b"),
      first("2", "a"),
      first("1a", ""),
      first("", "1a"),
      first("1\n1:a", ""),
    ]
    expect(new Set(draws).size).toBe(draws.length)
  })

  test("is the same again for the same seed and name", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (seed, name) => {
        const [one, two] = [deriveStream(seed, name), deriveStream(seed, name)]
        expect(take(3, () => one.next())).toEqual(take(3, () => two.next()))
      }),
    )
  })

  test("gives integers within bounds, also at the edge of what a float counts", () => {
    const edge = fc.maxSafeInteger()
    fc.assert(
      fc.property(fc.string(), edge, edge, (seed, a, b) => {
        const [min, max] = [Math.min(a, b), Math.max(a, b)]
        fc.pre(max - min < Number.MAX_SAFE_INTEGER)
        const drawn = deriveStream(seed, "int").int(min, max)
        expect(Number.isSafeInteger(drawn) && drawn >= min && drawn <= max).toBe(true)
      }),
    )
  })

  test("refuses bounds that are no integers or out of order", () => {
    const stream = deriveStream("1", "x")
    expect(() => stream.int(2, 1)).toThrow(RangeError)
    expect(() => stream.int(0.5, 1)).toThrow(RangeError)
    expect(() => stream.int(0, Infinity)).toThrow(RangeError)
    expect(() => stream.int(NaN, 1)).toThrow(RangeError)
  })

  test("shuffles into a permutation and leaves the original alone", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer()), (seed, items) => {
        const before = [...items]
        const shuffled = deriveStream(seed, "shuffle").shuffle(items)
        expect(items).toEqual(before)
        expect([...shuffled].sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b))
      }),
    )
  })

  test("is uniform: a chi-squared over 64 cells stays below its 99.9 % quantile", () => {
    const stream = deriveStream("1", "uniform")
    const cells = Array.from({ length: 64 }, () => 0)
    const draws = 64_000
    for (let draw = 0; draw < draws; draw++) cells[stream.int(0, 63)]!++
    const expected = draws / 64
    const chiSquared = cells.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    expect(chiSquared).toBeLessThan(103.4)
  })

  test("has normal draws of mean 0 and variance 1", () => {
    const stream = deriveStream("1", "normal")
    const draws = take(40_000, () => stream.normal())
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length
    expect(Math.abs(mean)).toBeLessThan(0.02)
    expect(Math.abs(variance - 1)).toBeLessThan(0.03)
  })

  test("counts its draws, and two streams of one run are not correlated", () => {
    const [one, two] = [deriveStream("7", "agent/a"), deriveStream("7", "agent/b")]
    const pairs = Array.from({ length: 20_000 }, () => (one.next() - 0.5) * (two.next() - 0.5))
    const correlation = (12 * pairs.reduce((sum, x) => sum + x, 0)) / pairs.length
    expect(Math.abs(correlation)).toBeLessThan(0.03)
    expect(one.draws).toBe(20_000)
  })
})

/** What each agent draws, by name. */
const drawsOf = async (
  drawsByAgent: Readonly<Record<string, number>>,
  noise = 0,
): Promise<Map<string, number[]>> => {
  const kernel = createKernel({ seed: "streams", horizonMicros: 1_000_000 })
  const drawn = new Map<string, number[]>()
  const network = kernel.stream("network/latency")
  for (let draw = 0; draw < noise; draw++) network.next()
  for (const [name, count] of Object.entries(drawsByAgent)) {
    kernel.spawn(
      name,
      Effect.gen(function* () {
        const mine: number[] = []
        for (let draw = 0; draw < count; draw++) {
          mine.push(yield* Random.next)
          yield* Effect.sleep(1)
        }
        drawn.set(name, mine)
      }),
    )
  }
  await kernel.run()
  drawn.set("network", [network.next()])
  return drawn
}

describe("streams of a run", () => {
  test("adding an agent changes no other agent's draws", async () => {
    const without = await drawsOf({ alice: 5, bob: 5 })
    const withCarol = await drawsOf({ carol: 9, alice: 5, bob: 5 })
    expect(withCarol.get("alice")).toEqual(without.get("alice"))
    expect(withCarol.get("bob")).toEqual(without.get("bob"))
    expect(withCarol.get("network")).toEqual(without.get("network"))
  })

  test("drawing more in one place changes no other stream", async () => {
    const few = await drawsOf({ alice: 1, bob: 5 })
    const many = await drawsOf({ alice: 50, bob: 5 }, 30)
    expect(many.get("bob")).toEqual(few.get("bob"))
  })

  test("an agent's Random is the stream agent/NAME, in its forked fibers too", async () => {
    const kernel = createKernel({ seed: "streams", horizonMicros: 1 })
    const seen: number[] = []
    kernel.spawn(
      "alice",
      Effect.gen(function* () {
        seen.push(yield* Random.next)
        yield* Effect.forkChild(Effect.map(Random.next, (x) => seen.push(x)))
        yield* Effect.yieldNow
      }),
    )
    await kernel.run()
    const stream = deriveStream("streams", "agent/alice")
    expect(seen).toEqual([stream.next(), stream.next()])
  })

  test("Effect's integers, booleans and shuffles work on the stream", async () => {
    const kernel = createKernel({ seed: "streams", horizonMicros: 1 })
    const seen: unknown[] = []
    kernel.spawn(
      "alice",
      Effect.gen(function* () {
        seen.push(yield* Random.nextInt, yield* Random.nextIntBetween(1, 3), yield* Random.shuffle([1, 2, 3]))
      }),
    )
    await kernel.run()
    expect(Number.isSafeInteger(seen[0])).toBe(true)
    expect([1, 2, 3]).toContain(seen[1])
    expect([...(seen[2] as number[])].sort()).toEqual([1, 2, 3])
  })
})

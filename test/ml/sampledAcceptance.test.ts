import * as fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { judge, type Counts } from "../../ml/acceptance.ts"
import { initialiseBackend } from "../../ml/backend.ts"
import { evaluate } from "../../ml/evaluation/evaluate.ts"
import { drawSample, sampleSize } from "../../ml/evaluation/sample.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { initialWeights } from "../../ml/models/model.ts"
import { approvalProbability, passMark, type Yardstick } from "../../ml/sampledAcceptance.ts"
import { train } from "../../ml/training/train.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { syntheticDataset } from "./syntheticDataset.ts"

const countsUpTo = (most: number) =>
  fc
    .tuple(fc.integer({ min: 1, max: most }), fc.integer({ min: 0, max: most }))
    .map(([total, correct]): Counts => ({ total, correct: correct % (total + 1) }))

const yardsticks = fc.record({
  threshold: countsUpTo(500).filter(({ correct }) => correct > 0),
  base: countsUpTo(500),
  rule: fc.record({
    minimumScore: fc.integer({ min: 0, max: 100 }),
    toleranceBps: fc.integer({ min: 0, max: 10_000 }),
  }),
}) satisfies fc.Arbitrary<Yardstick>

describe("a sample of an evaluation set", () => {
  test("has the share's number of examples, at least one and at most all", () => {
    expect([0.2, 0.07, 0.0001, 0.999, 1].map((share) => sampleSize(500, share))).toEqual([
      100, 35, 1, 500, 500,
    ])
    expect(sampleSize(1, 0.1)).toBe(1)
  })

  test("repeats nothing, keeps the order, and draws nothing when it is the whole", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.string(),
        (total, wanted, seed) => {
          const count = Math.min(total, wanted)
          const items = Array.from({ length: total }, (_, place) => 3 * place)
          const stream = deriveStream(seed, "sample")
          const sample = drawSample(items, count, stream)
          expect(sample.length).toBe(count)
          expect(sample).toEqual([...new Set(sample)].sort((a, b) => a - b))
          expect(sample.every((item) => items.includes(item))).toBe(true)
          if (count === total) expect(stream.draws).toBe(0)
        },
      ),
    )
  })

  test("is each subset equally often", () => {
    const stream = deriveStream("1", "subsets")
    const seen = new Map<string, number>()
    const draws = 6_000
    for (let draw = 0; draw < draws; draw++) {
      const subset = drawSample(["a", "b", "c", "d"], 2, stream).join("")
      seen.set(subset, (seen.get(subset) ?? 0) + 1)
    }
    expect([...seen.keys()].sort()).toEqual(["ab", "ac", "ad", "bc", "bd", "cd"])
    const expected = draws / 6
    const chiSquare = [...seen.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // 5 degrees of freedom: 99.9 % lie below 20.5.
    expect(chiSquare).toBeLessThan(20.5)
  })
})

describe("the rule on a sample", () => {
  test("passes from the pass mark on, and not below it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), yardsticks, (examples, yardstick) => {
        const mark = passMark(examples, yardstick)
        const passes = (correct: number): boolean =>
          judge({ accuracy: { correct, total: examples }, ...yardstick }, yardstick.rule).correct
        expect(mark > examples || passes(mark)).toBe(true)
        expect(mark === 0 || !passes(mark - 1)).toBe(true)
      }),
    )
  })

  test("on everything is the rule itself: approved with certainty, or not at all", () => {
    fc.assert(
      fc.property(countsUpTo(200), yardsticks, (whole, yardstick) => {
        const { correct } = judge({ accuracy: whole, ...yardstick }, yardstick.rule)
        expect(approvalProbability(whole, whole.total, yardstick)).toBe(correct ? 1 : 0)
      }),
    )
  })

  test("approves as often as counting all samples says", () => {
    fc.assert(
      fc.property(countsUpTo(14), fc.integer({ min: 1, max: 14 }), yardsticks, (whole, wanted, yardstick) => {
        const examples = Math.min(wanted, whole.total)
        const mark = passMark(examples, yardstick)
        let passing = 0
        let all = 0
        for (let subset = 0; subset < 2 ** whole.total; subset++) {
          const chosen = Array.from({ length: whole.total }, (_, place) => (subset >> place) & 1)
          if (chosen.reduce((sum, bit) => sum + bit, 0) !== examples) continue
          all++
          if (chosen.slice(0, whole.correct).reduce((sum, bit) => sum + bit, 0) >= mark) passing++
        }
        expect(approvalProbability(whole, examples, yardstick)).toBeCloseTo(passing / all, 12)
      }),
      { numRuns: 25 },
    )
  })

  test("loses no mass in large sets", () => {
    const yardstick = {
      threshold: { correct: 1, total: 1 },
      base: { correct: 5_000, total: 10_000 },
      rule: { minimumScore: 0, toleranceBps: 0 },
    }
    // Half of the set is right and the sample odd: more than half of it is right half the time.
    const even = approvalProbability({ correct: 5_000, total: 10_000 }, 1_001, yardstick)
    expect(even).toBeCloseTo(0.5, 12)
  })
})

describe("coordinators that sample", () => {
  beforeAll(async () => {
    await initialiseBackend()
  })

  test("err as often as the hypergeometric distribution says, on a trained model", () => {
    const dataset = syntheticDataset({ seed: "1", inputs: 6, classes: 3, train: 60, test: 200 })
    const model = mlp({ inputs: 6, hidden: [], classes: 3 })
    const weights = train({
      model,
      weights: initialWeights(model, deriveStream("1", "weights")),
      dataset,
      indices: Array.from({ length: 60 }, (_, index) => index),
      epochs: 1,
      batchSize: 20,
      learningRate: 0.3,
      seed: "1",
    }).weights
    const places = Array.from({ length: 200 }, (_, index) => index)
    const right = places.filter(
      (index) => evaluate({ model, weights, dataset, indices: [index] }).correct === 1,
    )
    const whole = { correct: right.length, total: 200 }
    expect(evaluate({ model, weights, dataset }).correct).toBe(right.length)

    const isRight = new Set(right)
    const stream = deriveStream("1", "samples")
    const trials = 4_000
    // A little better and a little worse than what is asked for: both kinds of error.
    for (const baseCorrect of [right.length - 10, right.length + 10]) {
      const yardstick = {
        threshold: { correct: 1, total: 1 },
        base: { correct: baseCorrect, total: 200 },
        rule: { minimumScore: 0, toleranceBps: 0 },
      }
      const expected = approvalProbability(whole, 40, yardstick)
      let approved = 0
      for (let trial = 0; trial < trials; trial++) {
        const sample = drawSample(places, 40, stream)
        const accuracy = { correct: sample.filter((index) => isRight.has(index)).length, total: 40 }
        if (judge({ accuracy, ...yardstick }, yardstick.rule).correct) approved++
      }
      const deviation = Math.sqrt((expected * (1 - expected)) / trials)
      expect(expected).toBeGreaterThan(0.05)
      expect(expected).toBeLessThan(0.95)
      expect(Math.abs(approved / trials - expected)).toBeLessThan(4 * deviation)
    }
  })
})

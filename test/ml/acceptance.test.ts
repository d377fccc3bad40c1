import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { AcceptanceInvalid, judge, keepsUpWithBase, scoreOf, type Counts } from "../../ml/acceptance.ts"

const counts = fc
  .tuple(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 10_000 }))
  .map(([total, correct]): Counts => ({ total, correct: correct % (total + 1) }))
const threshold = counts.filter(({ correct }) => correct > 0)

describe("the score", () => {
  test.each<[Counts, Counts, number]>([
    [{ correct: 400, total: 500 }, { correct: 400, total: 500 }, 100],
    [{ correct: 500, total: 500 }, { correct: 400, total: 500 }, 100],
    [{ correct: 399, total: 500 }, { correct: 400, total: 500 }, 99],
    [{ correct: 280, total: 500 }, { correct: 4, total: 5 }, 70],
    [{ correct: 279, total: 500 }, { correct: 4, total: 5 }, 69],
    [{ correct: 0, total: 500 }, { correct: 4, total: 5 }, 0],
    // 100 · 0.29 / 1 is 28.999999999999996 in floating point.
    [{ correct: 29, total: 100 }, { correct: 1, total: 1 }, 29],
  ])("of %o against %o is %d", (accuracy, thresholdCounts, score) => {
    expect(scoreOf(accuracy, thresholdCounts)).toBe(score)
  })

  test("is the largest integer from 0 to 100 that does not exceed 100 · accuracy / threshold", () => {
    fc.assert(
      fc.property(counts, threshold, (accuracy, limit) => {
        const score = scoreOf(accuracy, limit)
        const reaches = (s: number): boolean =>
          BigInt(s) * BigInt(accuracy.total) * BigInt(limit.correct) <=
          100n * BigInt(accuracy.correct) * BigInt(limit.total)
        expect(reaches(score)).toBe(true)
        expect(score === 100 || !reaches(score + 1)).toBe(true)
      }),
    )
  })

  test("does not fall when one more example is right, and ignores the unit of counting", () => {
    fc.assert(
      fc.property(counts, threshold, fc.integer({ min: 1, max: 1_000 }), (accuracy, limit, factor) => {
        const score = scoreOf(accuracy, limit)
        const oneMore = { ...accuracy, correct: Math.min(accuracy.correct + 1, accuracy.total) }
        expect(scoreOf(oneMore, limit)).toBeGreaterThanOrEqual(score)
        const more = { correct: factor * accuracy.correct, total: factor * accuracy.total }
        expect(scoreOf(more, limit)).toBe(score)
      }),
    )
  })
})

describe("keeping up with the base", () => {
  test("is exact at the edge: 200 basis points below 80 % is 78 %", () => {
    const base = { correct: 400, total: 500 }
    expect(keepsUpWithBase({ correct: 390, total: 500 }, base, 200)).toBe(true)
    expect(keepsUpWithBase({ correct: 389, total: 500 }, base, 200)).toBe(false)
    expect(keepsUpWithBase({ correct: 400, total: 500 }, base, 0)).toBe(true)
    expect(keepsUpWithBase({ correct: 399, total: 500 }, base, 0)).toBe(false)
  })

  test("an accuracy keeps up with itself, and a wider tolerance never refuses what a narrower one took", () => {
    const bps = fc.integer({ min: 0, max: 10_000 })
    fc.assert(
      fc.property(counts, counts, bps, bps, (accuracy, base, a, b) => {
        expect(keepsUpWithBase(accuracy, accuracy, a)).toBe(true)
        expect(keepsUpWithBase(accuracy, base, 10_000)).toBe(true)
        const narrow = keepsUpWithBase(accuracy, base, Math.min(a, b))
        const wide = keepsUpWithBase(accuracy, base, Math.max(a, b))
        expect(wide || !narrow).toBe(true)
      }),
    )
  })
})

describe("the judgement", () => {
  const limit = { correct: 450, total: 500 }
  const base = { correct: 400, total: 500 }

  test("needs both the score and the base", () => {
    const at = (correct: number) =>
      judge(
        { accuracy: { correct, total: 500 }, threshold: limit, base },
        { minimumScore: 70, toleranceBps: 100 },
      )
    expect(at(395)).toEqual({ score: 87, correct: true })
    expect(at(394)).toEqual({ score: 87, correct: false })
    const early = { correct: 50, total: 500 }
    const accuracy = { correct: 300, total: 500 }
    expect(judge({ accuracy, threshold: limit, base: early }, { minimumScore: 70, toleranceBps: 0 })).toEqual(
      {
        score: 66,
        correct: false,
      },
    )
  })

  test.each([
    ["accuracy", () => scoreOf({ correct: 6, total: 5 }, limit)],
    ["accuracy", () => scoreOf({ correct: 0, total: 0 }, limit)],
    ["accuracy", () => scoreOf({ correct: 0.5, total: 1 }, limit)],
    ["threshold", () => scoreOf(base, { correct: 0, total: 5 })],
    ["base", () => keepsUpWithBase(base, { correct: -1, total: 5 }, 0)],
    ["toleranceBps", () => keepsUpWithBase(base, base, 0.5)],
    ["toleranceBps", () => keepsUpWithBase(base, base, 10_001)],
    [
      "minimumScore",
      () => judge({ accuracy: base, threshold: limit, base }, { minimumScore: 101, toleranceBps: 0 }),
    ],
  ])("refuses an impossible %s", (field, attempt) => {
    expect(attempt).toThrow(AcceptanceInvalid)
    expect(attempt).toThrow(`cannot judge: ${field} `)
  })
})

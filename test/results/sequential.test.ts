import { describe, expect, test } from "vitest"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { parseExpectation } from "../../sim/results/expectationParser.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { holm, judgeAt, looksAt, type SequentialJudgement } from "../../sim/results/sequential.ts"

const statement = (source: string) => {
  const parsed = parseExpectation(source)
  if (parsed._tag === "failed") throw new Error(parsed.message)
  return parsed.value
}

const nobody = { agents: [], submissions: [], rounds: [], proportions: {} }
const runsOf = (values: readonly number[]) =>
  values.map((gain) => ({ ...nobody, metrics: { gain } }) as unknown as RunResult)
/** Each run has `of` trials. */
const sharesOf = (counts: readonly number[], of: number) =>
  counts.map(
    (count) => ({ ...nobody, metrics: {}, proportions: { wins: { count, of } } }) as unknown as RunResult,
  )

/** Looks until something is claimed, as trials do. */
const sequentially = (
  source: string,
  runs: readonly RunResult[],
  { margin = 0.01, alpha = 0.05, looks = [8, 16, 32, 64] } = {},
): SequentialJudgement => {
  const judged = looks.map((count) =>
    judgeAt(statement(source), runs.slice(0, count), { margin, alpha, looks }),
  )
  return judged.find(({ verdict }) => verdict !== "undecided") ?? judged.at(-1)!
}

const gains = (count: number, mean: number, deviation: number, label: string) => {
  const stream = deriveStream("sequential", label)
  return runsOf(Array.from({ length: count }, () => mean + deviation * stream.normal()))
}

describe("a statement under repeated looks", () => {
  test("is falsely claimed no more often than stated, wherever one stops", () => {
    const repetitions = 150
    const falseClaims = (source: string, runs: (index: number) => readonly RunResult[], margin: number) =>
      Array.from({ length: repetitions }, (_, index) =>
        sequentially(source, runs(index), { margin, alpha: 0.2 }),
      ).filter(({ verdict }) => verdict === "holds" || verdict === "fails").length / repetitions
    const slack = 3 * Math.sqrt((0.2 * 0.8) / repetitions)
    expect(falseClaims("gain > 0", (index) => gains(64, 0, 1, `null ${index}`), 1e-6)).toBeLessThan(
      0.2 + slack,
    )
    const coins = (index: number) => {
      const stream = deriveStream("coins", String(index))
      const flips = () =>
        Array.from({ length: 6 }, () => stream.int(0, 1)).filter((side) => side === 1).length
      return sharesOf(Array.from({ length: 64 }, flips), 6)
    }
    expect(falseClaims("wins > 50%", coins, 1e-6)).toBeLessThan(0.2 + slack)
    // At the margin, that there is no effect larger than it is false as well.
    const negligible = Array.from({ length: repetitions }, (_, index) =>
      sequentially("gain > 0", gains(64, 0.5, 1, `margin ${index}`), { margin: 0.5, alpha: 0.2 }),
    ).filter(({ verdict }) => verdict === "negligible").length
    expect(negligible / repetitions).toBeLessThan(0.2 + slack)
  })

  test("is decided early where the effect is large, and with more replicates where it is small", () => {
    expect(sequentially("gain > 0", gains(64, 9, 1, "large"))).toMatchObject({
      verdict: "holds",
      replicates: 8,
    })
    expect(sequentially("gain > 0", gains(64, -9, 1, "loss"))).toMatchObject({
      verdict: "fails",
      replicates: 8,
    })
    const small = sequentially("gain > 0", gains(64, 0.45, 1, "small"))
    expect(small.verdict).toBe("holds")
    expect(small.replicates).toBeGreaterThan(8)
  })

  test("reads `<` in the direction of the statement", () => {
    const runs = gains(64, -9, 1, "mirror")
    const judged = sequentially("gain < 0", runs)
    expect(judged).toMatchObject({ verdict: "holds", replicates: 8 })
    expect(judged.effect).toBeGreaterThan(8)
    expect(sequentially("gain >= 0", runs).verdict).toBe("fails")
  })

  test("has no effect larger than the margin, whichever its sign", () => {
    const judged = sequentially("gain > 0", gains(64, 0.02, 0.01, "margin"), { margin: 0.1 })
    expect(judged.verdict).toBe("negligible")
    expect(sequentially("gain > 0", runsOf(Array(64).fill(0.005)))).toMatchObject({ verdict: "negligible" })
    expect(sequentially("gain > 0", runsOf(Array(64).fill(0)))).toMatchObject({ verdict: "fails" })
  })

  test("left undecided says how many replicates would do, and these do", () => {
    const deviation = 4
    const judged = sequentially("gain > 0", gains(64, 0.8, deviation, "open"))
    expect(judged.verdict).toBe("undecided")
    const needed = judged.needed!
    expect(needed).toBeGreaterThan(64)
    const looks = [needed]
    const enough = Array.from({ length: 40 }, (_, index) =>
      sequentially("gain > 0", gains(needed, judged.effect!, deviation, `again ${index}`), { looks }),
    ).filter(({ verdict }) => verdict === "holds").length
    expect(enough).toBeGreaterThan(20)
  })

  test("is never surer than coins that all fell alike", () => {
    const same = runsOf(Array(64).fill(3))
    expect(sequentially("gain > 0", same, { alpha: 1e-3 })).toMatchObject({
      verdict: "holds",
      replicates: 16,
    })
    expect(looksAt({ least: 8, most: 64 }, 0.05)).toEqual([8, 16, 32, 64])
    expect(looksAt({ least: 8, most: 64 }, 0.0005)).toEqual([16, 32, 64])
  })

  test("decides nothing without values", () => {
    const none = [{ ...nobody, metrics: { gain: null } } as unknown as RunResult]
    expect(sequentially("gain > 0", none)).toMatchObject({
      verdict: "undecided",
      p: 1,
      effect: null,
      needed: null,
    })
  })
})

describe("Holm's procedure", () => {
  test("claims step by step, and nothing behind the first that does not stand", () => {
    expect(holm([0.01, 0.04, 0.03, 0.005], 0.05)).toEqual([true, false, false, true])
    expect(holm([0.02, 0.001], 0.05)).toEqual([true, true])
    expect(holm([], 0.05)).toEqual([])
  })
})

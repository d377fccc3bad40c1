import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type Expectation, type Expression, printExpectation } from "../../sim/results/expectation.ts"
import { parseExpectation, parseExpression } from "../../sim/results/expectationParser.ts"
import { judge, overall } from "../../sim/results/judge.ts"
import type { AgentResult, Proportion, RunResult } from "../../sim/results/runResult.ts"

const parsed = (source: string): Expectation => {
  const result = parseExpectation(source)
  if (result._tag === "failed") throw new Error(result.message)
  return result.value
}

const number = fc
  .oneof(fc.nat({ max: 10_000 }), fc.double({ min: 1e-9, max: 1e12, noNaN: true }))
  .map((value): Expression => ({ _tag: "number", value }))
const withUnit = fc.oneof(
  fc
    .integer({ min: 0, max: 1000 })
    .map((value): Expression => ({ _tag: "number", value: Number(`${value}e-3`), unit: "%" })),
  fc
    .tuple(fc.integer({ min: 0, max: 1000 }), fc.constantFrom("ATN", "hours", "gas", "nats", "count"))
    .map(([value, unit]): Expression => ({ _tag: "number", value, unit })),
)
const metric = fc
  .record({
    name: fc.constantFrom("profit", "accuracy", "falseAcceptRate"),
    subject: fc.constantFrom(undefined, "coordinator", "coordinator/honest", "lazy-seat"),
  })
  .map((term): Expression => ({ _tag: "metric", ...term }))
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    number,
    withUnit,
    metric,
    tie("expression").map((operand): Expression => ({ _tag: "negate", operand })),
    fc
      .record({
        operator: fc.constantFrom("+", "-", "*", "/"),
        left: tie("expression"),
        right: tie("expression"),
      })
      .map((parts): Expression => ({ _tag: "binary", ...parts })),
  ),
}))
const expectation = fc.record({
  left: expression,
  relation: fc.constantFrom(">", "<", ">=", "<="),
  right: expression,
  confidence: fc.integer({ min: 501, max: 999 }).map((permille) => Number(`0.${permille}`)),
  margin: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 999 }).map((value) => value / 1000),
  ),
})

describe("the language of expectations", () => {
  test("reads back what it prints", () => {
    fc.assert(
      fc.property(expectation, (value) => {
        expect(parsed(printExpectation(value))).toEqual(value)
      }),
    )
  })

  test("never crashes, whatever it is given", () => {
    const pieces = fc.constantFrom(
      "profit",
      "(",
      ")",
      "solver/honest",
      ">",
      "<=",
      "at",
      "95%",
      "5",
      "-",
      "/",
      " ",
      "é",
      "=",
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join("")),
        ),
        (text) => {
          const result = parseExpectation(text)
          expect(result._tag === "parsed" || result.column > 0).toBe(true)
        },
      ),
    )
  })

  test("has the usual precedence, units and a default confidence", () => {
    expect(parsed("1 + 2 * profit(solver) > 5 ATN")).toEqual(
      parsed("1 + (2 * profit(solver)) > 5 ATN at 95%"),
    )
    expect(parsed("rounds - 1 - 2 > 0")).toEqual(parsed("(rounds - 1) - 2 > 0"))
    expect(parsed("falseAcceptRate < 5% at 99%")).toMatchObject({ right: { value: 0.05 }, confidence: 0.99 })
    expect(parsed("profit(a/b) / profit(c) ≥ 1")).toMatchObject({ relation: ">=" })
    expect(parsed("profit(solver/freeRider) > 0")).toMatchObject({ left: { subject: "solver/freeRider" } })
    expect(parsed("lazy-seat.roi - 1 < 2% at 99% margin 1%")).toEqual(
      parsed("roi(lazy-seat) - 1 < 2 % at 99% margin 1 %"),
    )
    expect(parsed("attacker.profit > 0 margin 2 ATN")).toMatchObject({ margin: 2, confidence: 0.95 })
  })

  test.each([
    ["", "a number or a metric at column 1, found the end of the text"],
    ["profit(solver) >", "a number or a metric at column 17, found the end of the text"],
    ["profit() > 1", "a strategy, group, owner or role, and a closing parenthesis"],
    ["profit(solver > 1", "a strategy, group, owner or role, and a closing parenthesis"],
    ["(1 + 2 > 3", 'a closing parenthesis at column 8, found ">"'],
    ["accuracy == 1", 'no finite number of runs shows equality) at column 10, found "=="'],
    ["accuracy > 1 at 95", "% after the confidence at column 19"],
    ["accuracy > 1 at 40%", 'above 50% and below 100% at column 17, found "40"'],
    ["accuracy > 1 2", 'the end of the statement at column 14, found "2"'],
    ["accuracy > 1 margin 0", 'a margin above 0, such as 0.02 at column 21, found "0"'],
    ["attacker. > 1", 'one of > < >= <= at column 9, found "."'],
    ["accuracy > 1e999", "a number of ordinary size"],
    ["accuracy § 1", 'one of > < >= <= at column 10, found "§"'],
    [`${"(".repeat(60)}1`, "at most 50 nested parentheses"],
    [`${"1+".repeat(300)}1 > 0`, "at most 500 characters"],
  ])("says what is wrong with %j", (source, message) => {
    expect(parseExpectation(source)).toMatchObject({
      _tag: "failed",
      message: expect.stringContaining(message),
    })
  })

  test("has measures without a relation, too", () => {
    expect(parseExpression("accuracy")).toMatchObject({ _tag: "parsed", value: { name: "accuracy" } })
    expect(parseExpression("accuracy > 1")).toMatchObject({ _tag: "failed" })
  })
})

const agent = (name: string, strategy: string, profitAtn: number): AgentResult => {
  const profit = String(BigInt(Math.round(profitAtn * 1e6)) * 10n ** 12n)
  const zero = {
    stake: "0",
    claimable: "0",
    projectTokens: "0",
    compute: "0",
    verification: "0",
    storage: "0",
    gas: "0",
  }
  const counts = { slashed: "0", falseAccepts: 0, falseRejects: 0, missedTraps: 0, votes: 0 }
  const role = strategy.split("/")[0]!
  return { name, role, strategy, accounts: [], money: { ...zero, balance: profit, profit }, ...counts }
}

interface Outcome {
  readonly honest?: number
  readonly lazy?: number
  readonly accuracy?: number | null
  readonly falseAccepts?: Proportion
}

const runWith = (
  { honest = 0, lazy = 0, accuracy = null, falseAccepts }: Outcome,
  index: number,
): RunResult => ({
  version: 1,
  setting: "base",
  seed: index + 1,
  digest: "",
  identity: "",
  virtualSeconds: 0,
  blocks: 0,
  transactions: 0,
  revertedTransactions: 0,
  gasUsed: "0",
  agents: [agent("a", "coordinator/honest", honest), agent("b", "coordinator/lazy", lazy)],
  parties: [],
  submissions: [],
  rounds: [],
  profitOverTime: [],
  metrics: { globalAccuracy: accuracy },
  proportions: falseAccepts === undefined ? {} : { falseAcceptRate: falseAccepts },
  violations: [],
})

const judged = (statement: string, outcomes: readonly Outcome[]) =>
  judge(parsed(statement), outcomes.map(runWith))

describe("a judgement", () => {
  const profits = [10, 11, 12, 11, 10].map((honest, index) => ({ honest, lazy: honest - 3 - 0.1 * index }))

  test("compares left and right run by run, so that what they share cancels", () => {
    const noisy = profits.map(({ honest, lazy }, index) => ({
      honest: honest + 1000 * index,
      lazy: lazy + 1000 * index,
    }))
    const statement = "profit(coordinator/honest) > profit(coordinator/lazy) at 95%"
    expect(judged(statement, noisy)).toMatchObject({
      verdict: "holds",
      replicates: 5,
      difference: expect.closeTo(3.2, 9),
    })
    expect(judged("profit(coordinator/honest) < profit(coordinator/lazy)", noisy).verdict).toBe("fails")
    expect(judged("profit(coordinator/honest) > profit(coordinator/lazy) + 3.2", noisy).verdict).toBe(
      "undecided",
    )
  })

  test("is undecided with one replicate, and where a metric is undefined", () => {
    expect(judged("profit(coordinator/honest) > 0", [{ honest: 9 }])).toMatchObject({
      verdict: "undecided",
      lower: null,
    })
    expect(judged("globalAccuracy > 0", [{}, {}])).toMatchObject({
      verdict: "undecided",
      note: expect.stringContaining("globalAccuracy"),
    })
    expect(judged("globalAccuracy > 0", [{ accuracy: 1 }, { accuracy: 2 }, {}]).note).toBe(
      "undefined in 1 of 3 runs; 5 replicates at least to decide it at 95%",
    )
  })

  test("claims nothing on fewer replicates than its confidence needs, however little they differ", () => {
    const alike = (count: number) => Array.from({ length: count }, () => ({ honest: 9 }))
    const verdicts = (statement: string, counts: readonly number[]) =>
      counts.map((count) => judged(`profit(coordinator/honest) ${statement}`, alike(count)).verdict)
    expect(verdicts("> 0 at 95%", [2, 4, 5])).toEqual(["undecided", "undecided", "holds"])
    expect(verdicts("< 0 at 99%", [6, 7])).toEqual(["undecided", "fails"])
    expect(verdicts("< 0 at 99.9%", [9, 10])).toEqual(["undecided", "fails"])
    // With a margin two claims can be false at once.
    expect(verdicts("> 9 margin 1", [5, 6])).toEqual(["undecided", "negligible"])
    expect(judged("profit(coordinator/honest) > 0 at 99%", alike(2)).note).toBe(
      "7 replicates at least to decide it at 99%",
    )
  })

  test("of a share that was never seen goes by how often it could have been", () => {
    const never = (of: number) => Array.from({ length: 5 }, () => ({ falseAccepts: { count: 0, of } }))
    // No variance at all: a t-interval alone would be certain.
    expect(judged("falseAcceptRate < 5%", never(4)).verdict).toBe("undecided")
    expect(judged("falseAcceptRate < 5%", never(12))).toMatchObject({
      verdict: "holds",
      upper: expect.closeTo(-0.05 + 0.0487, 3),
    })
    expect(judged("falseAcceptRate >= 0", never(4)).verdict).toBe("holds")
    expect(judged("falseAcceptRate > 0", never(400)).verdict).toBe("undecided")
  })

  test("of a share that differs much between runs goes by its spread over runs", () => {
    const uneven = [0, 0, 0, 0, 90].map((count) => ({ falseAccepts: { count, of: 100 } }))
    expect(judged("falseAcceptRate < 25%", uneven).verdict).toBe("undecided")
  })

  test("carries the uncertainty of shares through arithmetic", () => {
    const never = Array.from({ length: 5 }, () => ({ honest: 5, falseAccepts: { count: 0, of: 10 } }))
    expect(judged("1 - falseAcceptRate > 99%", never).verdict).toBe("undecided")
    expect(judged("2 * falseAcceptRate + 1 < 1.3", never).verdict).toBe("holds")
    expect(judged("profit(coordinator/honest) / falseAcceptRate > 0", never).verdict).toBe("undecided")
  })

  test("holds wrongly no more often than its confidence allows", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 8 }),
        (values) => {
          const outcomes = values.map((honest) => ({ honest }))
          const verdicts = [95, 99].map(
            (level) => judged(`profit(coordinator/honest) > 0 at ${level}%`, outcomes).verdict,
          )
          // What holds at 99 % holds at 95 %, and what holds can't fail the other way round.
          expect(verdicts[1] !== "holds" || verdicts[0] === "holds").toBe(true)
          const reverse = judged("profit(coordinator/honest) <= 0 at 95%", outcomes).verdict
          expect(verdicts[0] === "holds").toBe(reverse === "fails")
          expect(reverse === "holds").toBe(verdicts[0] === "fails")
        },
      ),
    )
  })

  test("of all together fails with one failure and is undecided with one doubt", () => {
    expect(overall([])).toBe("holds")
    expect(overall(["holds", "undecided"])).toBe("undecided")
    expect(overall(["undecided", "fails", "holds"])).toBe("fails")
    expect(overall(["holds", "negligible"])).toBe("negligible")
    expect(overall(["negligible", "undecided"])).toBe("undecided")
  })
})

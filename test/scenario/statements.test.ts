import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { loadScenarioText } from "../../sim/scenario/loadScenario.ts"
import { exampleRegistries as registries, minimalScenario } from "./exampleRegistries.ts"

/** What is wrong with a scenario, a line each; empty where it loads. */
const problemsOf = (text: string): Promise<readonly string[]> =>
  Effect.runPromise(
    Effect.match(loadScenarioText("x.yaml", text, { registries }), {
      onSuccess: () => [],
      onFailure: ({ problems }) => problems,
    }),
  )

const expecting = (statement: string) => problemsOf(`${minimalScenario}expectations: ["${statement}"]\n`)

describe("the units of a statement", () => {
  test.each([
    ["profit(solver) > 5 %", "an amount, in ATN or a plain number of them, beside profit(solver), found 5%"],
    ["accuracy < 5 ATN", "a share, in % or from 0 to 1, beside accuracy, found 5 ATN"],
    ["accuracy < 50", "found 50 (did you mean 50 %?)"],
    ["roi(solver) > 2", "found 2 (did you mean 2 % or 200 %?)"],
    ["-5 ATN < roi(solver)", "a share, in % or from 0 to 1, beside roi(solver), found -5 ATN"],
    ["finalityHours < 5 gas", "a number, of hours, beside finalityHours, found 5 gas"],
    ["rounds > 5 hours", "a plain number beside rounds, found 5 hours"],
    ["accuracy > 0.5 nats", "a share, in % or from 0 to 1, beside accuracy, found 0.5 nats"],
    ["rounds > 50 %", "a plain number beside rounds, found 50%"],
    ["finalityHours < 2 ATN", "a number, of hours, beside finalityHours, found 2 ATN"],
    [
      "profit(solver) > accuracy",
      "one unit on both sides, found profit(solver) (ATN) and accuracy (a share)",
    ],
    ["accuracy - firstAccuracy > 20", "beside accuracy - firstAccuracy, in % or from 0 to 1, found 20"],
    ["profit(solver) / profit(coordinator) > 5 ATN", "a plain number or %"],
    ["profit(solver) > 0 margin 1 %", "margin: expected an amount"],
    [
      "accuracy > 80 % margin 2",
      "margin: expected a share beside accuracy - 80%, in % or from 0 to 1, found 2",
    ],
  ])("are refused in %j", async (statement, message) => {
    const [found, ...others] = await expecting(statement)
    expect(found).toContain("expectations[0]: ")
    expect(found).toContain(message)
    expect(others).toEqual([])
  })

  test.each([
    "profit(solver) > 5 ATN margin 2 ATN",
    "profit(solver) - 2 * profit(coordinator) > 5",
    "profit(solver) / profit(coordinator) > 150 %",
    "profit(solver) / profit(coordinator) > 1.5",
    "100 * accuracy > 50",
    "1 - falseAcceptRate > 99% margin 0.5%",
    "roi(solver) > 250 %",
    "slashedAtn / rounds < 5 ATN",
    "profit(solver) / finalityHours > 2",
    "5 % * profit(solver) > 1 ATN",
    "accuracy > 0.8",
    "finalityHours < 12",
    "gasUsed < 1e9",
    "gasUsed < 1e9 gas margin 1000 gas",
    "finalityHours < 12 hours",
    "effortEntropy - 0.5 nats < 2 nats",
    "rounds > 2 count",
    "profit(solver) > −5 ATN",
    "profit(solver) − profit(coordinator) > −2",
  ])("are right in %j", async (statement) => {
    expect(await expecting(statement)).toEqual([])
  })

  test("are checked in what a comparison measures", async () => {
    const comparison = `comparisons:
  - { name: more, question: "?", set: { rounds: 11 }, measures: [accuracy, accuracy + 5 ATN] }
`
    expect(await problemsOf(minimalScenario + comparison)).toEqual([
      expect.stringMatching(/comparisons\[0\]\.measures\[1\]: expected a share, .* found 5 ATN$/),
    ])
  })
})

describe("a statement that no run can change", () => {
  test.each([
    ["3 > 2", "a metric on one side at least, such as accuracy > 50%, found only constants"],
    ["1 < 2", "found only constants"],
    ["profit(solver) > profit(solver)", "found profit(solver) on both sides"],
    ["solver.profit + 1 > 2 * profit(solver) / 2", "found profit(solver) on both sides"],
    [
      "accuracy > 120 %",
      "found accuracy and 120%, where no run can change which is: accuracy lies between 0 % and 100 %",
    ],
    ["falseAcceptRate(coordinator) < -5 %", "falseAcceptRate(coordinator) lies between 0 % and 100 %"],
    ["accuracyGain > -1.0 - 50 %", "accuracyGain lies between -100 % and 100 %"],
    ["accuracy - firstAccuracy > 1 + 5 %", "accuracy lies between 0 % and 100 %, firstAccuracy"],
  ])("is refused: %j", async (statement, message) => {
    const [found, ...others] = await expecting(statement)
    expect(found).toContain(message)
    expect(others).toEqual([])
  })

  test.each([
    "profit(solver) > 2 * profit(solver)",
    "roi(solver) > 150 %",
    "accuracy > 100 % - 5 %",
    "falseAcceptRate <= 0",
    "accuracy / firstAccuracy > 120 %",
    "100 * accuracy > 80",
  ])("is not one that some can: %j", async (statement) => {
    expect(await expecting(statement)).toEqual([])
  })
})

describe("replicates until everything is decided", () => {
  const until = `${minimalScenario}replicates: { atLeast: 4, atMost: 16 }\n`

  test("are refused where nothing is expected", async () => {
    expect(await problemsOf(until)).toEqual([
      "x.yaml:8:13: replicates: expected a number, such as 4, where no expectation waits to be decided, found { atLeast: 4, atMost: 16 } without expectations",
    ])
  })

  test("go with an expectation, and with comparisons beside it", async () => {
    const comparison = `comparisons:
  - { name: more, question: "?", set: { rounds: 11 }, measures: [accuracy] }
`
    expect(await problemsOf(`${until}expectations: [accuracy > 0.8]\n${comparison}`)).toEqual([])
  })
})

import { Effect, Result } from "effect"
import { describe, expect, test } from "vitest"
import { loadScenarioText, openScenarioText } from "../../sim/scenario/loadScenario.ts"
import { countSettings } from "../../sim/scenario/trialFactors.ts"
import { exampleRegistries } from "./exampleRegistries.ts"

const world = `version: 1
name: poisoning
title: An attack.
population:
  - { strategy: solver/honest, count: 3 }
  - { strategy: solver/poisoner, owner: attacker, stakeAtn: 60 }
  - { strategy: coordinator/honest }
`

const trial = (changes: Readonly<Record<string, string>> = {}): string => {
  const fields = {
    attack: "Weight poisoning",
    role: "solver",
    attacker: "attacker",
    success: "profit(attacker) > 0",
    margin: "0.01",
    off: "{ contracts.rulesOff: [double-payout] }",
    factors: `{ "population[attacker].options.strength": { from: 1, to: 10 } }`,
    ...changes,
  }
  return `${world}trial:
  attack: ${fields.attack}
  role: ${fields.role}
  attacker: ${fields.attacker}
  success: ${fields.success}
  margin: ${fields.margin}
  defence:
    rule: A reward is paid once.
    off: ${fields.off}
  search:
    factors: ${fields.factors}
`
}

const options = { registries: exampleRegistries }
const load = (text: string) => Effect.runPromise(loadScenarioText("x.yaml", text, options))
const refusal = async (changes: Readonly<Record<string, string>>) => {
  const result = await Effect.runPromise(Effect.result(loadScenarioText("x.yaml", trial(changes), options)))
  return Result.isFailure(result) ? result.failure.message : "accepted"
}

describe("a trial", () => {
  test("is a scenario with its rule on, and a plan of the attack", async () => {
    const { base, trial: planned } = await load(trial())
    expect(base.contracts.rulesOff).toEqual([])
    expect(planned).toMatchObject({
      attack: "Weight poisoning",
      attacker: "attacker",
      margin: 0.01,
      success: { expectation: { relation: ">" } },
      factors: [{ _tag: "range", from: 1, to: 10, scale: "linear", integer: false }],
    })
    expect((await load(world)).trial).toBeUndefined()
  })

  test("gives the scenario for any setting, with the rule on or off", async () => {
    const { vary } = await Effect.runPromise(openScenarioText("x.yaml", trial(), options))
    expect(
      vary({ "contracts.rulesOff": ["double-payout"], "population[attacker].options.strength": 7 }),
    ).toMatchObject({
      scenario: {
        contracts: { rulesOff: ["double-payout"] },
        population: [{}, { options: { strength: 7 } }, {}],
      },
    })
    expect(vary({ "population[attacker].options.strength": 70 })).toEqual({
      _tag: "impossible",
      message: "makes population[1].options.strength wrong: expected a number from 0 to 10, found 70",
    })
    expect(vary({ "population[attacker].options.strength": 3 })).toMatchObject({ _tag: "scenario" })
  })

  const path = "population[attacker].options.strength"
  const OWN = "found a change of the attacker itself (population[1], solver/poisoner)"
  test.each([
    ["an attacker that nobody is", { attacker: "atacker" }, 'found text "atacker" (did you mean attacker?)'],
    ["a role as the attacker", { attacker: "solver" }, "expected an owner or a group of the population"],
    ["an unknown metric", { success: "proft(attacker) > 0" }, "found proft (did you mean profit?)"],
    ["no comparison", { success: "profit(attacker)" }, "trial.success: expected an expectation (one of > < "],
    ["a confidence", { success: "profit(attacker) > 0 at 95%" }, "without a confidence"],
    ["no margin", { margin: "0" }, "trial.margin: expected a number above 0"],
    ["an unknown rule", { off: "{ contracts.rulesOff: [x] }" }, "expected a rule that can be switched off"],
    ["a rule off that is no change of the world", { off: "{ seed: 3 }" }, "expected a change of the world"],
    [
      "a rule that is off already",
      { off: "{ contracts: builtin }" },
      "x.yaml:16:10: trial.defence.off: expected changes that switch the rule off, found the same scenario",
    ],
    [
      "a title in place of a rule",
      { off: "{ title: foo }" },
      "expected a change of the world, found one of title",
    ],
    ["a rule off that weakens the attacker", { off: `{ "${path}": 9 }` }, OWN],
    ["a rule off that multiplies the attacker", { off: `{ "population[1].count": 4 }` }, OWN],
    ["a rule off that gives the attacker more", { off: `{ "population[attacker].stakeAtn": 90 }` }, OWN],
    [
      "a choice for the honest",
      {
        factors: `{ "${path}": { from: 1, to: 10 }, "population[0].count": { from: 1, to: 9, integer: true } }`,
      },
      'trial.search.factors["population[0].count"]: expected what the attacker chooses, found a change of others (population[0], solver/honest)',
    ],
    [
      "a parameter that has that value anyway",
      { off: "{ parameters.ResultsRewards.voteCommitBlocks: 50 }" },
      "found the same scenario with and without them",
    ],
    [
      "a unit that its metric has not",
      { success: "profit(attacker) > 5 %" },
      "trial.success: expected an amount",
    ],
    ["a margin of shares in percent", { success: "accuracy < 50%", margin: "5" }, "(did you mean 0.05?)"],
    ["a path that leads nowhere", { off: `{ "population[x].count": 3 }` }, "called x, found none"],
    [
      "few settings",
      { factors: `{ "${path}": { from: 1, to: 9, integer: true } }` },
      "64 different settings, found 9",
    ],
    [
      "a value that the scenario refuses",
      { factors: `{ "${path}": { from: 1, to: 99 } }` },
      "expected a number from 0 to 10, found 99",
    ],
    [
      "a range upside down",
      { factors: `{ "${path}": { from: 5, to: 1 } }` },
      "expected a number above from (5), found 1",
    ],
    [
      "half a range",
      { factors: `{ "${path}": { from: 5 } }` },
      "expected from and to, or values, found from alone",
    ],
    [
      "a range and values",
      { factors: `{ "${path}": { values: [1, 2], from: 5 } }` },
      "found from beside values",
    ],
    [
      "values that are one",
      { factors: `{ "${path}": { values: [1, 1] } }` },
      "at least two different values",
    ],
    [
      "a logarithm of zero",
      { factors: `{ "${path}": { from: 0, to: 5, scale: log } }` },
      "above 0 on a logarithmic scale",
    ],
    [
      "broken integers",
      { factors: `{ "${path}": { from: 0.5, to: 5, integer: true } }` },
      "expected an integer, found 0.5",
    ],
    [
      "an option that the attack lacks",
      { factors: `{ "population[attacker].options.x": { from: 1, to: 2 } }` },
      "unknown key",
    ],
  ] as const)("is refused with %s", async (_, changes, message) => {
    expect(await refusal(changes)).toContain(message)
  })

  test("may switch off what others do", async () => {
    const { trial: planned } = await load(trial({ off: `{ "population[2].strategy": coordinator/lazy }` }))
    expect(planned?.off).toEqual({ "population[2].strategy": "coordinator/lazy" })
  })

  test("can be run with its rule off, as a replay of that side is", async () => {
    const off = { ...options, set: ["contracts.rulesOff=[double-payout]"] }
    const { base } = await Effect.runPromise(loadScenarioText("x.yaml", trial(), off))
    expect(base.contracts.rulesOff).toEqual(["double-payout"])
  })

  test("counts the settings of its factors", () => {
    const integers = { _tag: "range", path: "a", from: 3, to: 10, scale: "linear", integer: true } as const
    expect(countSettings([integers, { _tag: "values", path: "b", values: [1, 2, 3] }])).toBe(24)
    expect(countSettings([{ ...integers, integer: false }])).toBe(Infinity)
  })
})

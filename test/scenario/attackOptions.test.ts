import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { strategies } from "../../sim/agents/registry.ts"
import { contractParameters } from "../../sim/mechanisms/parameters.ts"
import { loadScenario } from "../../sim/scenario/loadScenario.ts"
import { smallScenario } from "../run/playScenario.ts"

const load = (...set: readonly string[]) =>
  Effect.runPromise(
    loadScenario(smallScenario, { registries: { strategies, parameters: contractParameters }, set }),
  )
const optionsOf = async (options: string) =>
  (await load(`population[2].options=${options}`)).base.population[2]!.options

describe("the options of a poisoner", () => {
  test("are those of its attack, a sign flip if none is named", async () => {
    expect(await optionsOf("{}")).toEqual({ attack: "signFlip", strength: 4 })
    expect(await optionsOf("{ strength: 2 }")).toEqual({ attack: "signFlip", strength: 2 })
    expect(await optionsOf("{ attack: garbage }")).toEqual({ attack: "garbage", deviation: 0.1 })
    expect(await optionsOf("{ attack: alie, z: 1 }")).toEqual({ attack: "alie", z: 1 })
    expect(await optionsOf("{ attack: backdoor, target: 7 }")).toEqual({
      attack: "backdoor",
      target: 7,
      patchPixels: 4,
      shareBps: 5_000,
      boost: 1,
    })
  })

  test.each([
    ["{ attack: nonsense }", "one of signFlip, garbage, scaled, gaussian, alie, labelFlip, backdoor"],
    ["{ attack: garbage, strength: 4 }", "strength: unknown key; known here: attack, deviation"],
    ["{ attack: labelFlip, shareBps: 10001 }", "an integer from 0 to 10000"],
  ])("%s are refused with a reason", async (options, reason) => {
    await expect(optionsOf(options)).rejects.toThrow(reason)
  })

  test.each([
    [
      "mnist",
      "{ attack: backdoor, target: 10 }",
      "population[2].options.target: expected a class of mnist, from 0 to 9, found 10",
    ],
    [
      "waveforms",
      "{ attack: backdoor, target: 9 }",
      "population[2].options.target: expected a class of waveforms, from 0 to 2, found 9",
    ],
    [
      "mnist",
      "{ attack: labelFlip, shift: 10 }",
      "population[2].options.shift: expected an integer from 1 to 9, since mnist has 10 classes, found 10",
    ],
  ])("on %s, %s are refused for want of classes", async (dataset, options, reason) => {
    const set = [`learning.dataset=${dataset}`, `population[2].options=${options}`]
    await expect(load(...set)).rejects.toThrow(reason)
    await load(...set, "population[2].count=0")
  })

  test.each([
    { attack: "backdoor", target: 2 },
    { attack: "labelFlip", shift: 2 },
  ])("may name the last class of the data set: %o", async (options) => {
    const set = `population[2].options=${JSON.stringify(options)}`
    const { base } = await load("learning.dataset=waveforms", set)
    expect(base.population[2]!.options).toMatchObject(options)
  })
})

describe("the aggregation of a scenario", () => {
  test("is federated averaging with claims capped at the size of a shard, if nothing else is said", async () => {
    const { base } = await load()
    expect(base.learning.aggregation).toEqual({ rule: { kind: "fedAvg" }, maxSamples: 200 })
    const other = await load(
      "learning.aggregation={ rule: { kind: krum, byzantine: 1 }, maxSamples: 50, maxNorm: 2 }",
    )
    expect(other.base.learning.aggregation).toEqual({
      rule: { kind: "krum", byzantine: 1 },
      maxSamples: 50,
      maxNorm: 2,
    })
  })

  test.each([
    ["{ rule: { kind: mode } }", "one of { kind: fedAvg }"],
    ["{ rule: { kind: trimmedMean, share: 0.5 } }", "a number from 0 to 0.49"],
    ["{ rule: { kind: krum } }", "byzantine"],
    ["{ maxNorm: 0 }", "a number above 0"],
  ])("%s is refused with a reason", async (aggregation, reason) => {
    await expect(load(`learning.aggregation=${aggregation}`)).rejects.toThrow(reason)
  })

  // Of one task: two solvers' updates, and the keeper's.
  test.each([
    "{ kind: krum, byzantine: 2 }",
    "{ kind: multiKrum, byzantine: 0, keep: 3 }",
    "{ kind: trimmedMean, share: 0.334 }",
    "{ kind: trimmedMean, share: 0 }",
  ])("%s is one that three updates are enough for", async (rule) => {
    const { base } = await load(`learning.aggregation={ rule: ${rule} }`)
    expect(base.tasks).toMatchObject({ perRound: 1, solversPerTask: 2 })
  })

  test.each([
    [
      "{ kind: krum, byzantine: 3 }",
      "learning.aggregation.rule.byzantine: expected an integer from 0 to 2, since a round brings at most 3 updates, found 3",
    ],
    [
      "{ kind: multiKrum, byzantine: 99, keep: 2 }",
      "learning.aggregation.rule.byzantine: expected an integer from 0 to 2",
    ],
    [
      "{ kind: multiKrum, byzantine: 0, keep: 4 }",
      "learning.aggregation.rule.keep: expected an integer from 1 to 3, the most updates that a round brings, found 4",
    ],
    [
      "{ kind: trimmedMean, share: 0.3 }",
      "learning.aggregation.rule.share: expected 0, or a share from 0.334, since a round brings at most 3 updates, of which ⌊0.3 · 3⌋ = 0 would be left out; found 0.3",
    ],
  ])("%s is one that three updates are too few for", async (rule, reason) => {
    await expect(load(`learning.aggregation={ rule: ${rule} }`)).rejects.toThrow(reason)
    await load(`learning.aggregation={ rule: ${rule} }`, "tasks.perRound=50")
  })
})

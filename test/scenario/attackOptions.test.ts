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
})

import { beforeAll, describe, expect, it } from "vitest"
import { fittedTo, hashOfFit } from "../../ml/surrogate/fitted.ts"
import { defaultEngine } from "../../chain/engine/engines.ts"
import { builtInContracts } from "../../chain/contractSet/contractSet.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { prepare } from "../../sim/run/prepare.ts"
import type { Scenario } from "../../sim/scenario/scenario.ts"
import { testCacheDirectory as cacheDirectory } from "../compiledContracts.ts"
import { playScenario } from "./playScenario.ts"

const set = ["rounds=4", "learning.model.hidden=[32]", "population[1].count=2", "tasks.solversPerTask=3"]

describe("a run in which a surrogate stands in", () => {
  let real: RunResult
  let surrogate: RunResult
  beforeAll(async () => {
    real = await playScenario({ set })
    surrogate = await playScenario({ set: [...set, "ml=surrogate"] })
  }, 60_000)

  it("has the same digest whenever it is played", async () => {
    const { digest } = await playScenario({ set: [...set, "ml=surrogate"] })
    expect(digest).toBe(surrogate.digest)
    expect(digest).not.toBe(real.digest)
  })

  it("publishes as many rounds and submissions as with real training, and breaks no invariant", () => {
    expect(surrogate.rounds.map(({ round }) => round)).toEqual(real.rounds.map(({ round }) => round))
    expect(surrogate.submissions.length).toBe(real.submissions.length)
    expect(surrogate.violations).toEqual([])
  })

  it("comes to accuracies as close to those of real training as is known of so small a world", () => {
    const errors = surrogate.rounds.map(({ accuracy }, i) => Math.abs(accuracy - real.rounds[i]!.accuracy))
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
    // docs/surrogate.md: 9 points on average of four seeds.
    expect(mean).toBeLessThan(0.15)
    expect(surrogate.rounds.at(-1)!.accuracy).toBeGreaterThan(surrogate.rounds[0]!.accuracy + 0.3)
  })

  it("lets coordinators reject what poisoners hand in, as with real training", () => {
    const poisoned = ({ submissions }: RunResult) =>
      submissions
        .filter(({ strategy }) => strategy === "solver/poisoner")
        .map(({ truth, consensus }) => ({ truth, consensus }))
    expect(poisoned(surrogate)).toEqual(poisoned(real).map(() => ({ truth: false, consensus: false })))
    expect(poisoned(real)).toEqual(poisoned(surrogate))
  })

  it("charges everybody for the same work, and for keeping documents of the same size", () => {
    const costs = ({ agents }: RunResult) =>
      agents.map(({ name, money: { compute, verification } }) => ({ name, compute, verification }))
    expect(costs(surrogate)).toEqual(costs(real))
    const storage = ({ agents }: RunResult) =>
      agents.reduce((sum, { money }) => sum + Number(money.storage), 0)
    expect(storage(surrogate) / storage(real)).toBeCloseTo(1, 2)
  })
})

describe("preparing runs with a surrogate", () => {
  const on = (ml: Scenario["ml"]) =>
    ({
      ml,
      contracts: builtInContracts,
      parameters: {},
      learning: { dataset: "mnist", backend: "wasm" },
    }) as Scenario
  const prepared = (...scenarios: readonly Scenario[]) =>
    prepare({ cacheDirectory, scenarios, engines: [defaultEngine] })

  it("puts the fit's hash into identities, and its errors into the manifest", async () => {
    const fitted = fittedTo("mnist")!
    const { inputs, surrogates } = await prepared(on("real"), on("surrogate"))
    expect(inputs.mlBackend).toContain("tfjs")
    expect(inputs.surrogates).toEqual({ mnist: hashOfFit(fitted) })
    expect(surrogates?.map(({ dataset }) => dataset)).toEqual(["mnist"])
    expect(fitted.errors).toMatchObject(surrogates?.[0]?.errors ?? [])
  })

  it("names no backend where nothing is trained", async () => {
    const { inputs } = await prepared(on("surrogate"))
    expect(inputs.mlBackend).toBe("none: a surrogate stands in")
  })

  it("names none where all learning is real", async () => {
    const { inputs, surrogates } = await prepared(on("real"))
    expect(inputs.surrogates).toEqual({})
    expect(surrogates).toEqual([])
  })
})

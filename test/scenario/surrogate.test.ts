import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { strategies } from "../../sim/agents/registry.ts"
import { contractParameters } from "../../sim/mechanisms/parameters.ts"
import { loadScenario } from "../../sim/scenario/loadScenario.ts"

const registries = { strategies, parameters: contractParameters }
const firstRun = fileURLToPath(new URL("../../scenarios/first-run.yaml", import.meta.url))

const load = (...set: readonly string[]) =>
  Effect.runPromise(loadScenario(firstRun, { registries, set: ["ml=surrogate", ...set] }))

/** All that the refusal says. */
const refusal = (...set: readonly string[]): Promise<string> =>
  load(...set).then(
    () => "",
    (error: Error & { readonly _tag?: string }) => {
      expect(error._tag).toBe("InvalidScenario")
      return error.message
    },
  )

describe("ml", () => {
  test("is real unless the scenario says otherwise", async () => {
    const { base } = await Effect.runPromise(loadScenario(firstRun, { registries }))
    expect(base.ml).toBe("real")
  })

  test("lets a surrogate stand in for what it was fitted to, in every comparison", async () => {
    const { base, comparisons } = await load("learning.partition={ kind: dirichlet, alpha: 0.3 }")
    expect([base, ...comparisons.map(({ scenario }) => scenario)].map(({ ml }) => ml)).toEqual([
      "surrogate",
      "surrogate",
      "surrogate",
    ])
  })

  test("is one of two", async () => {
    expect(await refusal("ml=fake")).toContain("one of real, surrogate")
  })
})

describe("a surrogate outside of what it was fitted to", () => {
  test.each([
    ["learning.dataset=waveforms", "learning.dataset", "mnist", "waveforms"],
    ["learning.backend=tfjs-node", "learning.backend", "training on wasm", "tfjs-node"],
    ["learning.model.hidden=[200]", "learning.model.hidden[0]", "from 16 to 128", "200"],
    ["learning.model.hidden=[32, 32]", "learning.model.hidden", "one hidden layer", "2 layers"],
    [
      "learning.partition={ kind: byLabel, labelsPerSolver: 2 }",
      "learning.partition.kind",
      "iid and dirichlet",
      "byLabel",
    ],
    ["learning.partition={ kind: dirichlet, alpha: 0.05 }", "learning.partition.alpha", "from 0.1", "0.05"],
    ["learning.samplesPerSolver=50", "learning.samplesPerSolver", "from 100 to 1000", "50"],
    ["learning.epochs=9", "learning.epochs", "from 1 to 3", "9"],
    ["learning.batchSize=5", "learning.batchSize", "from 10 to 64", "5"],
    ["learning.learningRate=0.5", "learning.learningRate", "from 0.02 to 0.2", "0.5"],
    ["learning.momentum=0.95", "learning.momentum", "from 0 to 0.9", "0.95"],
    ["learning.momentum=0.9", "learning.momentum", "(1 − momentum) from 0.02 to 0.2", "0.5"],
    ["learning.proximal=0.1", "learning.proximal", "proximal 0", "0.1"],
    ["learning.aggregation.maxNorm=1", "learning.aggregation.maxNorm", "any norm", "1"],
    ["learning.backdoor={ target: 1 }", "learning.backdoor", "without backdoors", "target"],
    ["learning.checkpoints={ every: 5 }", "learning.checkpoints", "without checkpoints", "every"],
    ["rounds=100", "rounds", "from 1 to 40", "100"],
    ["tasks.perRound=40", "tasks", "2 to 20 updates a round", "80"],
    ["population[poisoner-seat].count=9", "population[2].count", "at most 40 % attackers", "45"],
    ["population[poisoner-seat].options.strength=20", "population[2].options.strength", "from 1 to 4", "20"],
    [
      "population[poisoner-seat].options={ attack: garbage, deviation: 1 }",
      "population[2].options.deviation",
      "0.1",
      "1",
    ],
  ])("refuses %s, naming the field, the range and the value", async (change, field, range, found) => {
    const message = await refusal(change)
    expect(message).toContain(`${field}: the surrogate was fitted to`)
    expect(message).toContain(range)
    expect(message).toMatch(new RegExp(`found [a-z "]*${found.replaceAll(".", "\\.")}`))
    expect(message).toContain("set ml: real")
  })

  test("takes no strategy of solvers that it was not fitted to", async () => {
    const others = [...strategies.keys()].filter(
      (name) => name.startsWith("solver/") && !["solver/honest", "solver/poisoner"].includes(name),
    )
    for (const name of others) {
      expect(await refusal(`population[poisoner-seat].strategy=${name}`)).toContain(
        "fitted to solver/honest and solver/poisoner only",
      )
    }
  })

  test("is refused in a comparison too", async () => {
    const message = await refusal("comparisons[0].set={ learning.epochs: 9 }")
    expect(message).toContain("makes learning.epochs wrong: the surrogate was fitted to epochs from 1 to 3")
  })
})

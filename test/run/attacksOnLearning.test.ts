import { describe, expect, it } from "vitest"
import type { RunResult } from "../../sim/results/runResult.ts"
import { playScenario } from "./playScenario.ts"

/**
 * Three honest solvers and a cheat, all asked in the one task of a round. Shards are small, so that honest work may fall
 * ten points below the model it began with.
 */
const set = [
  "rounds=3",
  "learning.acceptance.toleranceBps=1000",
  "population[1].count=3",
  "tasks.solversPerTask=4",
  "learning.samplesPerSolver=400",
  "learning.learningRate=0.2",
  "population[4].strategy=coordinator/honest",
]
const play = (strategy: string, options: string, more: readonly string[] = []): Promise<RunResult> =>
  playScenario({
    set: [...set, `population[2].strategy=${strategy}`, `population[2].options=${options}`, ...more],
  })

const cheat = ({ agents }: RunResult) => agents.find(({ name }) => name === "solver-4")!
const work = ({ submissions }: RunResult) => submissions.filter(({ solver }) => solver === "solver-4")
const honestWork = ({ submissions }: RunResult) =>
  submissions.filter(({ strategy }) => strategy === "solver/honest")
const verdicts = (run: RunResult) => work(run).map(({ consensus }) => consensus)
const earned = (run: RunResult) => BigInt(cheat(run).money.balance) + BigInt(cheat(run).money.stake)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const accuracyOf = (submissions: RunResult["submissions"]) =>
  mean(submissions.map(({ accuracy }) => accuracy ?? 0))

describe("attacks on learning in a whole run", () => {
  it.each([
    ["{ attack: signFlip }", true],
    ["{ attack: garbage, deviation: 1 }", false],
    ["{ attack: scaled, factor: -20 }", true],
    ["{ attack: gaussian, relativeDeviation: 40 }", true],
    ["{ attack: labelFlip }", true],
  ])("%s is seen by whoever looks, earns nothing, and costs what it costs", async (options, trains) => {
    const run = await play("solver/poisoner", options, ["rounds=1"])
    expect(work(run).map(({ truth }) => truth)).toEqual([false])
    expect(verdicts(run)).toEqual([false])
    expect(honestWork(run).map(({ consensus }) => consensus)).toContain(true)
    expect(earned(run)).toBe(0n)
    expect(BigInt(cheat(run).money.compute) < 0n).toBe(trains)
    expect(run.violations).toEqual([])
  })

  it("a little is enough: ALIE stays close to honest work, is accepted and paid, and costs two trainings", async () => {
    const run = await play("solver/poisoner", "{ attack: alie, z: 0.3 }")
    expect(accuracyOf(work(run))).toBeGreaterThan(accuracyOf(honestWork(run)) - 0.1)
    expect(verdicts(run)).toEqual([true, true, true])
    expect(earned(run)).toBeGreaterThan(0n)
    const [other] = run.agents.filter(({ strategy }) => strategy === "solver/honest")
    expect(BigInt(cheat(run).money.compute)).toBe(2n * BigInt(other!.money.compute))
  })

  /** Whether a single update passes is luck in so small a world: what a backdoor does once it is in, is asked here. */
  const lenient = ["learning.acceptance={ minScore: 50, toleranceBps: 2500 }"]

  it("a backdoor passes the vote, gets into the global model, and is measured beside accuracy", async () => {
    const run = await play("solver/poisoner", "{ attack: backdoor, target: 7, shareBps: 2500 }", lenient)
    const clean = await play("solver/honest", "{}", lenient)
    expect(verdicts(run)).toEqual([true, true, true])
    expect(earned(run)).toBeGreaterThan(0n)
    expect(run.metrics["accuracy"]).toBeGreaterThan(clean.metrics["accuracy"]! - 0.1)
    expect(run.rounds.every(({ backdoorSuccess }) => backdoorSuccess !== undefined)).toBe(true)
    expect(run.metrics["backdoorSuccess"]).toBe(run.rounds.at(-1)!.backdoorSuccess)
    expect(run.metrics["backdoorSuccess"]).toBeGreaterThan(0.4)
    expect(clean.metrics["backdoorSuccess"]).toBe(null)
    expect(clean.rounds.some((round) => "backdoorSuccess" in round)).toBe(false)
  })

  it("a backdoor that the scenario asks about is measured without an attacker too: what success is held against", async () => {
    const asked = [...lenient, "learning.backdoor={ target: 7 }"]
    const options = "{ attack: backdoor, target: 7, shareBps: 2500 }"
    const planted = await play("solver/poisoner", options, asked)
    const clean = await play("solver/honest", "{}", asked)
    const value = ({ metrics }: RunResult, name: string) => metrics[name] ?? Number.NaN
    const gain = (run: RunResult) => value(run, "backdoorSuccess") - value(run, "backdoorBaseRate")
    expect(gain(planted)).toBeGreaterThan(0.4)
    expect(Math.abs(gain(clean))).toBeLessThan(0.2)
    expect(clean.rounds.every(({ backdoorSuccess }) => backdoorSuccess !== undefined)).toBe(true)
    expect(value(clean, "backdoorBaseRate")).toBeLessThan(1 - value(clean, "accuracy"))
    // The initial model is the same, and so is what it is asked.
    expect(planted.rounds[0]).toEqual(clean.rounds[0])
    const elsewhere = [...lenient, "rounds=1", "learning.backdoor={ target: 3 }"]
    const other = await play("solver/poisoner", options, elsewhere)
    expect(other.metrics["backdoorSuccess"]).toBeLessThan(value(planted, "backdoorSuccess"))
    const unasked = await play("solver/poisoner", options, lenient)
    expect(unasked.rounds).toEqual(planted.rounds)
  })
})

describe("free riders in a whole run", () => {
  it("who hand in the global model are paid as soon as it is good enough, without training", async () => {
    const run = await play("solver/freeRider", "{ mode: globalModel }", ["rounds=4"])
    expect(cheat(run).money.compute).toBe("0")
    expect(verdicts(run)[0]).toBe(false)
    expect(verdicts(run)).toContain(true)
    expect(earned(run)).toBeGreaterThan(0n)
    for (const { accuracy, round } of work(run)) expect(accuracy).toBe(run.rounds[round - 1]!.accuracy)
  })

  it("who copy hand in another's verified update of the round before, with noise", async () => {
    const run = await play("solver/freeRider", "{ mode: copyLast, relativeDeviation: 0 }", ["rounds=4"])
    expect(cheat(run).money.compute).toBe("0")
    const [first, ...later] = work(run)
    expect(first!.accuracy).toBe(run.rounds[0]!.accuracy)
    expect(later.length).toBe(3)
    for (const { accuracy, round } of later) expect(accuracy).not.toBe(run.rounds[round - 1]!.accuracy)
    expect(verdicts(run)).toContain(true)
    expect(earned(run)).toBeGreaterThan(0n)
    const noisy = await play("solver/freeRider", "{ mode: copyLast, relativeDeviation: 30 }", ["rounds=2"])
    expect(work(noisy)[1]!.accuracy).toBeLessThan(later[0]!.accuracy!)
  })
})

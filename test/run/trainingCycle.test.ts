import { beforeAll, describe, expect, it } from "vitest"
import type { AgentResult, RunResult } from "../../sim/results/runResult.ts"
import { playScenario } from "./playScenario.ts"

const of = ({ agents }: RunResult, strategy: string): readonly AgentResult[] =>
  agents.filter((agent) => agent.strategy === strategy)

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n)

describe("the training cycle on the real contracts", () => {
  let run: RunResult
  beforeAll(async () => {
    run = await playScenario({ set: ["rounds=4"] })
  })

  it("publishes every round, and the model learns", () => {
    expect(run.rounds.map(({ round }) => round)).toEqual([0, 1, 2, 3, 4])
    const accuracies = run.rounds.map(({ accuracy }) => accuracy)
    expect(accuracies.at(-1)).toBeGreaterThan((accuracies[0] ?? 1) + 0.2)
  })

  it("breaks no invariant, leaves no task open, and no transaction of honest agents reverts", () => {
    expect(run.violations).toEqual([])
    expect(run.metrics["unfinishedTaskRate"]).toBe(0)
    expect(run.revertedTransactions).toBe(0)
  })

  it("lets honest coordinators reject poisoned updates that the lazy one approves", () => {
    const poisoned = run.submissions.filter(({ strategy }) => strategy === "solver/poisoner")
    expect(poisoned.length).toBe(4)
    expect(poisoned.map(({ truth }) => truth)).toEqual([false, false, false, false])
    expect(poisoned.map(({ consensus }) => consensus)).toEqual([false, false, false, false])
    const lazyVotes = poisoned
      .flatMap(({ votes }) => votes)
      .filter(({ strategy }) => strategy.endsWith("lazy"))
    expect(lazyVotes.every(({ correct, aligned }) => correct && aligned === false)).toBe(true)
  })

  it("charges honest coordinators for looking, and nothing to the lazy one but gas", () => {
    for (const { money } of of(run, "coordinator/honest")) expect(BigInt(money.verification)).toBeLessThan(0n)
    for (const { money } of of(run, "coordinator/lazy")) {
      expect(money.verification).toBe("0")
      expect(BigInt(money.gas)).toBeLessThan(0n)
    }
  })

  it("slashes a tenth of the stake for each vote against consensus", () => {
    const [lazy] = of(run, "coordinator/lazy")
    const against = run.submissions
      .flatMap(({ votes }) => votes)
      .filter(({ coordinator, aligned }) => coordinator === lazy?.name && aligned === false)
    expect(against.length).toBeGreaterThan(0)
    expect(BigInt(lazy?.slashed ?? 0)).toBe(sum(against.map(({ stake }) => BigInt(stake) / 10n)))
  })

  it("adds up every agent's profit from its parts", () => {
    for (const { money } of run.agents) {
      const { profit, ...parts } = money
      expect(sum(Object.values(parts).map(BigInt))).toBe(BigInt(profit))
    }
  })

  it("pays what solvers earn out of the score that consensus gave", () => {
    const correct = run.submissions.filter(({ consensus }) => consensus === true)
    const [honest] = of(run, "solver/honest")
    const earned = correct.filter(({ solver }) => solver === honest?.name).map(({ score }) => BigInt(score))
    const rewardWei = 5n * 10n ** 18n
    const { balance, stake } = honest?.money ?? { balance: "0", stake: "0" }
    expect(BigInt(balance) + BigInt(stake)).toBe((sum(earned) * rewardWei) / 100n)
  })
})

describe("common random numbers", () => {
  it("replacing one coordinator's strategy leaves data, models and the other agents' work as they were", async () => {
    const [lazy, honest] = await Promise.all([
      playScenario(),
      playScenario({ set: ["population[4].strategy=coordinator/honest"] }),
    ])
    const work = ({ submissions }: RunResult) =>
      submissions.filter(({ round }) => round === 1).map(({ solver, accuracy }) => [solver, accuracy])
    expect(work(honest)).toEqual(work(lazy))
    expect(honest.rounds[0]).toEqual(lazy.rounds[0])
  })
})

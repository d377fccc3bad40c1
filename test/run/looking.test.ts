import { describe, expect, it } from "vitest"
import type { RunResult } from "../../sim/results/runResult.ts"
import { playScenario } from "./playScenario.ts"

const agentOf = (run: RunResult, name: string) => {
  const found = run.agents.find((agent) => agent.name === name)
  if (found === undefined) throw new Error(`there is no ${name}`)
  return found
}

/** One coordinator of the small world follows another strategy: the third, beside two that look. */
const playWith = (strategy: string, ...set: readonly string[]) =>
  playScenario({
    set: [`population[4].strategy=${strategy}`, ...set],
  })

const noTraps = 'parameters["ForcedErrorRegistry.forcedErrorProbability"]=0'
const openVotes = 'parameters["ResultsRewards.allowPlainVotes"]=1'

/** What looking costs it against what it costs one that looks at everything; and whether it voted like that one. */
const effortOf = async (strategy: string, ...set: readonly string[]) => {
  const run = await playWith(strategy, ...set)
  const costOf = (name: string) => Math.abs(Number(agentOf(run, name).money.verification))
  const votesOf = (name: string) =>
    run.submissions.flatMap(({ votes }) =>
      votes.filter(({ coordinator }) => coordinator === name).map(({ correct }) => correct),
    )
  return {
    share: costOf("coordinator-3") / costOf("coordinator-1"),
    agrees: String(votesOf("coordinator-3")) === String(votesOf("coordinator-1")),
    votes: votesOf("coordinator-3").length,
  }
}

describe("a coordinator that looks at less", () => {
  it("pays for the share that it looks at, and approves the rest unseen", async () => {
    const options = "population[4].options={lookProbability: 1, examples: 0.1}"
    expect(await effortOf("coordinator/partlyLazy", options)).toMatchObject({ share: expect.closeTo(0.1, 3) })
    const unseen = await effortOf("coordinator/partlyLazy", "population[4].options={lookProbability: 0}")
    expect(unseen).toMatchObject({ share: 0, agrees: false })
  })

  it("by copying open votes pays nothing and agrees with those who looked; sealed ones it cannot copy", async () => {
    expect(await effortOf("coordinator/copier", openVotes)).toMatchObject({ share: 0, agrees: true })
    expect(await effortOf("coordinator/copier")).toMatchObject({ share: 1, agrees: true })
  })

  it("looks at nothing where it expects no traps and sees none", async () => {
    const options = "population[4].options={expectedRate: 0}"
    expect(await effortOf("coordinator/adaptive", noTraps, options)).toMatchObject({ share: 0 })
  })
})

describe("an honest agent", () => {
  it("sends again what the network lost, and misses no deadline", async () => {
    const run = await playScenario({
      set: ["network.lossProbability=0.3"],
    })
    expect(run.rounds.map(({ round }) => round)).toEqual([0, 1, 2])
    expect(run.metrics["unfinishedTaskRate"]).toBe(0)
    for (const { votes } of run.submissions) expect(votes).toHaveLength(3)
  })

  it("leaves once its work has cost more than it brought for as many tasks as it was told", async () => {
    const losing = ["costs.verificationAtnPerEvaluation=50", "rounds=4", noTraps]
    const run = await playScenario({ set: [...losing, "population[3].options={leaveAfterLosses: 2}"] })
    const last = run.submissions.filter(({ round }) => round === 4).flatMap(({ votes }) => votes)
    expect(last.filter(({ strategy }) => strategy === "coordinator/honest")).toEqual([])
    const second = run.submissions.filter(({ round }) => round === 2).flatMap(({ votes }) => votes)
    expect(second.filter(({ strategy }) => strategy === "coordinator/honest").length).toBeGreaterThan(0)
  })
})

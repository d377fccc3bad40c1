import { describe, expect, it } from "vitest"
import type { RunResult } from "../../sim/results/runResult.ts"
import { playScenario } from "./playScenario.ts"

const afterOneRound = (...set: readonly string[]): Promise<RunResult> =>
  playScenario({ set: ["rounds=1", ...set] })

const votes = ({ submissions }: RunResult): number =>
  submissions.flatMap((submission) => submission.votes).length

describe("a world at its edges", () => {
  it("lets every coordinator vote where no panel is drawn", async () => {
    const run = await afterOneRound('parameters={"ResultsRewards.panelSize": 0}')
    expect(votes(run)).toBe(3 * run.submissions.length)
    expect(run.violations).toEqual([])
  })

  it("goes on without tasks where the budget is spent, and publishes the model as it was", async () => {
    const run = await afterOneRound("money.projectFundingAtn=10")
    expect(run.submissions).toEqual([])
    expect(run.rounds.map(({ accuracy }) => accuracy)).toEqual([
      run.rounds[0]?.accuracy,
      run.rounds[0]?.accuracy,
    ])
  })

  it("decides nothing where nobody votes, and closes its tasks all the same", async () => {
    const run = await afterOneRound("population[3].count=0", "population[4].count=0")
    expect(run.submissions.every(({ consensus }) => consensus === null)).toBe(true)
    expect(run.metrics["unfinishedTaskRate"]).toBe(0)
    expect(run.violations).toEqual([])
  })

  it("has no traps where there is no keeper", async () => {
    const run = await playScenario({ set: ["population[6].count=0"] })
    expect(run.metrics["traps"]).toBe(0)
    expect(run.rounds.at(-1)?.round).toBe(2)
  })

  it("traps every task at probability 1, pays no trap, and slashes whoever approves one", async () => {
    const run = await afterOneRound('parameters={"ForcedErrorRegistry.forcedErrorProbability": 1000}')
    const [trap] = run.submissions.filter(({ trap }) => trap)
    expect(trap?.truth).toBe(false)
    const lazy = run.agents.find(({ strategy }) => strategy === "coordinator/lazy")
    expect(lazy?.missedTraps).toBe(1)
    expect(BigInt(lazy?.slashed ?? 0)).toBeGreaterThanOrEqual(25n * 10n ** 18n)
  })

  it("ends at its time limit where nobody aggregates, with every task closed", async () => {
    const run = await afterOneRound("population[5].count=0", "limitHours=4")
    expect(run.rounds.map(({ round }) => round)).toEqual([0])
    expect(run.virtualSeconds).toBe(4 * 3600)
    expect(run.metrics["unfinishedTaskRate"]).toBe(0)
  })
})

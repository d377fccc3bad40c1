/** Whoever trains from a model that others ruined may get numbers that are none: the run ends with a result all the same. */
import { describe, expect, it, vi } from "vitest"
import { playScenario } from "./playScenario.ts"

/** The strategies that ship, and two that only these runs need. */
vi.mock("../../sim/agents/registry.ts", async (original) => {
  const { strategies } = await original<typeof import("../../sim/agents/registry.ts")>()
  const { digger, idler } = await import("./saboteurs.ts")
  const more = [digger, idler].map((strategy) => [strategy.name, strategy] as const)
  return { strategies: new Map([...strategies, ...more]) }
})

/** Nobody looks: whatever is handed in is approved. */
const NOBODY_LOOKS = "population[3].strategy=coordinator/lazy"

/** After one round of garbage the loss of this network is not finite at such a rate. */
const RUINED = [
  NOBODY_LOOKS,
  "rounds=3",
  "learning.dataset=waveforms",
  "learning.model={ kind: mlp, hidden: [16, 16, 16] }",
  "learning.learningRate=100",
  "population[2].options={ attack: garbage, deviation: 100 }",
]

const play = async (...set: readonly string[]) => {
  const whoDiverged = new Set<string>()
  const onTrace = (line: string) => {
    const [, agent, kind] = JSON.parse(line) as readonly [number, string, string]
    if (kind === "diverged") whoDiverged.add(agent)
  }
  return { run: await playScenario({ set, onTrace }), whoDiverged }
}

describe("a run in which training diverges goes on to its last round", () => {
  it("without tasks, where the proposer's own reference does", async () => {
    const { run, whoDiverged } = await play(...RUINED)
    expect(whoDiverged).toContain("proposer-1")
    expect(run.rounds.map(({ round }) => round)).toEqual([0, 1, 2, 3])
    expect(run.submissions.length).toBeGreaterThan(0)
    expect(run.metrics["unfinishedTaskRate"]).toBe(0)
    expect(run.violations).toEqual([])
  })

  it.each([
    ["", []],
    [", nor a trail of checkpoints to its end", ["learning.checkpoints={ every: 2 }"]],
  ])("without the answers of solvers and keeper, who have nothing to hand in%s", async (_, more) => {
    const traps =
      'parameters={"ForcedErrorRegistry.forcedErrorProbability": 500, "ResultsRewards.panelSize": 3}'
    const { run, whoDiverged } = await play(
      ...RUINED,
      ...more,
      traps,
      "population[0].strategy=proposer/idler",
    )
    expect(whoDiverged).toContain("solver-1")
    expect(whoDiverged).toContain("keeper-1")
    expect(run.rounds.map(({ round }) => round)).toEqual([0, 1, 2, 3])
    expect(run.metrics["unfinishedTaskRate"]).toBe(0)
    expect(run.violations).toEqual([])
  })
})

it("an update that would take weights beyond float32 changes nothing: the model stays what it was", async () => {
  const alone = ["population[1].count=0", "population[6].count=0"]
  const { run, whoDiverged } = await play(
    NOBODY_LOOKS,
    "rounds=2",
    "population[2].strategy=solver/digger",
    ...alone,
  )
  expect(whoDiverged).toEqual(new Set())
  expect(run.submissions.map(({ consensus }) => consensus)).toEqual([true, true])
  const [, first, second] = run.rounds
  expect(first!.accuracy).not.toBe(run.rounds[0]!.accuracy)
  expect(second!.accuracy).toBe(first!.accuracy)
})

import { describe, expect, it } from "vitest"
import type { RunResult } from "../../sim/results/runResult.ts"
import { playScenario } from "./playScenario.ts"

/** One honest solver, three coordinators that look, an honest aggregator, and whoever is under test. */
const world = [
  "rounds=1",
  "settleAt=end",
  "population[1].count=2",
  "population[2]={ strategy: aggregator/honest }",
  "population[4].strategy=coordinator/honest",
  "population[6]={ strategy: outsider/watcher, group: watcher }",
  'parameters={"ResultsRewards.panelSize": 3, "ForcedErrorRegistry.forcedErrorProbability": 0}',
]
const play = (...set: readonly string[]): Promise<RunResult> => playScenario({ set: [...world, ...set] })

/** So rich beside the honest one that it is drawn first. */
const aggregator = (strategy: string, options = "{}") =>
  `population[5]={ strategy: aggregator/${strategy}, group: suspect, stakeAtn: 60000, options: ${options} }`
const honest = aggregator("honest")

const of = (run: RunResult, group: string) => run.agents.find((agent) => agent.group === group)!
const profit = (run: RunResult, group: string) => Number(BigInt(of(run, group).money.profit)) / 1e18
const final = (run: RunResult) => run.rounds.at(-1)!

describe("an aggregator that publishes another model than the average", () => {
  const fraud = aggregator("fraudulent", "{ fraud: turnedAround }")

  it("is disputed and slashed, the stranger that noticed earns, and in the end the right model stands", async () => {
    const sometimes = aggregator("fraudulent", "{ fraud: turnedAround, cheats: 0.4 }")
    const [run, clean] = [await play("limitHours=8", sometimes), await play(honest)]
    expect(BigInt(of(run, "suspect").slashed)).toBeGreaterThan(0n)
    expect(profit(run, "suspect")).toBeLessThan(-1000)
    expect(profit(run, "watcher")).toBeGreaterThan(1000)
    expect(run.rounds.map(({ round }) => round)).toEqual([0, 1])
    expect(final(run).accuracy).toBe(final(clean).accuracy)
    expect(run.violations).toEqual([])
  })

  it("is disputed too where nobody can read what it published, and stops nobody for good", async () => {
    const unreadable = aggregator("fraudulent", "{ fraud: nothing }").replace("60000", "10000")
    const run = await play("limitHours=24", unreadable)
    expect(BigInt(of(run, "suspect").slashed)).toBeGreaterThan(0n)
    expect(run.rounds.map(({ round }) => round)).toEqual([0, 1])
  })

  it("gets away with it where nothing can be disputed, or nobody looks", async () => {
    const windowless = 'parameters["AggregationDisputes.aggregationDisputeBlocks"]=0'
    for (const change of [windowless, "population[6].options={ looks: 0 }"]) {
      const run = await play(fraud, change)
      expect(of(run, "suspect").slashed).toBe("0")
      expect(final(run).accuracy).toBeLessThan(run.rounds[0]!.accuracy)
    }
  })
})

it("an honest model is not disputed by a stranger that recomputes it, whatever the rule", async () => {
  for (const rule of ["{ kind: fedAvg }", "{ kind: median }"]) {
    const run = await play(honest, `learning.aggregation.rule=${rule}`)
    expect(run.agents.map(({ slashed }) => slashed)).toEqual(run.agents.map(() => "0"))
    expect(profit(run, "watcher")).toBe(0)
  }
})

it("a round whose aggregator keeps silent falls to another, later", async () => {
  const silent = aggregator("stalling").replace("60000", "10000")
  const run = await play("limitHours=24", silent)
  const clean = await play(honest.replace("60000", "10000"))
  expect(final(run).round).toBe(1)
  expect(final(run).timeSeconds).toBeGreaterThan(final(clean).timeSeconds)
  expect(final(run).accuracy).toBe(final(clean).accuracy)
  expect(profit(run, "suspect")).toBeGreaterThan(-1)
})

describe("a solver that claims to be excellent", () => {
  const boaster = ["population[1].count=1", "population[6]={ strategy: solver/boaster, group: boaster }"]
  const believers = ["population[3].strategy", "population[4].strategy"].map(
    (path) => `${path}=coordinator/credulous`,
  )
  const verdicts = ({ submissions }: RunResult) =>
    submissions.filter(({ strategy }) => strategy === "solver/boaster").map(({ consensus }) => consensus)

  it("is paid by whoever believes it, and by nobody who looks", async () => {
    const [believed, looked] = [await play(honest, ...boaster, ...believers), await play(honest, ...boaster)]
    expect(verdicts(believed)).toEqual([true])
    expect(profit(believed, "boaster")).toBeGreaterThan(4)
    expect(verdicts(looked)).toEqual([false])
    expect(profit(looked, "boaster")).toBeLessThan(0)
  })
})

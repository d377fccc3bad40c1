import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import { plainFolder } from "../../scripts/plainPackages.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { playScenario, type PlayOptions } from "./playScenario.ts"

const file = join(import.meta.dirname, "../fixtures/scenarios/audits.yaml")
const play = (options: PlayOptions) => playScenario({ file, ...options })

const moneyOf = ({ agents }: RunResult, strategy: string, part: "profit" | "compute"): bigint => {
  const agent = agents.find((each) => each.strategy === strategy)
  if (agent === undefined) throw new Error(`nobody follows ${strategy}`)
  return BigInt(agent.money[part])
}

const submissionsOf = ({ submissions }: RunResult, strategy: string) =>
  submissions.filter((submission) => submission.strategy === strategy)

const spoofer = "solver/checkpointSpoofer"
const unaudited = "population[auditors].options.auditProbability=0"
/** Everything passes the evaluation: only audits decide. */
const anyAccuracy = ["learning.acceptance={minScore: 0, toleranceBps: 10000}"]

describe("checkpoint audits in whole runs", () => {
  let audited: RunResult
  let trusted: RunResult
  beforeAll(async () => {
    audited = await play({})
    trusted = await play({ set: [unaudited] })
  })

  it("agree with honest training, and reject every spoofed trail that is recomputed as a whole", () => {
    expect(audited.violations).toEqual([])
    expect(audited.revertedTransactions).toBe(0)
    expect(submissionsOf(audited, "solver/honest").map(({ consensus }) => consensus)).toEqual(
      Array(6).fill(true),
    )
    expect(submissionsOf(audited, spoofer).map(({ consensus }) => consensus)).toEqual(Array(6).fill(false))
  })

  it("are what catches it: without them what it hands in is found good, and it is paid", () => {
    // From the second round on; before, its half of the training is not enough for the task's rule.
    const later = submissionsOf(trusted, spoofer).filter(({ round }) => round > 1)
    expect(later.map(({ truth }) => truth)).toEqual(Array(4).fill(true))
    expect(later.map(({ consensus }) => consensus)).toEqual(Array(4).fill(true))
    expect(moneyOf(trusted, spoofer, "profit")).toBeGreaterThan(0n)
    expect(moneyOf(audited, spoofer, "profit")).toBeLessThan(0n)
  })

  it("leave the spoofer what it saved: half of the training", () => {
    expect(2n * moneyOf(audited, spoofer, "compute")).toBe(moneyOf(audited, "solver/honest", "compute"))
  })

  it("cost the auditors the samples that they recompute, until the first difference", () => {
    const trainingAtn = 0.001
    // Six honest submissions whole, four spoofed ones to the end of their first segment; two did not pass the rule.
    const samples = 6 * 80 + 4 * 2 * 10
    expect(Number(moneyOf(audited, "coordinator/honest", "compute")) / 1e18).toBeCloseTo(
      -trainingAtn * samples,
      12,
    )
    expect(moneyOf(trusted, "coordinator/honest", "compute")).toBe(0n)
  })

  it("refuse what comes without a trail", async () => {
    const spoofing = "population[2].strategy=solver/poisoner"
    const attack = 'population[2].options={"attack":"garbage","deviation":0.0001}'
    const rejected = await play({ set: [spoofing, attack, ...anyAccuracy] })
    expect(submissionsOf(rejected, "solver/poisoner").map(({ consensus }) => consensus)).toEqual(
      Array(6).fill(false),
    )
    const accepted = await play({ set: [spoofing, attack, ...anyAccuracy, unaudited] })
    expect(submissionsOf(accepted, "solver/poisoner").map(({ consensus }) => consensus)).toEqual(
      Array(6).fill(true),
    )
  })

  it("change nothing where tasks ask for no checkpoints", async () => {
    const run = await play({ set: ["learning.checkpoints=null"] })
    expect(submissionsOf(run, spoofer).map(({ truth }) => truth)).toEqual(
      submissionsOf(run, spoofer).map(({ consensus }) => consensus),
    )
    expect(moneyOf(run, "coordinator/honest", "compute")).toBe(0n)
    expect(2n * moneyOf(run, spoofer, "compute")).toBe(moneyOf(run, "solver/honest", "compute"))
  })

  it("have the same digest when played again", async () => {
    expect((await play({})).digest).toBe(audited.digest)
  })
})

/** `npm run validate -- --only audits` compares how often with the closed forms. */
describe("audits of some submissions", () => {
  const some = (draw: string) => [
    ...anyAccuracy,
    `population[auditors].options={auditProbability: 0.5, auditSegments: 1, auditDraw: ${draw}}`,
    "rounds=1",
    "tasks.perRound=10",
  ]
  const spoofedVotes = (run: RunResult) =>
    submissionsOf(run, spoofer).map(({ votes }) => votes.map(({ correct }) => correct))

  it("catch some, and all auditors agree, when they draw together", async () => {
    const run = await play({ set: some("common") })
    const votes = spoofedVotes(run)
    expect(votes.every((each) => new Set(each).size === 1)).toBe(true)
    const caught = votes.filter(([first]) => first === false).length
    expect(caught).toBeGreaterThan(0)
    expect(caught).toBeLessThan(10)
    expect(run.agents.every(({ slashed }) => slashed === "0")).toBe(true)
  })

  it("get an auditor slashed for being right alone, when each draws for itself", async () => {
    const run = await play({ set: some("own") })
    const alone = submissionsOf(run, spoofer)
      .filter(({ consensus }) => consensus === true)
      .flatMap(({ votes }) => votes)
      .filter(({ correct }) => !correct)
    expect(alone.length).toBeGreaterThan(0)
    for (const { coordinator } of alone) {
      expect(BigInt(run.agents.find(({ name }) => name === coordinator)?.slashed ?? 0)).toBeGreaterThan(0n)
    }
  })
})

describe("traps among checkpoints", () => {
  it("have a trail like everybody's, which only recomputing tells from training", async () => {
    const records: string[] = []
    const run = await play({
      set: [
        ...anyAccuracy,
        "population[5].count=1",
        "parameters.ForcedErrorRegistry.forcedErrorProbability=500",
      ],
      onTrace: (line) => void (line.includes('"audit"') && records.push(line)),
    })
    const keeper = submissionsOf(run, "keeper/honest")
    const traps = keeper.filter(({ trap }) => trap)
    expect(traps.length).toBeGreaterThan(0)
    expect(traps.length).toBeLessThan(keeper.length)
    for (const { trap, votes } of keeper)
      expect(votes.map(({ correct }) => correct)).toEqual(Array(3).fill(!trap))
    // Never for lack of a checkpoint, or for one that leads elsewhere.
    const problems = new Set(records.map((line) => /"problem":("[^"]*"|null)/.exec(line)?.[1]))
    expect([...problems].sort()).toEqual(['"segment 0: other weights"', "null"])
  })
})

describe("checkpoints on the plain set", () => {
  it("are kept and audited there too", async () => {
    const choice = { source: join(plainFolder, "hardhat"), rulesOff: [] }
    const contractSet = await loadContractSet(choice, { cacheDirectory: undefined })
    const set = ["parameters={}", "population[1].count=0", ...anyAccuracy]
    const run = await play({ contractSet, set })
    expect(submissionsOf(run, spoofer).length).toBeGreaterThan(0)
    expect(submissionsOf(run, spoofer).every(({ consensus }) => consensus === false)).toBe(true)
    const trusting = await play({ contractSet, set: [...set, unaudited] })
    expect(submissionsOf(trusting, spoofer).every(({ consensus }) => consensus === true)).toBe(true)
  })
})

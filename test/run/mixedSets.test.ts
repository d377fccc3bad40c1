/** Sets between the two: agents take each group of verbs from the functions that are there. */
import { toFunctionSelector, type AbiFunction } from "viem"
import { describe, expect, it } from "vitest"
import { capabilitiesOf } from "../../chain/contractSet/capabilities.ts"
import { builtInContracts, type ContractSet } from "../../chain/contractSet/contractSet.ts"
import { compiledContracts } from "../compiledContracts.ts"
import { playScenario } from "./playScenario.ts"

/** The built-in set, of which agents do not know some functions. */
const builtInWithout = async (...unknown: readonly string[]): Promise<ContractSet> => {
  const suite = await compiledContracts()
  const capabilities = capabilitiesOf(suite)
  const extensions = capabilities.extensions.filter((name) => !unknown.includes(name))
  return { choice: builtInContracts, suite, capabilities: { ...capabilities, extensions } }
}

/** Names of all functions that transactions called. */
const calledIn = ({ suite }: ContractSet, trace: readonly string[]): ReadonlySet<string> => {
  const functions = Object.values(suite.contracts).flatMap(({ abi }) =>
    abi.filter((item): item is AbiFunction => item.type === "function"),
  )
  const names = new Map(functions.map((item) => [toFunctionSelector(item), item.name]))
  const events = trace.map((line) => JSON.parse(line) as [number, string, string, { data?: string }])
  const sent = events.filter(([, , kind]) => kind === "transaction")
  return new Set(sent.map(([, , , { data = "" }]) => names.get(data.slice(0, 10) as `0x${string}`) ?? ""))
}

const play = async (unknown: readonly string[], parameters: Readonly<Record<string, number>>) => {
  const contractSet = await builtInWithout(...unknown)
  const trace: string[] = []
  const set = [`parameters=${JSON.stringify(parameters)}`]
  const run = await playScenario({ contractSet, set, onTrace: (line) => trace.push(line) })
  const ordinary = run.submissions.filter(({ trap }) => !trap)
  return {
    run,
    called: calledIn(contractSet, trace),
    outcome: {
      rounds: run.rounds.length - 1,
      unfinished: run.metrics["unfinishedTaskRate"],
      violations: run.violations,
      misjudged: ordinary.filter(({ truth, consensus }) => truth !== consensus).length,
      fewestVotes: Math.min(...ordinary.map(({ votes }) => votes.length)),
    },
  }
}

/** Both rounds of the small scenario, every submission judged rightly by all three coordinators. */
const whole = { rounds: 2, unfinished: 0, violations: [], misjudged: 0, fewestVotes: 3 }

const panelOfAll = { "ResultsRewards.panelSize": 3 }
const noPanel = { "ResultsRewards.panelSize": 0 }
const openVotes = { "ResultsRewards.allowPlainVotes": 1 }

describe("on a contract set between the two", () => {
  it("with open votes only, the panel votes by submitVote", async () => {
    const { outcome, called } = await play(["ResultsRewards.commitVote"], { ...panelOfAll, ...openVotes })
    expect(outcome).toEqual(whole)
    expect(called).toContain("submitVote")
    expect(called).toContain("revealSaltedSolution")
    expect(called).not.toContain("revealVote")
  })

  it("with bare commitments only, solvers reveal without a salt", async () => {
    const bare = { "ResultsRewards.allowUnsaltedCommitments": 1 }
    const { outcome, called } = await play(["ResultsRewards.revealSaltedSolution"], {
      ...panelOfAll,
      ...bare,
    })
    expect(outcome).toEqual(whole)
    expect(called).toContain("revealSolution")
    expect(called).toContain("revealVote")
    expect(called).not.toContain("revealSaltedSolution")
  })

  it("without panels, everybody commits to a vote when the solutions are in", async () => {
    const { outcome, called } = await play(["ResultsRewards.drawPanel"], noPanel)
    expect(outcome).toEqual(whole)
    expect(called).not.toContain("drawPanel")
  })

  it("without panels and with open votes, everybody votes as soon as votes are open", async () => {
    const unknown = ["ResultsRewards.drawPanel", "ResultsRewards.commitVote"]
    const { outcome, called } = await play(unknown, { ...noPanel, ...openVotes })
    expect(outcome).toEqual(whole)
    expect(called).toContain("submitVote")
  })

  it("without deadlines that can be read, agents keep those of the specification", async () => {
    expect((await play(["TaskContract.scheduleOf"], panelOfAll)).outcome).toEqual(whole)
  })

  it("without a call that closes tasks, every solution is settled by itself", async () => {
    const { outcome, called } = await play(["ResultsRewards.closeTask"], panelOfAll)
    expect(outcome).toEqual(whole)
    expect(called).toContain("finalizeVoting")
    expect(called).not.toContain("closeTask")
  })

  it("with public traps only and a timelock as governance, nobody lays a trap in time", async () => {
    const { outcome, called, run } = await play(["ForcedErrorRegistry.revealForcedError"], {
      ...panelOfAll,
      "ForcedErrorRegistry.allowPublicTraps": 1,
      "ForcedErrorRegistry.forcedErrorProbability": 1_000,
    })
    expect(outcome).toEqual(whole)
    expect(run.metrics["traps"]).toBe(0)
    expect(called).not.toContain("commitForcedError")
  })
})

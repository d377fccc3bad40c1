/** The small world on contracts from folders: the plain set in both layouts, the built-in set as a user would keep it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { plainFolder } from "../../scripts/plainPackages.ts"
import { compiledContracts } from "../compiledContracts.ts"
import { playScenario } from "./playScenario.ts"

const ATN = 10n ** 18n

const playOn = async (source: string, ...set: readonly string[]): Promise<RunResult> => {
  const contractSet = await loadContractSet({ source, rulesOff: [] }, { cacheDirectory: undefined })
  return playScenario({ contractSet, set })
}

/** The fixture's own parameters are for panels, which the plain set does not have. */
const playPlain = (layout: "hardhat" | "foundry", parameters = {}, ...set: readonly string[]) =>
  playOn(join(plainFolder, layout), `parameters=${JSON.stringify(parameters)}`, ...set)

const alwaysTrapped = { "ForcedErrorRegistry.forcedErrorProbability": 1_000 }

const agentOf = ({ agents }: RunResult, strategy: string) => {
  const agent = agents.find((each) => each.strategy === strategy)
  if (agent === undefined) throw new Error(`nobody follows ${strategy}`)
  return agent
}

/** ATN wei won or lost, capital at stake included. */
const gained = (run: RunResult, strategy: string): bigint => {
  const { balance, stake } = agentOf(run, strategy).money
  return BigInt(balance) + BigInt(stake)
}

describe("the plain set", () => {
  let run: RunResult
  beforeAll(async () => {
    run = await playPlain("hardhat")
  })

  it("plays the same run from Hardhat's layout, from Foundry's, and again", async () => {
    expect((await playPlain("foundry")).digest).toBe(run.digest)
    expect(await playPlain("hardhat")).toEqual(run)
  })

  it("publishes a model each round and closes every task", () => {
    expect(run.rounds.map(({ round }) => round)).toEqual([0, 1, 2])
    expect(run.metrics["unfinishedTaskRate"]).toBe(0)
    expect(run.submissions.map(({ taskId }) => taskId)).toEqual([1, 2])
  })

  it("learns from what was verified, and from nothing else", () => {
    const accuracies = run.rounds.map(({ accuracy }) => accuracy)
    expect(run.rounds.map(({ updates }) => updates)).toEqual([0, 1, 0])
    expect(accuracies[1]).toBeGreaterThan(accuracies[0] ?? 1)
    expect(accuracies[2]).toBe(accuracies[1])
  })

  it("pays the solver by its score and coordinators for agreeing, by bonds that grow", () => {
    const [accepted] = run.submissions
    expect(accepted).toMatchObject({ strategy: "solver/honest", consensus: true, truth: true })
    expect(gained(run, "solver/honest")).toBe((5n * ATN * BigInt(accepted?.score ?? 0)) / 100n)
    expect(gained(run, "proposer/honest")).toBe(10n * ATN)
    // Two votes with the consensus: bonds of 0.1 and 0.19, half of which the fee of 1 ATN grows by.
    expect(gained(run, "coordinator/honest")).toBe((105n * ATN) / 100n + (1_095n * ATN) / 1_000n)
    expect(gained(run, "aggregator/honest")).toBe(0n)
  })

  it("rejects the poisoned update, and slashes a tenth of the stake of who approved it", () => {
    const poisoned = run.submissions.find(({ strategy }) => strategy === "solver/poisoner")
    expect(poisoned).toMatchObject({ consensus: false, truth: false })
    expect(agentOf(run, "coordinator/lazy").slashed).toBe(String(50n * ATN))
    expect(gained(run, "solver/poisoner")).toBe(0n)
  })

  it("keeps what it slashes, which the invariant of stakes says in the block of the slash", () => {
    expect(run.violations.map(({ invariant }) => invariant)).toEqual(["stakes-backed"])
    expect(run.violations[0]?.message).toMatch(/holds 28\d+ wei, stakes sum to 275\d+/)
  })

  it("leaves a slashed coordinator below the minimum out for good", async () => {
    const longer = await playPlain("hardhat", {}, "rounds=3")
    const votersOf = (task: number) =>
      longer.submissions.find(({ taskId }) => taskId === task)?.votes.map(({ strategy }) => strategy)
    expect(votersOf(2)).toContain("coordinator/lazy")
    expect(votersOf(3)).toEqual(["coordinator/honest", "coordinator/honest"])
  })

  it("takes the first solver only, and costs the second its training", () => {
    expect(run.submissions.map(({ solver }) => solver)).toEqual(["solver-1", "solver-2"])
    expect(run.revertedTransactions).toBe(2)
    for (const strategy of ["solver/honest", "solver/poisoner"]) {
      // Two tasks, 200 samples each, at 0.001 ATN.
      expect(agentOf(run, strategy).money.compute).toBe(String((-4n * ATN) / 10n))
    }
  })
})

describe("public traps on the plain set", () => {
  it("catch a coordinator that does not look: fined by governance, the jackpot goes to one that does", async () => {
    const run = await playPlain("foundry", alwaysTrapped, "rounds=1")
    expect(run.submissions).toHaveLength(1)
    expect(run.submissions[0]).toMatchObject({ solver: "keeper-1", trap: true, consensus: false })
    const lazy = agentOf(run, "coordinator/lazy")
    expect(lazy.missedTraps).toBe(1)
    // 25 for the trap, and a tenth of 500 for the vote against the consensus.
    expect(run.metrics["slashedAtn"]).toBe(75)
    const looked = run.agents.filter(({ strategy }) => strategy === "coordinator/honest")
    const gains = looked.map(({ money }) => BigInt(money.balance) + BigInt(money.stake)).sort()
    expect(gains).toEqual([(105n * ATN) / 100n, (5_105n * ATN) / 100n])
  })

  it("are not averaged where everybody approves them, and expire before the fine", async () => {
    const run = await playPlain(
      "foundry",
      { ...alwaysTrapped, "ForcedErrorRegistry.expirationBlocks": 600 },
      "rounds=1",
      "population[3].strategy=coordinator/lazy",
    )
    expect(run.submissions[0]).toMatchObject({ trap: true, consensus: true })
    expect(run.rounds[1]).toMatchObject({ updates: 0, accuracy: run.rounds[0]?.accuracy })
    const fined = run.agents.filter(({ slashed }) => slashed === String(25n * ATN))
    expect(fined.map(({ strategy }) => strategy)).toEqual(Array(3).fill("coordinator/lazy"))
  })

  it("are not laid where the pool cannot pay the jackpot", async () => {
    const run = await playPlain("foundry", alwaysTrapped, "rounds=1", "money.jackpotPoolAtn=49")
    expect(run.metrics["traps"]).toBe(0)
    expect(run.submissions.map(({ strategy }) => strategy)).not.toContain("keeper/honest")
  })
})

describe("parameters on the plain set", () => {
  it("are set by public setters where there are some", async () => {
    const run = await playPlain("hardhat", { "ParticipantStaking.solverMinStake": "40 ATN" }, "rounds=1")
    expect(agentOf(run, "solver/honest").money.stake).toBe(String(40n * ATN))
  })

  it("that no contract keeps are agreed on: the lengths of phases", async () => {
    const shorter = { "TaskContract.commitBlocks": 100, "ResultsRewards.minVotes": 2 }
    const [usual, quick] = await Promise.all([
      playPlain("hardhat", {}, "rounds=1"),
      playPlain("hardhat", shorter, "rounds=1"),
    ])
    const hours = (run: RunResult) => run.metrics["finalityHours"] ?? 0
    expect(hours(usual) - hours(quick)).toBeCloseTo((200 * 12) / 3600, 10)
  })

  it("that the bytecode fixes at other values end the run before it begins", async () => {
    const fixed = { "ResultsRewards.bondDecay": 0.5, "ResultsRewards.panelSize": 3 }
    await expect(playPlain("hardhat", fixed)).rejects.toThrow(
      /ResultsRewards\.bondDecay is to be 0\.5, .*fixes it at 0\.9\.[\s\S]*ResultsRewards\.panelSize .*no setter and no view/,
    )
  })
})

describe("the built-in set from a folder of artifacts", () => {
  const folder = mkdtempSync(join(tmpdir(), "autonet-sim-artifacts-"))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it("plays the same run as without the folder", async () => {
    const { contracts } = await compiledContracts()
    for (const { name, source, abi, bytecode, deployedBytecode } of Object.values(contracts)) {
      const directory = join(folder, "artifacts", source)
      mkdirSync(directory, { recursive: true })
      const artifact = { _format: "hh-sol-artifact-1", contractName: name, sourceName: source, abi, bytecode }
      writeFileSync(
        join(directory, `${name}.json`),
        JSON.stringify({ ...artifact, deployedBytecode, linkReferences: {}, deployedLinkReferences: {} }),
      )
    }
    expect((await playOn(folder)).digest).toBe((await playScenario()).digest)
  })
})

import { type Address, getAddress } from "viem"
import { describe, expect, test } from "vitest"
import {
  change,
  coordinators,
  createPlainCycle,
  finalise,
  founder,
  hashOf,
  openVote,
  otherSolver,
  outsider,
  propose,
  proposer,
  solution,
  solver,
  statusOf,
  truth,
  vote,
} from "./plainCycle.ts"
import { ATN, type PlainWorld, governance } from "./plainWorld.ts"

const [first, second, third] = coordinators

describe("the cycle", () => {
  test("goes from a proposal to pay, and says so in events and statuses", async () => {
    const world = await createPlainCycle()
    const id = await propose(world)
    expect(await statusOf(world, id)).toBe(1)
    await world.send(solver, "tasks", "commitSolution", [id, hashOf(solution)])
    expect(await statusOf(world, id)).toBe(3)
    const revealed = await world.send(proposer, "results", "revealGroundTruth", [id, truth])
    expect(revealed.map(({ name }) => name)).toEqual(["GroundTruthRevealed", "TaskStatusUpdated"])
    expect(await statusOf(world, id)).toBe(5)
    expect(await world.read("results", "revealedGroundTruths", [id, proposer])).toBe(truth)
    await world.send(solver, "results", "revealSolution", [id, solution])
    expect(await statusOf(world, id)).toBe(4)
    expect(await world.read("results", "revealedSolutions", [id, solver])).toBe(solution)
    expect(await world.read("results", "votingStartBlock", [id, solver])).toBe(world.blockNumber)
    await vote(world, id, first, true, 90)
    expect(await statusOf(world, id)).toBe(6)
    await vote(world, id, second, true, 90)
    const events = await finalise(world, id)
    expect(events.filter(({ contract }) => contract === "results").map(({ name }) => name)).toEqual([
      "YumaConsensusReached",
      "BondUpdated",
      "RewardsDistributed",
      "BondUpdated",
      "RewardsDistributed",
      "RewardsDistributed",
      "RewardsDistributed",
    ])
    const paid = events.filter(({ name }) => name === "RewardsDistributed").map(({ args }) => args)
    expect(paid).toEqual([
      { taskId: id, recipient: checksummed(first), amount: 1_050n * 10n ** 15n, rewardType: "coordinator" },
      { taskId: id, recipient: checksummed(second), amount: 1_050n * 10n ** 15n, rewardType: "coordinator" },
      { taskId: id, recipient: checksummed(solver), amount: 4_500n * 10n ** 15n, rewardType: "solver" },
      { taskId: id, recipient: checksummed(proposer), amount: 10n * ATN, rewardType: "proposer" },
    ])
    expect(await statusOf(world, id)).toBe(9)
    expect(await world.read("results", "rewardsProcessed", [id])).toBe(true)
    expect(await world.fails(outsider, "results", "finalizeVoting", [id, solver])).toContain(
      "already settled",
    )
  })

  test("numbers tasks from 1, and takes them from staked proposers for any project", async () => {
    const world = await createPlainCycle()
    expect(await propose(world)).toBe(1n)
    expect(await propose(world, 77n)).toBe(2n)
    const args = [1n, hashOf("spec"), hashOf(truth), 1n, 1n] as const
    expect(await world.fails(solver, "tasks", "proposeTask", args)).toContain("not a proposer")
    expect((await world.read("tasks", "getTaskProposal", [2n])).projectId).toBe(77n)
  })

  test("belongs to the solver that commits first", async () => {
    const world = await createPlainCycle()
    const id = await propose(world)
    expect(await world.fails(first, "tasks", "commitSolution", [id, hashOf("x")])).toContain("not a solver")
    await world.send(otherSolver, "tasks", "commitSolution", [id, hashOf("x")])
    expect(await world.fails(solver, "tasks", "commitSolution", [id, hashOf(solution)])).toContain(
      "not active",
    )
    expect(await world.read("tasks", "getCommittedSolvers", [id])).toEqual([checksummed(otherSolver)])
  })

  test("asks for what was committed, from who committed it, ground truth first", async () => {
    const world = await createPlainCycle()
    const id = await propose(world)
    await world.send(solver, "tasks", "commitSolution", [id, hashOf(solution)])
    expect(await world.fails(solver, "results", "revealSolution", [id, solution])).toContain(
      "no ground truth",
    )
    expect(await world.fails(solver, "results", "revealGroundTruth", [id, truth])).toContain(
      "not the proposer",
    )
    expect(await world.fails(proposer, "results", "revealGroundTruth", [id, "other"])).toContain("committed")
    await world.send(proposer, "results", "revealGroundTruth", [id, truth])
    expect(await world.fails(otherSolver, "results", "revealSolution", [id, solution])).toContain(
      "no commitment",
    )
    expect(await world.fails(solver, "results", "revealSolution", [id, "other"])).toContain("committed")
    await world.send(solver, "results", "revealSolution", [id, solution])
    expect(await world.fails(solver, "results", "revealSolution", [id, solution])).toContain(
      "already revealed",
    )
    expect(await world.fails(proposer, "results", "revealGroundTruth", [id, truth])).toContain(
      "already revealed",
    )
  })

  test("records checkpoints of a solver with increasing steps, before it commits", async () => {
    const world = await createPlainCycle()
    const id = await propose(world)
    const hashes = [hashOf("w"), hashOf("d"), hashOf("r")] as const
    for (const step of [5n, 10n]) await world.send(solver, "tasks", "submitCheckpoint", [id, step, ...hashes])
    const again = world.fails(solver, "tasks", "submitCheckpoint", [id, 10n, ...hashes])
    expect(await again).toContain("steps must increase")
    const find = (step: bigint) => world.read("tasks", "findCheckpointAtStep", [id, solver, step])
    expect([await find(5n), await find(9n), await find(10n), await find(99n)]).toEqual([0n, 0n, 1n, 1n])
    await expect(find(4n)).rejects.toThrow("no checkpoint")
    expect(await world.read("tasks", "getCheckpointCount", [id, solver])).toBe(2n)
    await world.send(solver, "tasks", "commitSolution", [id, hashOf(solution)])
    expect(await world.fails(solver, "tasks", "submitCheckpoint", [id, 20n, ...hashes])).toContain(
      "not active",
    )
  })
})

describe("votes", () => {
  test("are of staked coordinators, one each, until 100 blocks after the reveal", async () => {
    const world = await createPlainCycle()
    const id = await openVote(world)
    const by = (account: Address) => world.fails(account, "results", "submitVote", [id, solver, true, 1n, ""])
    expect(await by(proposer)).toContain("not a coordinator")
    await vote(world, id, first, true, 80)
    expect(await by(first)).toContain("already voted")
    world.mine(100)
    expect(await world.read("results", "isVotingOpen", [id, solver])).toBe(true)
    await vote(world, id, second, true, 80)
    world.mine(1)
    expect(await world.read("results", "isVotingOpen", [id, solver])).toBe(false)
    expect(await by(third)).toContain("not open")
  })

  test("are open, weigh the stake of their block, and settle from two on", async () => {
    const world = await createPlainCycle()
    const id = await openVote(world)
    await world.send(first, "staking", "addToStake", [300n * ATN])
    await vote(world, id, first, false, 10)
    expect(await world.read("results", "getVotes", [id, solver])).toMatchObject([
      {
        coordinator: checksummed(first),
        isCorrect: false,
        score: 10n,
        stake: 800n * ATN,
        voteBlock: world.blockNumber,
      },
    ])
    expect(await world.fails(outsider, "results", "finalizeVoting", [id, solver])).toContain("too few votes")
    await vote(world, id, second, false, 10)
    await finalise(world, id)
    expect(await statusOf(world, id)).toBe(8)
  })

  test("against the consensus cost a tenth of the stake, which stays in the staking contract", async () => {
    const world = await createPlainCycle()
    const id = await openVote(world)
    for (const [by, correct] of [
      [first, true],
      [second, true],
      [third, false],
    ] as const) {
      await vote(world, id, by, correct, correct ? 100 : 0)
    }
    const held = await world.balanceOf(world.at.staking)
    await finalise(world, id)
    expect(await world.stakeOf(third)).toBe(450n * ATN)
    expect(await world.balanceOf(world.at.staking)).toBe(held)
    // Below the minimum a stake can neither be topped up nor withdrawn.
    expect(await world.read("staking", "isActiveParticipant", [third, 3])).toBe(false)
    expect(await world.fails(third, "staking", "addToStake", [50n * ATN])).toContain("no active stake")
    expect(await world.fails(third, "staking", "requestUnstake", [])).toContain("no active stake")
  })

  test("may have any score, which is paid", async () => {
    const world = await createPlainCycle()
    const id = await openVote(world)
    for (const by of [first, second]) await vote(world, id, by, true, 2_000)
    expect(await change(world, solver, () => finalise(world, id))).toBe(100n * ATN)
  })

  test("with a score that overflows lock the task", async () => {
    const world = await createPlainCycle()
    const id = await openVote(world)
    await vote(world, id, first, true, 90)
    await vote(world, id, second, true, 2n ** 256n - 1n)
    expect(await world.fails(outsider, "results", "finalizeVoting", [id, solver])).toContain(
      "arithmetic overflow",
    )
  })

  test("of who leaves before the settlement lock the task: the slash no longer fits", async () => {
    const world = await createPlainCycle()
    await world.send(third, "staking", "requestUnstake", [])
    world.extraSeconds += 14n * 86_400n
    const id = await openVote(world)
    await vote(world, id, third, false, 0)
    await world.send(third, "staking", "unstake", [])
    for (const by of [first, second]) await vote(world, id, by, true, 90)
    expect(await world.fails(outsider, "results", "finalizeVoting", [id, solver])).toContain("slash exceeds")
  })
})

describe("one coordinator alone", () => {
  test("settles a task on the older path, and nobody settles it again", async () => {
    const world = await createPlainCycle()
    const id = await openVote(world)
    const args = [id, solver, true, 80n, "report"] as const
    expect(await world.fails(proposer, "results", "submitVerification", args)).toContain("not a coordinator")
    const paid = await change(world, solver, () => world.send(first, "results", "submitVerification", args))
    expect(paid).toBe(4n * ATN)
    expect(await statusOf(world, id)).toBe(9)
    expect(await world.fails(second, "results", "submitVerification", args)).toContain("already settled")
    expect((await world.read("results", "verificationReports", [id, solver]))[2]).toBe(80n)
  })

  test("cannot before the solution is revealed", async () => {
    const world = await createPlainCycle()
    const id = await propose(world)
    const reason = await world.fails(first, "results", "submitVerification", [id, solver, true, 80n, ""])
    expect(reason).toContain("not revealed")
  })
})

describe("what a project cannot pay is skipped", () => {
  test.each([
    ["its budget is short", 0n],
    ["the pot is empty, whatever the budget says", 1_000_000n * ATN],
  ])("where %s", async (_, phantomBudget) => {
    const world = await createPlainCycle()
    await world.send(founder, "project", "createProject", ["poor", "cid", 0n, phantomBudget, 1n, "PT", "PT"])
    await drainPot(world)
    const id = await propose(world, 2n)
    await world.send(solver, "tasks", "commitSolution", [id, hashOf(solution)])
    await world.send(proposer, "results", "revealGroundTruth", [id, truth])
    await world.send(solver, "results", "revealSolution", [id, solution])
    for (const by of [first, second]) await vote(world, id, by, true, 90)
    const events = await finalise(world, id)
    expect(events.some(({ name }) => name === "RewardsDistributed")).toBe(false)
    expect(await statusOf(world, id)).toBe(9)
  })
})

test("governance alone wires and sets statuses", async () => {
  const world = await createPlainCycle()
  const id = await propose(world)
  expect(await world.fails(outsider, "results", "setProjectContract", [outsider])).toContain(
    "only governance",
  )
  expect(await world.fails(outsider, "tasks", "setResultsRewardsContract", [outsider])).toContain(
    "only governance",
  )
  expect(await world.fails(outsider, "tasks", "updateTaskStatus", [id, 9])).toContain(
    "may not set the status",
  )
  expect(await world.fails(governance, "tasks", "updateTaskStatus", [id, 12])).toContain("unknown status")
  await world.send(governance, "tasks", "updateTaskStatus", [id, 0])
  expect(await world.fails(proposer, "tasks", "activateTask", [id])).toContain("only governance")
  await world.send(governance, "tasks", "activateTask", [id])
  expect(await world.fails(governance, "tasks", "activateTask", [id])).toContain("not proposed")
})

/** An outsider takes the whole pot: one token of a project of its own is a share of everything. */
const drainPot = async (world: PlainWorld): Promise<void> => {
  const id = await world.read("project", "nextProjectId", [])
  await world.send(outsider, "project", "createProject", ["drain", "cid", 0n, 0n, 1n, "D", "D"])
  await world.send(outsider, "project", "setMatureModel", [id, "cid", 0n])
  await world.send(outsider, "project", "withdrawRevenue", [id])
  expect(await world.balanceOf(world.at.project)).toBe(0n)
}

function checksummed(address: Address): string {
  return getAddress(address)
}

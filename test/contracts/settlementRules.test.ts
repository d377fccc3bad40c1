import type { Address } from "viem"
import { describe, expect, test } from "vitest"
import {
  budget,
  contentHash,
  coordinators,
  createPopulatedWorld,
  otherSolver,
  outsider,
  parameters,
  playToVoting,
  playVotes,
  proposeTask,
  proposer,
  solver,
  solvers,
} from "./cycle.ts"
import { ATN, type World, atn, governance, keeper } from "./world.ts"

const duties = (world: World, of: Address) => world.read("staking", "openDuties", [of])
const free = async (world: World) => (await world.read("project", "ledgerOf", [1n]))[1]
const [first, second, third] = coordinators as readonly Address[] as [Address, Address, Address]

describe("closing", () => {
  test("waits for the end of the commits where nobody committed", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    world.blockNumber = 301n
    await expect(task.close()).rejects.toThrow("TooEarly(1, 301, 302)")
    world.blockNumber = 302n
    const { events } = await task.close()
    expect(events.map(({ name }) => name)).toEqual(["TaskReserveClosed", "TaskStatusUpdated", "TaskClosed"])
    expect(events.at(-1)?.args).toEqual({ taskId: 1n, finalStatus: 0 })
    await expect(task.close()).rejects.toThrow("AlreadyClosed(1)")
    await expect(task.finalise()).rejects.toThrow("AlreadyClosed(1)")
    expect(await world.fails(outsider, "results", "closeTask", [9n])).toBe("UnknownTask(9)")
  })

  test("waits for the end of the solutions where the truth is missing", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    await task.commit(solver)
    world.blockNumber = 401n
    await expect(task.close()).rejects.toThrow("TooEarly(1, 401, 402)")
    await expect(task.finalise()).rejects.toThrow("NothingToVoteOn(1)")
    world.blockNumber = 402n
    await task.close()
    expect(await world.stakeOf(proposer)).toBe(90n * ATN)
    expect(await world.stakeOf(solver)).toBe(45n * ATN)
    expect(await world.read("results", "rewardsProcessed", [1n])).toBe(false)
  })

  test("of a told truth without solutions waits for no votes, pays nobody and decides nothing", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    await task.commit(solver)
    task.after("commit")
    await task.revealTruth()
    world.blockNumber = 401n
    await expect(task.close()).rejects.toThrow("TooEarly(1, 401, 402)")
    world.blockNumber = 402n
    const { events } = await task.close()
    expect(events.at(-1)?.args).toEqual({ taskId: 1n, finalStatus: 0 })
    expect(await world.read("results", "rewardsProcessed", [1n])).toBe(false)
    expect(await world.stakeOf(proposer)).toBe(100n * ATN)
  })

  test("waits for the end of the votes, or of the keeper's opening", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world, [solver, otherSolver])
    await playVotes(task, () => ({ isCorrect: true, score: 90 }), [solver, otherSolver])
    world.blockNumber = 501n
    await expect(task.close()).rejects.toThrow("TooEarly(1, 501, 502)")
    world.blockNumber = 502n
    expect(await world.fails(outsider, "results", "finalizeVoting", [1n, outsider])).toBe(
      `SolutionNotRevealed(1, ${outsider})`,
    )
    await task.finalise()
    expect(await task.status()).toBe(6)
    await expect(task.finalise()).rejects.toThrow(`AlreadyFinalised(1, ${solver})`)
    const { events } = await task.close()
    expect(events.at(-1)?.args).toEqual({ taskId: 1n, finalStatus: 7 })
    expect(await world.read("results", "rewardsProcessed", [1n])).toBe(true)
    const { score } = await world.read("tasks", "getSubmission", [1n, otherSolver])
    expect(score).toBe(90n)
  })

  test("of a task without a correct solution ends as incorrect and pays no proposer", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    await playVotes(task, () => ({ isCorrect: false, score: 10 }))
    const { events } = await task.finalise()
    expect(events.find(({ name }) => name === "YumaConsensusReached")?.args).toEqual({
      taskId: 1n,
      solver,
      consensusCorrect: false,
      consensusScore: 10n,
    })
    expect(events.at(-1)?.args).toEqual({ taskId: 1n, finalStatus: 8 })
    expect(await free(world)).toBe(budget - 5n * atn(1.05))
    expect(await world.balanceOf(proposer)).toBe(19_900n * ATN)
  })

  test("without revealed solutions has nothing to pay for work shown, yet the truth's silence costs", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    for (const by of [solver, otherSolver]) await task.commit(by)
    task.after("solution")
    await task.close()
    expect([await task.outcome(), await task.outcome(otherSolver)]).toEqual([6, 6])
    expect(await world.stakeOf(proposer)).toBe(90n * ATN)
    expect(await free(world)).toBe(budget)
  })
})

describe("settling votes", () => {
  test("needs the least number of votes and half of the panel's stake, neither a wei more", async () => {
    const world = await createPopulatedWorld({
      coordinators: coordinators.slice(0, 4),
      parameters: parameters("ResultsRewards", { minVotes: 3n }),
    })
    const play = async (votes: number) => {
      const task = await playToVoting(world)
      await playVotes(task, (seat) => (seat < votes ? { isCorrect: true, score: 90 } : "silent"))
      await task.finalise()
      return task.outcome()
    }
    expect(await play(2)).toBe(3)
    for (const by of coordinators.slice(0, 4)) await world.send(by, "staking", "addToStake", [100n * ATN])
    expect(await play(3)).toBe(1)
    const half = await createPopulatedWorld({ coordinators: coordinators.slice(0, 4) })
    const task = await playToVoting(half)
    await playVotes(task, (seat) => (seat < 2 ? { isCorrect: true, score: 90 } : "silent"))
    await task.finalise()
    expect(await task.outcome()).toBe(1)
  })

  test("in the open needs no quorum, slashes who committed and stayed silent, and frees all of them", async () => {
    const world = await createPopulatedWorld({ parameters: parameters("ResultsRewards", { panelSize: 0n }) })
    const task = await playToVoting(world)
    for (const by of [first, second, third]) await task.commitVote(by, true, 90)
    expect(await duties(world, third)).toBe(1n)
    task.after("voteCommit")
    for (const by of [first, second]) await task.revealVote(by, true, 90)
    task.after("voteReveal")
    const { events } = await task.finalise()
    expect(events.find(({ name }) => name === "VoteMissed")?.args).toEqual({
      taskId: 1n,
      solver,
      coordinator: third,
    })
    expect(await world.stakeOf(third)).toBe(475n * ATN)
    expect(await world.stakeOf(first)).toBe(500n * ATN)
    for (const by of [first, second, third]) expect(await duties(world, by)).toBe(0n)
    expect(await task.outcome()).toBe(1)
  })

  test("of a task that a dispute voided slashes nobody and frees all who voted in the open", async () => {
    const world = await createPopulatedWorld({ parameters: parameters("ResultsRewards", { panelSize: 0n }) })
    const task = await playToVoting(world)
    for (const by of [first, second]) await task.commitVote(by, true, 90)
    task.after("voteCommit")
    await task.revealVote(first, true, 90)
    for (const status of [11, 8]) await world.send(governance, "tasks", "updateTaskStatus", [1n, status])
    task.after("voteReveal")
    await task.close()
    expect(await task.outcome()).toBe(7)
    for (const by of [first, second]) {
      expect(await duties(world, by)).toBe(0n)
      expect(await world.stakeOf(by)).toBe(500n * ATN)
    }
  })

  test("of a task that a dispute voided misses no vote of the panel", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    await playVotes(task, () => "silent")
    for (const status of [11, 8]) await world.send(governance, "tasks", "updateTaskStatus", [1n, status])
    const { events } = await task.close()
    expect(events.map(({ name }) => name)).not.toContain("VoteMissed")
  })

  test("moves bonds, and says so with the block of the move", async () => {
    const world = await createPopulatedWorld({ coordinators: coordinators.slice(0, 3) })
    const task = await playToVoting(world)
    const panel = await playVotes(task, (seat) => ({ isCorrect: seat > 0, score: seat > 0 ? 90 : 10 }))
    const { events } = await task.finalise()
    expect(events.filter(({ name }) => name === "BondUpdated").map(({ args }) => args)).toEqual([
      { coordinator: panel[0], newBondStrength: 0n, alignedWithConsensus: false },
      { coordinator: panel[1], newBondStrength: atn(0.1), alignedWithConsensus: true },
      { coordinator: panel[2], newBondStrength: atn(0.1), alignedWithConsensus: true },
    ])
    expect(await world.read("results", "getCoordinatorBond", [panel[0] as Address])).toEqual({
      emaBondStrength: 0n,
      totalVotes: 1n,
      correctVotes: 0n,
      lastUpdateBlock: world.blockNumber,
    })
    expect(
      events.filter(({ name }) => name === "RewardsDistributed").map(({ args }) => args["amount"]),
    ).toEqual([atn(1.05), atn(1.05), atn(4.2), 10n * ATN])
  })

  test("pays no fee where the parameter is zero, and then no bond grows", async () => {
    const world = await createPopulatedWorld({
      parameters: parameters("ResultsRewards", { coordinatorFee: 0n }),
    })
    const task = await playToVoting(world)
    const panel = await playVotes(task, () => ({ isCorrect: true, score: 90 }))
    await task.finalise()
    expect((await world.read("results", "coordinatorBonds", [panel[0] as Address]))[1]).toBe(0n)
  })

  test("pays the learnability reward once, each correct solver by its score", async () => {
    const world = await createPopulatedWorld()
    const three = solvers.slice(0, 3)
    const task = await playToVoting(world, three)
    await playVotes(task, () => ({ isCorrect: true, score: 60 }), three)
    const before = await world.balanceOf(proposer)
    for (const on of three) await task.finalise(on)
    expect((await world.balanceOf(proposer)) - before).toBe(10n * ATN)
    for (const by of three) expect(await world.balanceOf(by)).toBe(19_953n * ATN)
  })

  test("of one coordinator waits for the keeper's opening, or for its deadline in vain", async () => {
    const rules = parameters("ResultsRewards", { allowSingleVerification: 1n, panelSize: 0n })
    const world = await createPopulatedWorld({ parameters: rules })
    await world.send(keeper, "forcedErrors", "commitForcedError", [1n, contentHash("sealed")])
    const task = await playToVoting(world)
    const verdict = [1n, solver, true, 90n, "r"] as const
    for (const window of ["solution", "voteCommit"] as const) {
      task.after(window)
      expect(await world.fails(first, "results", "submitVerification", verdict)).toBe(
        `TooEarly(1, ${world.blockNumber}, 527)`,
      )
    }
    expect(await duties(world, first)).toBe(0n)
  })

  test("of one coordinator happens before any vote, in the votes' windows, and ends its duty", async () => {
    const rules = parameters("ResultsRewards", {
      allowSingleVerification: 1n,
      panelSize: 0n,
      allowPlainVotes: 1n,
    })
    const world = await createPopulatedWorld({ parameters: rules })
    const task = await playToVoting(world, [solver, otherSolver])
    const verify = (by: Address, on: Address) => [1n, on, true, 80n, `by ${by}`] as const
    world.blockNumber = 401n
    expect(await world.fails(first, "results", "submitVerification", verify(first, solver))).toBe(
      "WrongPhase(1, 3, 5)",
    )
    task.after("solution")
    await task.submitVote(second, true, 90)
    expect(await world.fails(first, "results", "submitVerification", verify(first, solver))).toBe(
      `AlreadyVoted(1, ${solver}, ${second})`,
    )
    const { events } = await world.send(first, "results", "submitVerification", verify(first, otherSolver))
    expect(events.find(({ name }) => name === "VerificationSubmitted")?.args).toEqual({
      taskId: 1n,
      coordinator: first,
      correct: true,
      score: 80n,
    })
    expect(await world.read("results", "verificationReports", [1n, otherSolver])).toEqual([
      first,
      true,
      80n,
      contentHash(`by ${first}`),
      world.blockNumber,
    ])
    expect([await task.outcome(otherSolver), await task.status()]).toEqual([1, 6])
    expect(await duties(world, first)).toBe(0n)
    task.after("voteReveal")
    expect(await world.fails(first, "results", "submitVerification", verify(first, solver))).toBe(
      "WrongPhase(1, 6, 5)",
    )
    await task.finalise()
    expect(await task.status()).toBe(10)
  })
})

import { describe, expect, test } from "vitest"
import {
  budget,
  cidOf,
  contentHash,
  coordinators,
  createPopulatedWorld,
  founder,
  otherSolver,
  outsider,
  parameters,
  playToVoting,
  playVotes,
  proposeTask,
  proposer,
  saltOf,
  solver,
  solvers,
  truthCid,
  windowEnd,
} from "./cycle.ts"
import { ATN, type World, governance } from "./world.ts"

const freeBudget = async (world: World) => (await world.read("project", "ledgerOf", [1n]))[1]
const duties = (world: World, of: `0x${string}`) => world.read("staking", "openDuties", [of])

describe("the schedule", () => {
  test("is fixed at proposal: a later change of parameters moves no open task", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    for (const name of ["commitBlocks", "solutionBlocks"]) {
      await world.send(governance, "tasks", "setParameter", [
        `0x${Buffer.from(name).toString("hex").padEnd(64, "0")}`,
        7n,
      ])
    }
    const schedule = await world.read("tasks", "scheduleOf", [task.id])
    expect(schedule).toEqual({
      proposedBlock: 1n,
      commitEnd: 301n,
      groundTruthEnd: 351n,
      solutionEnd: 401n,
      voteCommitEnd: 451n,
      voteRevealEnd: 501n,
      openingEnd: 526n,
    })
    const next = await proposeTask(world)
    expect((await world.read("tasks", "scheduleOf", [next.id])).commitEnd).toBe(8n)
  })

  test("each phase ends with its last block", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    const phases: number[] = []
    for (const end of Object.values(windowEnd)) {
      for (const block of [end, end + 1n]) {
        world.blockNumber = task.proposedBlock + block
        phases.push(await world.read("tasks", "phaseOf", [task.id]))
      }
    }
    expect(phases).toEqual([1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7])
    expect(await world.read("tasks", "phaseOf", [99n])).toBe(0)
  })

  test("nothing is accepted outside its window", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    await task.commit(solver)
    await expect(task.revealTruth()).rejects.toThrow("WrongPhase(1, 1, 2)")
    task.after("commit")
    await expect(task.commit(otherSolver)).rejects.toThrow("WrongPhase(1, 2, 1)")
    await expect(task.reveal(solver)).rejects.toThrow("WrongPhase(1, 2, 3)")
    await task.revealTruth()
    await expect(task.revealTruth()).rejects.toThrow("AlreadyRevealed")
    task.after("truth")
    await task.reveal(solver)
    await expect(task.commitVote(coordinators[0] as `0x${string}`, true, 90)).rejects.toThrow(
      "WrongPhase(1, 3, 4)",
    )
  })
})

describe("commitments", () => {
  test("four solvers at most, each once, staked and active", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    for (const by of solvers.slice(0, 4)) await task.commit(by)
    await expect(task.commit(solvers[4] as `0x${string}`)).rejects.toThrow("TaskFull(1, 4)")
    await expect(task.commit(solver)).rejects.toThrow("AlreadyCommitted")
    const second = await proposeTask(world)
    await expect(second.commit(outsider)).rejects.toThrow(`NotActive(${outsider}, 2)`)
    expect(
      await world.fails(outsider, "tasks", "proposeTask", [1n, contentHash("s"), contentHash("t"), 0n, 0n]),
    ).toBe(`NotActive(${outsider}, 1)`)
  })

  test("a copied commitment can't be revealed by the copier", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    const { events } = await task.commit(solver)
    const copied = events[0]?.args["solutionHash"] as `0x${string}`
    await world.send(otherSolver, "tasks", "commitSolution", [task.id, copied])
    task.after("truth")
    await task.reveal(solver)
    expect(
      await world.fails(otherSolver, "results", "revealSaltedSolution", [
        task.id,
        cidOf(solver),
        saltOf(solver),
      ]),
    ).toMatch(/^WrongReveal/)
  })

  test("an unsalted one works only where a parameter allows it", async () => {
    const plain = async (world: World) => {
      const task = await proposeTask(world)
      await world.send(solver, "tasks", "commitSolution", [task.id, contentHash("plain")])
      task.after("truth")
      return task
    }
    const strict = await createPopulatedWorld()
    await plain(strict)
    expect(await strict.fails(solver, "results", "revealSolution", [1n, "plain"])).toBe("SaltRequired(1)")
    const lenient = await createPopulatedWorld({
      parameters: parameters("ResultsRewards", { allowUnsaltedCommitments: 1n }),
    })
    await plain(lenient)
    await lenient.send(solver, "results", "revealSolution", [1n, "plain"])
    expect(await lenient.read("results", "revealedSolutions", [1n, solver])).toBe("plain")
  })

  test("checkpoints come before the commitment, with increasing steps, and are found by step", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    const submit = (step: bigint) =>
      world.send(solver, "tasks", "submitCheckpoint", [
        task.id,
        step,
        contentHash("w"),
        contentHash("d"),
        contentHash("s"),
      ])
    for (const step of [10n, 20n, 35n]) await submit(step)
    await expect(submit(35n)).rejects.toThrow(`StepsNotIncreasing(1, ${solver}, 35, 35)`)
    const find = (step: bigint) => world.read("tasks", "findCheckpointAtStep", [task.id, solver, step])
    expect([await find(10n), await find(34n), await find(35n), await find(99n)]).toEqual([0n, 1n, 2n, 2n])
    await expect(find(9n)).rejects.toThrow("NoCheckpointUpTo")
    await task.commit(solver)
    await expect(submit(40n)).rejects.toThrow("AlreadyCommitted")
  })
})

describe("a phase that is missed", () => {
  test("nobody commits: anyone closes it after the commit window, nobody is slashed, all money is back", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    expect(await freeBudget(world)).toBe(budget - 60n * ATN)
    await expect(task.close()).rejects.toThrow("TooEarly(1, 1, 302)")
    task.after("commit")
    await task.close()
    expect(await task.status()).toBe(10)
    expect(await freeBudget(world)).toBe(budget)
    expect(await world.stakeOf(proposer)).toBe(100n * ATN)
    expect(await duties(world, proposer)).toBe(0n)
  })

  test("a solver that commits and does not reveal loses 10 % of its stake; others are judged as usual", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    for (const by of [solver, otherSolver]) await task.commit(by)
    expect(await duties(world, otherSolver)).toBe(1n)
    task.after("commit")
    await task.revealTruth()
    task.after("truth")
    await task.reveal(solver)
    task.after("solution")
    await playVotes(task, () => ({ isCorrect: true, score: 90 }))
    await task.finalise()
    expect(await world.stakeOf(otherSolver)).toBe(45n * ATN)
    expect(await world.stakeOf(solver)).toBe(50n * ATN)
    expect(await task.outcome(otherSolver)).toBe(6)
    expect([await duties(world, solver), await duties(world, otherSolver)]).toEqual([0n, 0n])
  })

  test("no ground truth: the proposer loses 10 %, and who revealed is paid for work shown", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    for (const by of [solver, otherSolver]) await task.commit(by)
    task.after("truth")
    await task.reveal(solver)
    await expect(task.close()).rejects.toThrow(/TooEarly/)
    task.after("solution")
    await expect(task.drawPanel()).rejects.toThrow("NothingToVoteOn(1)")
    const before = await world.balanceOf(solver)
    await task.close()
    expect(await world.stakeOf(proposer)).toBe(90n * ATN)
    expect((await world.balanceOf(solver)) - before).toBe(5n * ATN)
    expect(await world.stakeOf(otherSolver)).toBe(45n * ATN)
    expect([await task.outcome(), await task.outcome(otherSolver)]).toEqual([5, 6])
    expect(await freeBudget(world)).toBe(budget - 5n * ATN)
  })

  test("a proposer that pays its own solvers unseen loses at least as much as they get", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world, { solver: 1_000n * ATN })
    const ring = solvers.slice(0, 4)
    for (const by of ring) await task.commit(by)
    task.after("truth")
    for (const by of ring) await task.reveal(by)
    task.after("solution")
    const { events } = await task.close()
    const paid = events
      .filter(({ name }) => name === "RewardsDistributed")
      .map(({ args }) => args["amount"] as bigint)
    expect(paid).toEqual([1, 2, 3, 4].map(() => (10n * ATN) / 4n))
  })

  test("no panel is drawn: nothing is decided, nobody is slashed, all money is back", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    task.after("voteReveal")
    await task.close()
    expect(await task.outcome()).toBe(3)
    expect(await freeBudget(world)).toBe(budget)
    for (const by of coordinators) expect(await world.stakeOf(by)).toBe(500n * ATN)
  })

  test("one call closes a task with several solutions that nobody finalised", async () => {
    const world = await createPopulatedWorld()
    const both = [solver, otherSolver]
    const task = await playToVoting(world, both)
    await playVotes(task, () => ({ isCorrect: true, score: 100 }), both)
    const before = await world.balanceOf(proposer)
    await task.close()
    expect([await task.outcome(), await task.outcome(otherSolver)]).toEqual([1, 1])
    expect((await world.balanceOf(proposer)) - before).toBe(10n * ATN)
    for (const by of [...both, proposer, ...coordinators]) expect(await duties(world, by)).toBe(0n)
  })
})

describe("disputes", () => {
  const statusCall = [1n, 11] as const
  test("governance suspends settlement for a time; resolved against, nothing is paid and nobody slashed", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    const panel = await playVotes(task, () => ({ isCorrect: true, score: 90 }))
    expect(await world.fails(founder, "tasks", "updateTaskStatus", statusCall)).toMatch(/^NotGovernance/)
    await world.send(governance, "tasks", "updateTaskStatus", statusCall)
    await expect(task.finalise()).rejects.toThrow(/TaskDisputed/)
    expect(await world.fails(governance, "tasks", "updateTaskStatus", [1n, 9])).toBe(
      "StatusNotForward(1, 11, 9)",
    )
    await world.send(governance, "tasks", "updateTaskStatus", [1n, 8])
    const { events } = await task.close()
    expect(events.some(({ name }) => name === "RewardsDistributed" || name === "Slashed")).toBe(false)
    expect(await task.outcome()).toBe(7)
    for (const by of panel) expect(await duties(world, by)).toBe(0n)
    expect(await freeBudget(world)).toBe(budget)
  })

  test("an unresolved dispute lapses: governance's silence locks nobody's money", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    await playVotes(task, () => ({ isCorrect: true, score: 90 }))
    await world.send(governance, "tasks", "updateTaskStatus", statusCall)
    world.mine(1_001)
    await task.finalise()
    expect(await task.outcome()).toBe(1)
    expect(await task.status()).toBe(10)
  })
})

test("while nothing names multipliers, a task of any module is paid at 1.00", async () => {
  const world = await createPopulatedWorld()
  await world.send(governance, "tasks", "setMultiplierSource", [`0x${"0".repeat(40)}`])
  const args = [7n, 1n, contentHash("spec"), contentHash(truthCid), 10n * ATN, 5n * ATN] as const
  await world.send(proposer, "tasks", "proposeTaskFor", args)
  expect(await world.read("tasks", "moduleOf", [1n])).toEqual([7n, 10_000n])
})

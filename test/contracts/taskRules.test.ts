import { type Address, zeroHash } from "viem"
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
  publicVoting,
  saltOf,
  solver,
  solvers,
  truthCid,
} from "./cycle.ts"
import { ATN, type World, atn, governance } from "./world.ts"

const [first, second, third] = coordinators as readonly Address[] as [Address, Address, Address]
const spec = contentHash("spec")
const truth = contentHash(truthCid)
const duties = (world: World, of: Address) => world.read("staking", "openDuties", [of])
const free = async (world: World) => (await world.read("project", "ledgerOf", [1n]))[1]

describe("a proposal", () => {
  test("says what it is, and counts from 1", async () => {
    const world = await createPopulatedWorld()
    const args = [1n, spec, truth, 10n * ATN, 5n * ATN] as const
    const { events, returnData } = await world.send(proposer, "tasks", "proposeTask", args)
    expect(BigInt(returnData)).toBe(1n)
    const of = (name: string) => events.find((event) => event.name === name)?.args
    expect(of("TaskProposed")).toEqual({
      taskId: 1n,
      projectId: 1n,
      proposer,
      specHash: spec,
      groundTruthHash: truth,
    })
    expect(of("TaskActivated")).toEqual({ taskId: 1n })
    expect(of("TaskReserved")).toEqual({ projectId: 1n, taskId: 1n, amount: 60n * ATN })
    expect(Object.values(of("TaskScheduled") ?? {})).toEqual([1n, 301n, 351n, 401n, 451n, 501n, 526n])
    expect(await world.read("tasks", "getTask", [1n])).toEqual([1n, 1n, proposer, 1, 5n * ATN, 10n * ATN])
    expect(await world.read("tasks", "getTaskProposal", [1n])).toMatchObject({
      specHash: spec,
      groundTruthSolHash: truth,
      creationBlock: 1n,
      status: 1,
    })
    expect(await duties(world, proposer)).toBe(1n)
    expect((await proposeTask(world)).id).toBe(2n)
    await expect(world.read("tasks", "getTask", [3n])).rejects.toThrow("UnknownTask(3)")
  })

  test("has a specification and a ground truth", async () => {
    const world = await createPopulatedWorld()
    for (const [a, b] of [
      [zeroHash, truth],
      [spec, zeroHash],
    ] as const)
      expect(await world.fails(proposer, "tasks", "proposeTask", [1n, a, b, 0n, 0n])).toBe("EmptyHash()")
  })

  test("that waits is activated by its proposer or by governance", async () => {
    const world = await createPopulatedWorld({ parameters: parameters("TaskContract", { autoActivate: 0n }) })
    for (const by of [proposer, governance]) {
      const task = await proposeTask(world)
      expect(await task.status()).toBe(0)
      expect(await world.fails(solver, "tasks", "submitCheckpoint", [task.id, 1n, spec, spec, spec])).toBe(
        `TaskNotActive(${task.id})`,
      )
      const { events } = await world.send(by, "tasks", "activateTask", [task.id])
      expect(events.map(({ name }) => name)).toEqual(["TaskActivated", "TaskStatusUpdated"])
      expect(await task.status()).toBe(1)
    }
  })
})

describe("a solution", () => {
  test("is committed in something, up to the last block of the window", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    expect(await world.fails(solver, "tasks", "commitSolution", [1n, zeroHash])).toBe("EmptyHash()")
    expect(await world.fails(solver, "tasks", "commitSolution", [8n, spec])).toBe("UnknownTask(8)")
    world.blockNumber = 301n
    const { events } = await task.commit(solver)
    expect(events.at(-1)?.args).toEqual({ taskId: 1n, newStatus: 3 })
    const submission = await world.read("tasks", "getSubmission", [1n, solver])
    expect(submission).toMatchObject({ solver, submissionBlock: 301n, score: 0n })
    expect((await task.commit(otherSolver)).events.map(({ name }) => name)).toEqual(["SolutionCommitted"])
  })

  test("is revealed by who committed, once, as committed", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    await task.commit(solver)
    task.after("commit")
    expect(await world.fails(solver, "results", "revealGroundTruth", [1n, truthCid])).toBe(
      `NotProposer(1, ${solver}, ${proposer})`,
    )
    expect(await world.fails(proposer, "results", "revealGroundTruth", [1n, "other"])).toBe(
      `WrongReveal(1, ${contentHash("other")}, ${truth})`,
    )
    const told = await task.revealTruth()
    expect(told.events.map(({ args }) => args)).toEqual([
      { taskId: 1n, proposer, cid: truthCid },
      { taskId: 1n, newStatus: 5 },
    ])
    task.after("truth")
    await expect(task.revealTruth()).rejects.toThrow("WrongPhase(1, 3, 2)")
    expect(
      await world.fails(otherSolver, "results", "revealSaltedSolution", [1n, "x", saltOf(otherSolver)]),
    ).toBe(`NothingCommitted(1, ${otherSolver})`)
    const { events } = await task.reveal(solver)
    expect(events.map(({ args }) => args)).toEqual([
      { taskId: 1n, solver, cid: cidOf(solver) },
      { taskId: 1n, newStatus: 4 },
    ])
    expect(await world.read("results", "contentHashOf", [1n, solver])).toBe(contentHash(cidOf(solver)))
    await expect(task.reveal(solver)).rejects.toThrow(`AlreadyRevealed(1, ${solver})`)
  })

  test("without a salt is revealed as it was committed", async () => {
    const world = await createPopulatedWorld({
      parameters: parameters("ResultsRewards", { allowUnsaltedCommitments: 1n }),
    })
    const task = await proposeTask(world)
    await world.send(solver, "tasks", "commitSolution", [1n, contentHash("plain")])
    task.after("truth")
    expect(await world.fails(solver, "results", "revealSolution", [1n, "other"])).toMatch(/^WrongReveal/)
    await world.send(solver, "results", "revealSolution", [1n, "plain"])
  })
})

describe("checkpoints", () => {
  const submit = (world: World, step: bigint, by = solver) =>
    world.send(by, "tasks", "submitCheckpoint", [1n, step, spec, truth, zeroHash])

  test("are an active solver's, in the commit window, at most as many as the parameter allows", async () => {
    const world = await createPopulatedWorld({
      parameters: parameters("TaskContract", { maxCheckpoints: 2n }),
    })
    const task = await proposeTask(world)
    await expect(submit(world, 1n, outsider)).rejects.toThrow(`NotActiveSolver(${outsider})`)
    const { events } = await submit(world, 0n)
    expect(events[0]?.args).toEqual({ taskId: 1n, solver, stepNumber: 0n, weightsHash: spec })
    await submit(world, 1n)
    await expect(submit(world, 2n)).rejects.toThrow(`TooManyCheckpoints(1, ${solver}, 2)`)
    expect(await world.read("tasks", "getCheckpointCount", [1n, solver])).toBe(2n)
    expect(await world.read("tasks", "getCheckpoints", [1n, solver])).toHaveLength(2)
    const checkpoint = await world.read("tasks", "getCheckpoint", [1n, solver, 1n])
    expect(checkpoint).toEqual({
      stepNumber: 1n,
      weightsHash: spec,
      dataIndicesHash: truth,
      randomSeed: zeroHash,
      timestamp: world.environment.timestampSeconds,
    })
    await world.send(solver, "tasks", "setCheckpointFrequency", [1n, 5n])
    expect(await world.read("tasks", "checkpointFrequency", [1n, solver])).toBe(5n)
    await task.commit(solver)
    expect(await world.fails(solver, "tasks", "setCheckpointFrequency", [1n, 6n])).toBe(
      `AlreadyCommitted(1, ${solver})`,
    )
    task.after("commit")
    await expect(submit(world, 1n, otherSolver)).rejects.toThrow("WrongPhase(1, 2, 1)")
  })

  test("are found by the last step up to the one asked for, among any number", async () => {
    const world = await createPopulatedWorld()
    await proposeTask(world)
    const steps = [3n, 4n, 8n, 9n, 20n]
    const find = (step: bigint) => world.read("tasks", "findCheckpointAtStep", [1n, solver, step])
    await expect(find(100n)).rejects.toThrow(`NoCheckpointUpTo(1, ${solver}, 100)`)
    for (const [count, step] of steps.entries()) {
      await submit(world, step)
      for (let asked = 3n; asked < 22n; asked++) {
        const last = steps.slice(0, count + 1).findLastIndex((each) => each <= asked)
        expect(await find(asked)).toBe(BigInt(last))
      }
      await expect(find(2n)).rejects.toThrow("NoCheckpointUpTo")
    }
  })
})

describe("a dispute", () => {
  const move = (world: World, to: number) => world.fails(governance, "tasks", "updateTaskStatus", [1n, to])
  const enter = (world: World) => world.send(governance, "tasks", "updateTaskStatus", [1n, 11])

  test("is entered from revealed solutions to verdicts, once a task", async () => {
    const world = await createPopulatedWorld()
    const task = await proposeTask(world)
    expect(await move(world, 11)).toBe("StatusNotForward(1, 1, 11)")
    expect(await world.fails(governance, "tasks", "updateTaskStatus", [6n, 11])).toBe("UnknownTask(6)")
    await task.commit(solver)
    expect(await move(world, 11)).toBe("StatusNotForward(1, 3, 11)")
    task.after("truth")
    await task.reveal(solver)
    for (const to of [7, 8, 9, 10]) expect(await move(world, to)).toBe(`StatusNotForward(1, 4, ${to})`)
    const { events } = await enter(world)
    expect(events).toEqual([
      { contract: "tasks", name: "TaskStatusUpdated", args: { taskId: 1n, newStatus: 11 } },
    ])
    await world.send(governance, "tasks", "updateTaskStatus", [1n, 8])
    expect(await move(world, 11)).toBe("StatusNotForward(1, 8, 11)")
    expect(await move(world, 7)).toBe("StatusNotForward(1, 8, 7)")
  })

  test("suspends settlement to its last block and no further", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    await playVotes(task, () => ({ isCorrect: true, score: 90 }))
    const until = world.blockNumber + 1_000n
    await enter(world)
    world.blockNumber = until
    for (const settle of [task.finalise(), task.close()])
      await expect(settle).rejects.toThrow(`TaskDisputed(1, ${until})`)
    world.mine(1)
    await task.finalise()
    expect(await task.status()).toBe(10)
  })

  test("suspends what a missed ground truth costs, and one coordinator's verdict", async () => {
    const world = await createPopulatedWorld({
      parameters: [...publicVoting, ...parameters("ResultsRewards", { allowSingleVerification: 1n })],
    })
    const task = await proposeTask(world)
    await task.commit(solver)
    task.after("truth")
    await task.reveal(solver)
    await enter(world)
    task.after("solution")
    await expect(task.close()).rejects.toThrow(/TaskDisputed/)
    world.mine(2_000)
    await task.close()
    await world.send(proposer, "staking", "addToStake", [10n * ATN])
    const disputed = await playToVoting(world)
    await world.send(governance, "tasks", "updateTaskStatus", [disputed.id, 11])
    const verdict = [disputed.id, solver, true, 90n, "r"] as const
    expect(await world.fails(first, "results", "submitVerification", verdict)).toMatch(/^TaskDisputed/)
  })

  test("resolved in favour lets the votes decide", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    await playVotes(task, () => ({ isCorrect: true, score: 100 }))
    await enter(world)
    await world.send(governance, "tasks", "updateTaskStatus", [1n, 7])
    await task.finalise()
    expect(await task.outcome()).toBe(1)
    expect(await world.balanceOf(solver)).toBe(19_955n * ATN)
  })
})

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

  test("of one coordinator happens before any vote, in the votes' windows, and waits for the keeper's opening", async () => {
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
    task.after("voteReveal")
    expect(await world.fails(first, "results", "submitVerification", verify(first, solver))).toBe(
      "WrongPhase(1, 6, 5)",
    )
    await task.finalise()
    expect(await task.status()).toBe(10)
  })
})

test("views of the rules are the parameters of now", async () => {
  const world = await createPopulatedWorld()
  const views = [
    "BOND_MULTIPLIER_MAX",
    "CLIP_THRESHOLD_BPS",
    "EMA_DECAY",
    "MIN_COORDINATORS",
    "VOTING_PERIOD_BLOCKS",
  ] as const
  const values: bigint[] = []
  for (const view of views) values.push(await world.read("results", view, []))
  expect(values).toEqual([atn(1.5), 2_000n, atn(0.9), 2n, 100n])
  const open = await world.read("results", "consensusResults", [1n, solver])
  expect(open.at(-1)).toBe(false)
  expect(await world.fails(founder, "results", "closeTask", [1n])).toBe("UnknownTask(1)")
})

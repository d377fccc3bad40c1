import { type Address, zeroHash } from "viem"
import { describe, expect, test } from "vitest"
import {
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
  truthCid,
} from "./cycle.ts"
import { ATN, type World, atn, governance } from "./world.ts"

const duties = (world: World, of: Address) => world.read("staking", "openDuties", [of])
const spec = contentHash("spec")
const truth = contentHash(truthCid)
const [first] = coordinators as readonly Address[] as [Address]

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

  test("is entered from a verdict too, not from what is rewarded", async () => {
    const world = await createPopulatedWorld()
    await proposeTask(world)
    await proposeTask(world)
    await world.send(governance, "tasks", "setResultsRewardsContract", [outsider])
    await world.send(outsider, "tasks", "updateTaskStatus", [1n, 8])
    await enter(world)
    expect((await world.read("tasks", "getTask", [1n]))[3]).toBe(11)
    await world.send(outsider, "tasks", "updateTaskStatus", [2n, 9])
    expect(await world.fails(governance, "tasks", "updateTaskStatus", [2n, 11])).toBe(
      "StatusNotForward(2, 9, 11)",
    )
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

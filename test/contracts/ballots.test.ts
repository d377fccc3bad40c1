import { type Address, zeroHash } from "viem"
import { describe, expect, test } from "vitest"
import {
  coordinators,
  contentHash,
  createPopulatedWorld,
  otherSolver,
  outsider,
  parameters,
  playToVoting,
  proposeTask,
  publicVoting,
  saltOf,
  solver,
} from "./cycle.ts"
import { ATN, type World, governance } from "./world.ts"

const [first, second, third] = coordinators as readonly Address[] as [Address, Address, Address]
const vote = (world: World, by: Address, taskId = 1n, on = solver) =>
  world.fails(by, "results", "submitVote", [taskId, on, true, 90n, "report"])

describe("drawing the panel", () => {
  test("is possible as long as 25 blocks of the window are left, not a block longer", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    world.blockNumber = 427n
    expect(await world.fails(outsider, "results", "drawPanel", [task.id])).toBe("TooLateToDraw(1, 427, 426)")
    world.blockNumber = 426n
    const { events } = await task.drawPanel()
    const drawn = events.find(({ name }) => name === "PanelDrawn")?.args
    expect(drawn).toEqual({ taskId: 1n, panel: await task.panel(), stakes: Array(5).fill(500n * ATN) })
    expect(events.at(-1)?.args).toEqual({ taskId: 1n, newStatus: 6 })
  })

  test("with a notice longer than all blocks so far is never possible", async () => {
    const world = await createPopulatedWorld({
      parameters: parameters("ResultsRewards", { panelNoticeBlocks: 10_000n }),
    })
    const task = await playToVoting(world)
    expect(await world.fails(outsider, "results", "drawPanel", [task.id])).toBe("TooLateToDraw(1, 402, 0)")
  })

  test("is for the vote-commit window, for tasks with a panel, with a truth and a solution", async () => {
    const world = await createPopulatedWorld()
    const draw = () => world.fails(outsider, "results", "drawPanel", [1n])
    const task = await proposeTask(world)
    await task.commit(solver)
    task.after("commit")
    await task.revealTruth()
    task.after("truth")
    await task.reveal(solver)
    expect(await draw()).toBe("WrongPhase(1, 3, 4)")
    task.after("voteCommit")
    expect(await draw()).toBe("WrongPhase(1, 5, 4)")
    const unsolved = await createPopulatedWorld()
    const lonely = await proposeTask(unsolved)
    lonely.after("commit")
    await lonely.revealTruth()
    lonely.after("solution")
    expect(await unsolved.fails(outsider, "results", "drawPanel", [1n])).toBe("NothingToVoteOn(1)")
    const open = await createPopulatedWorld({ parameters: publicVoting })
    await playToVoting(open)
    expect(await open.fails(outsider, "results", "drawPanel", [1n])).toBe("NoPanel(1)")
  })
})

describe("a ballot", () => {
  test("can be read: whether it exists, whether it is revealed, and the vote in it", async () => {
    const world = await createPopulatedWorld({ coordinators: coordinators.slice(0, 3) })
    const task = await playToVoting(world)
    const ballot = (by: Address) => world.read("results", "ballotOf", [task.id, solver, by])
    const { events } = await task.commitVote(first, true, 90)
    const committed = events.find(({ name }) => name === "VoteCommitted")?.args
    expect(committed).toMatchObject({ taskId: 1n, solver, coordinator: first })
    await task.commitVote(second, false, 5)
    expect([await ballot(first), await ballot(second), await ballot(third)]).toEqual([
      [true, false],
      [true, false],
      [false, false],
    ])
    task.after("voteCommit")
    const revealed = await task.revealVote(second, false, 5)
    expect(revealed.events).toEqual([
      {
        contract: "results",
        name: "CoordinatorVoted",
        args: { taskId: 1n, solver, coordinator: second, isCorrect: false, score: 5n },
      },
    ])
    expect([await ballot(first), await ballot(second)]).toEqual([
      [true, false],
      [true, true],
    ])
    const block = world.blockNumber
    expect(await world.read("results", "votes", [task.id, solver, 0n])).toEqual([
      second,
      false,
      5n,
      500n * ATN,
      block,
      contentHash("report"),
    ])
    expect(await world.read("results", "getVotes", [task.id, solver])).toHaveLength(1)
  })

  test("is committed in one window and revealed in the next, by who committed", async () => {
    const world = await createPopulatedWorld({ coordinators: coordinators.slice(0, 3) })
    const task = await playToVoting(world)
    await task.commitVote(first, true, 90)
    await expect(task.revealVote(first, true, 90)).rejects.toThrow("WrongPhase(1, 4, 5)")
    task.after("voteCommit")
    await expect(task.commitVote(second, true, 90)).rejects.toThrow("WrongPhase(1, 5, 4)")
    await expect(task.revealVote(second, true, 90)).rejects.toThrow(
      `NoVoteCommitted(1, ${solver}, ${second})`,
    )
    task.after("voteReveal")
    await expect(task.revealVote(first, true, 90)).rejects.toThrow("WrongPhase(1, 6, 5)")
  })

  test("takes scores from 0 to 100", async () => {
    const world = await createPopulatedWorld({ parameters: publicVoting })
    const task = await playToVoting(world)
    await task.submitVote(first, true, 100)
    await task.submitVote(second, false, 0)
    await expect(task.submitVote(third, true, 101)).rejects.toThrow("ScoreTooHigh(101, 100)")
  })

  test("weighs the stake at the vote, at most the stake at the draw", async () => {
    const world = await createPopulatedWorld({ coordinators: coordinators.slice(0, 3) })
    await world.send(first, "staking", "addToStake", [500n * ATN])
    const task = await playToVoting(world)
    await task.drawPanel()
    const [panel, seats] = await world.read("results", "panelOf", [task.id])
    expect(new Map(panel.map((by, i) => [by, seats[i]]))).toEqual(
      new Map([
        [first, 1_000n * ATN],
        [second, 500n * ATN],
        [third, 500n * ATN],
      ]),
    )
    await world.send(second, "staking", "addToStake", [900n * ATN])
    await world.send(governance, "staking", "setAuthorizedSlasher", [governance, true])
    await world.send(governance, "staking", "slash", [first, 300n * ATN, "elsewhere"])
    for (const by of [first, second]) await task.commitVote(by, true, 90)
    task.after("voteCommit")
    for (const by of [first, second]) await task.revealVote(by, true, 90)
    const votes = await world.read("results", "getVotes", [task.id, solver])
    expect(votes.map(({ coordinator, stake }) => [coordinator, stake])).toEqual([
      [first, 700n * ATN],
      [second, 500n * ATN],
    ])
  })

  test("needs an active coordinator, a revealed truth and a revealed solution that is still open", async () => {
    const world = await createPopulatedWorld({
      parameters: [...publicVoting, ...parameters("ResultsRewards", { allowSingleVerification: 1n })],
    })
    const task = await playToVoting(world, [solver, otherSolver])
    expect(await vote(world, outsider)).toBe(`NotActiveCoordinator(${outsider})`)
    expect(await vote(world, first, 1n, outsider)).toBe(`SolutionNotRevealed(1, ${outsider})`)
    await world.send(first, "results", "submitVerification", [1n, solver, true, 90n, "r"])
    expect(await vote(world, second)).toBe(`SolutionNotRevealed(1, ${solver})`)
    await task.submitVote(second, true, 90, otherSolver)
    const untold = await proposeTask(world)
    await untold.commit(solver)
    untold.after("truth")
    await untold.reveal(solver)
    untold.after("solution")
    expect(await vote(world, first, 2n)).toBe("NothingToVoteOn(2)")
  })

  test("without a panel comes from as many as the rules say, each once", async () => {
    const world = await createPopulatedWorld({
      parameters: [...publicVoting, ...parameters("ResultsRewards", { maxOpenVotes: 2n })],
    })
    const task = await playToVoting(world)
    const { events } = await task.submitVote(first, true, 90)
    expect(events.map(({ name }) => name)).toEqual(["TaskStatusUpdated", "CoordinatorVoted"])
    expect(await world.read("staking", "openDuties", [first])).toBe(1n)
    expect(await vote(world, first)).toBe(`AlreadyVoted(1, ${solver}, ${first})`)
    await task.submitVote(second, true, 90)
    expect(await vote(world, third)).toBe(`TooManyVotes(1, ${solver}, 2)`)
  })

  test("without a commitment is accepted in both vote windows and outside neither", async () => {
    const world = await createPopulatedWorld({ parameters: publicVoting })
    const task = await playToVoting(world)
    task.after("truth")
    expect(await vote(world, first)).toBe("WrongPhase(1, 3, 5)")
    task.after("solution")
    await task.submitVote(first, true, 90)
    world.blockNumber = 501n
    await task.submitVote(second, true, 90)
    world.blockNumber = 502n
    expect(await vote(world, third)).toBe("WrongPhase(1, 6, 5)")
  })
})

describe("whether votes are open", () => {
  test("follows truth, solution, window and result", async () => {
    const world = await createPopulatedWorld({
      parameters: [...publicVoting, ...parameters("ResultsRewards", { allowSingleVerification: 1n })],
    })
    const open = (on = solver) => world.read("results", "isVotingOpen", [1n, on])
    const start = (on = solver) => world.read("results", "votingStartBlock", [1n, on])
    const task = await playToVoting(world, [solver, otherSolver])
    expect([await open(), await open(outsider)]).toEqual([true, false])
    expect([await start(), await start(outsider)]).toEqual([402n, 0n])
    world.blockNumber = 401n
    expect(await open()).toBe(false)
    task.after("voteCommit")
    expect(await open()).toBe(true)
    await world.send(first, "results", "submitVerification", [1n, solver, true, 90n, "r"])
    expect([await open(), await open(otherSolver)]).toEqual([false, true])
    task.after("voteReveal")
    expect(await open(otherSolver)).toBe(false)
    const untold = await proposeTask(world)
    await untold.commit(solver)
    untold.after("truth")
    await untold.reveal(solver)
    untold.after("solution")
    expect(await world.read("results", "isVotingOpen", [untold.id, solver])).toBe(false)
  })
})

test("a commitment of zero is nobody's vote", async () => {
  const world = await createPopulatedWorld({ coordinators: coordinators.slice(0, 3) })
  const task = await playToVoting(world)
  await world.send(first, "results", "commitVote", [task.id, solver, zeroHash])
  task.after("voteCommit")
  const args = [task.id, solver, true, 90n, "report", saltOf(first)] as const
  expect(await world.fails(first, "results", "revealVote", args)).toMatch(/^WrongVoteReveal/)
})

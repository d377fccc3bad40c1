/** What is said about money: every movement by one event, and none where nothing moves. */
import type { Address } from "viem"
import { describe, expect, test } from "vitest"
import {
  aggregators,
  coordinators,
  createPopulatedWorld,
  founder,
  outsider,
  parameters,
  playToVoting,
  playVotes,
  proposeTask,
  proposer,
  publicVoting,
  solver,
} from "./cycle.ts"
import { ATN, type Sent, type World, atn, governance } from "./world.ts"

const names = ({ events }: Sent) => events.map(({ name }) => name)
const [first, second, third] = coordinators as readonly Address[] as [Address, Address, Address]

/** Governance may pay from budgets and reserves itself. */
const createPayingWorld = async (values: Readonly<Record<string, bigint>> = {}): Promise<World> => {
  const rules = [...publicVoting, ...parameters("ResultsRewards", values)]
  const world = await createPopulatedWorld({ parameters: rules })
  await world.send(governance, "project", "setAuthorizedDisburser", [governance, true])
  return world
}

describe("a project's books", () => {
  test("begin with its initial budget, or with nothing", async () => {
    const world = await createPopulatedWorld()
    const create = (budget: bigint) =>
      world.send(outsider, "project", "createProject", ["q", "cid", ATN, budget, 0n, "Q", "Q"])
    expect(names(await create(0n))).toEqual(["ProjectCreated"])
    const { events } = await create(3n)
    expect(events.map(({ name }) => name)).toEqual(["ProjectCreated", "Transfer", "TaskBudgetAllocated"])
    expect(events[1]?.args).toMatchObject({ from: outsider, value: 3n })
    expect(events[2]?.args).toEqual({ projectId: 3n, amount: 3n })
  })

  test("move nothing for a payment of nothing", async () => {
    const world = await createPayingWorld()
    const args = [1n, outsider, 0n] as const
    expect(names(await world.send(governance, "project", "disburseFromBudget", args))).toEqual([
      "BudgetDisbursed",
    ])
  })

  test("reserve once for a task, whatever the contract of tasks says", async () => {
    const world = await createPopulatedWorld()
    await world.send(governance, "project", "setTaskRewards", [outsider])
    const reserve = [1n, 7n, proposer, ATN] as const
    await world.send(outsider, "project", "reserveForTask", reserve)
    expect(await world.fails(outsider, "project", "reserveForTask", reserve)).toBe("AlreadyReserved(7)")
    expect(await world.read("project", "taskReserves", [7n])).toEqual([1n, ATN])
  })

  test("pay nothing for a round that earned nothing", async () => {
    const world = await createPopulatedWorld()
    const [aggregator] = aggregators as unknown as readonly [Address]
    await world.send(outsider, "project", "drawAggregator", [1n, 1n])
    const published = await world.send(aggregator, "project", "publishGlobalModel", [1n, 1n, "g"])
    expect(names(published)).not.toContain("BudgetDisbursed")
    world.mine(101)
    expect(names(await world.send(founder, "project", "publishGlobalModel", [1n, 2n, "g"]))).toEqual([
      "GlobalModelPublished",
    ])
  })
})

describe("a task's reserve", () => {
  const paidOut = ({ events }: Sent) =>
    events
      .filter(({ name }) => name === "RewardsDistributed")
      .map(({ args }) => [args["recipient"], args["amount"]])

  test("covers the fee of the last seat to the wei, where the free budget is empty", async () => {
    const world = await createPayingWorld({ bondBonus: 0n })
    const task = await playToVoting(world)
    const [, free] = await world.read("project", "ledgerOf", [1n])
    await world.send(governance, "project", "disburseFromBudget", [1n, outsider, free])
    for (const by of [first, second, third]) await task.submitVote(by, true, 100)
    task.after("voteReveal")
    expect(paidOut(await task.finalise())).toEqual([
      [first, ATN],
      [second, ATN],
      [solver, 5n * ATN],
      [proposer, 10n * ATN],
    ])
  })

  test("that another disburser has used up pays what is left, moves no bond and says nothing of the rest", async () => {
    const world = await createPayingWorld()
    const task = await playToVoting(world)
    const [, reserved] = await world.read("project", "taskReserves", [task.id])
    const taken = [task.id, outsider, reserved - atn(1.05) - ATN] as const
    await world.send(governance, "project", "payFromReserve", taken)
    for (const by of [first, second]) await task.submitVote(by, true, 100)
    task.after("voteReveal")
    const settled = await task.finalise()
    expect(paidOut(settled)).toEqual([[first, atn(1.05)]])
    expect(settled.events.filter(({ name }) => name === "BudgetDisbursed").map(({ args }) => args)).toEqual([
      { projectId: 1n, recipient: first, amount: atn(1.05) },
      { projectId: 1n, recipient: second, amount: ATN },
    ])
    expect((await world.read("results", "coordinatorBonds", [second]))[1]).toBe(0n)
    expect((await world.read("project", "ledgerOf", [1n]))[2]).toBe(0n)
  })
})

describe("a task is called rewarded", () => {
  test("where work shown was paid, and not where it is worth nothing", async () => {
    for (const [workShownBps, statuses] of [
      [10_000n, [9, 10]],
      [0n, [10]],
    ] as const) {
      const world = await createPopulatedWorld({ parameters: parameters("ResultsRewards", { workShownBps }) })
      const task = await proposeTask(world)
      await task.commit(solver)
      task.after("truth")
      await task.reveal(solver)
      task.after("solution")
      const { events } = await task.close()
      expect(
        events.filter(({ name }) => name === "TaskStatusUpdated").map(({ args }) => args["newStatus"]),
      ).toEqual(statuses)
      expect(await world.read("results", "rewardsProcessed", [task.id])).toBe(statuses.length === 2)
      expect(await task.outcome()).toBe(5)
    }
  })

  test("where votes decided, also against the solution", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    await playVotes(task, () => ({ isCorrect: false, score: 10 }))
    const { events } = await task.finalise()
    const updates = events.filter(({ name }) => name === "TaskStatusUpdated")
    expect(updates.map(({ args }) => args["newStatus"])).toEqual([8, 9, 10])
  })
})

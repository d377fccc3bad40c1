import { type Address, parseEther } from "viem"
import { describe, expect, test } from "vitest"
import { budget, createPopulatedWorld, founder, outsider, proposeTask, proposer, solver } from "./cycle.ts"
import { ATN, type World, governance } from "./world.ts"

const ledger = (world: World, id = 1n) => world.read("project", "ledgerOf", [id])
const status = async (world: World, id = 1n) => (await world.read("project", "projects", [id]))[4]
/** Project 2, founded by the outsider. */
const found = (world: World, goal = 0n, initial = 0n, tokens = 0n) =>
  world.send(outsider, "project", "createProject", ["q", "cid", goal, initial, tokens, "Q", "Q"])

describe("a project's founder", () => {
  test("and governance decide; strangers don't, and a project that isn't there has no founder", async () => {
    const world = await createPopulatedWorld()
    const strange = { who: outsider, error: `NotFounder(1, ${outsider})` }
    const calls = [
      ["setOpenProposals", [1n, true, ATN]],
      ["setProposerAllowed", [1n, outsider, true]],
      ["setInferencePrice", [1n, ATN]],
      ["setDiscountTiers", [1n, []]],
      ["setTokenPrice", [1n, ATN]],
      ["updateStatus", [1n, 4]],
      ["allocateTaskBudget", [1n, 0n]],
    ] as const
    for (const [name, args] of calls) {
      const unknown = [9n, ...args.slice(1)]
      expect(await world.fails(strange.who, "project", name, args as never), name).toBe(strange.error)
      expect(await world.fails(governance, "project", name, unknown as never), name).toBe("UnknownProject(9)")
      await world.send(governance, "project", name, args as never)
    }
  })

  test("sets prices that are something for tokens, anything for inferences", async () => {
    const world = await createPopulatedWorld()
    expect(await world.fails(founder, "project", "setTokenPrice", [1n, 0n])).toBe("ZeroTokenPrice(1)")
    const { events } = await world.send(founder, "project", "setTokenPrice", [1n, 1n])
    expect(events[0]?.args).toEqual({ projectId: 1n, price: 1n })
    await world.send(founder, "project", "setInferencePrice", [1n, 5n])
    expect((await world.read("project", "getMatureModel", [1n]))[1]).toBe(5n)
  })

  test("opens the budget to every proposer with a cap that may be without bound", async () => {
    const world = await createPopulatedWorld()
    await world.send(founder, "project", "setProposerAllowed", [1n, proposer, false])
    await world.send(founder, "project", "setOpenProposals", [1n, true, 2n ** 200n])
    expect(await world.read("project", "openProposals", [1n])).toEqual([true, 2n ** 128n - 1n])
    await proposeTask(world)
  })
})

describe("a project's status", () => {
  const update = (world: World, by: Address, to: number) =>
    world.fails(by, "project", "updateStatus", [1n, to])

  test("starts as funding until the goal is reached to the wei", async () => {
    const world = await createPopulatedWorld()
    await found(world, 100n * ATN, 40n * ATN)
    expect(await status(world, 2n)).toBe(0)
    await world.send(founder, "project", "fundProject", [2n, 60n * ATN - 1n, 0n])
    expect(await status(world, 2n)).toBe(0)
    const { events } = await world.send(founder, "project", "fundProject", [2n, 1n, 1n])
    expect(events.at(-1)?.args).toEqual({ projectId: 2n, newStatus: 1 })
    const again = await world.send(founder, "project", "fundProject", [2n, 1n, 1n])
    expect(again.events.some(({ name }) => name === "ProjectStatusChanged")).toBe(false)
    expect((await world.read("project", "projects", [2n])).slice(7, 11)).toEqual([
      60n * ATN + 1n,
      100n * ATN,
      100n * ATN + 1n,
      40n * ATN,
    ])
  })

  test("moves between training, maturing and paused by the founder, to failed only by governance, and no further", async () => {
    const world = await createPopulatedWorld()
    const allowed = async (by: Address, to: number) => {
      await world.send(by, "project", "updateStatus", [1n, to])
      expect(await status(world)).toBe(to)
    }
    expect(await update(world, founder, 1)).toBe("StatusNotAllowed(1, 1, 1)")
    for (const to of [2, 4, 1, 4, 2]) await allowed(founder, to)
    for (const to of [0, 3, 6]) expect(await update(world, founder, to)).toBe(`StatusNotAllowed(1, 2, ${to})`)
    expect(await update(world, founder, 5)).toBe("StatusNotAllowed(1, 2, 5)")
    await allowed(governance, 5)
    for (const to of [1, 2, 4])
      expect(await update(world, governance, to)).toBe(`StatusNotAllowed(1, 5, ${to})`)
    expect(await world.fails(founder, "project", "setMatureModel", [1n, "w", ATN])).toBe(
      "StatusNotAllowed(1, 5, 3)",
    )
  })

  test("once deployed is deployed or paused", async () => {
    const world = await createPopulatedWorld()
    expect(await world.fails(founder, "project", "setMatureModel", [1n, "", ATN])).toBe("EmptyCid()")
    expect(await world.fails(solver, "project", "requestInference", [1n, "x"])).toBe("NotDeployed(1, 1)")
    await world.send(founder, "project", "setMatureModel", [1n, "w", ATN])
    for (const to of [1, 2]) expect(await update(world, founder, to)).toBe(`StatusNotAllowed(1, 3, ${to})`)
    await world.send(founder, "project", "updateStatus", [1n, 4])
    expect(await world.fails(solver, "project", "requestInference", [1n, "x"])).toBe("NotDeployed(1, 4)")
    await world.send(founder, "project", "updateStatus", [1n, 3])
    await world.send(solver, "project", "requestInference", [1n, "x"])
  })

  test("takes money and tasks while it trains or matures, not after", async () => {
    const world = await createPopulatedWorld()
    await world.send(founder, "project", "updateStatus", [1n, 2])
    await proposeTask(world)
    await world.send(outsider, "project", "fundProject", [1n, ATN, ATN])
    await world.send(founder, "project", "updateStatus", [1n, 4])
    await expect(proposeTask(world)).rejects.toThrow("ProjectNotTraining(1, 4)")
    expect(await world.fails(outsider, "project", "fundProject", [1n, ATN, 0n])).toBe(
      "NotOpenForFunding(1, 4)",
    )
  })
})

describe("money", () => {
  test("of a budget is spent to its last wei and not beyond", async () => {
    const world = await createPopulatedWorld()
    await world.send(governance, "project", "setAuthorizedDisburser", [governance, true])
    const pay = (amount: bigint) =>
      world.send(governance, "project", "disburseFromBudget", [1n, outsider, amount])
    expect(BigInt((await pay(budget + 1n)).returnData)).toBe(0n)
    const paid = await pay(budget)
    expect(BigInt(paid.returnData)).toBe(1n)
    expect(paid.events[0]?.args).toEqual({ projectId: 1n, recipient: outsider, amount: budget })
    expect(await ledger(world)).toEqual([0n, 0n, 0n, 0n])
  })

  test("is reserved for a task to the last wei, and what is left of it comes back", async () => {
    const world = await createPopulatedWorld()
    // 4 solvers at 5 ATN and 5 seats at 1.5 ATN each, and 50 ATN in all of fees and rewards: see the default world.
    const cost = 60n * ATN
    await expect(proposeTask(world, { learnability: budget - cost + 10n * ATN + 1n })).rejects.toThrow(
      `BudgetTooSmall(1, ${budget + 1n}, ${budget})`,
    )
    const task = await proposeTask(world, { learnability: budget - cost + 10n * ATN })
    expect(await ledger(world)).toEqual([0n, 0n, budget, 0n])
    expect(await world.read("project", "taskReserves", [task.id])).toEqual([1n, budget])
    task.after("commit")
    const { events } = await task.close()
    expect(events.find(({ name }) => name === "TaskReserveClosed")?.args).toEqual({
      projectId: 1n,
      taskId: 1n,
      returned: budget,
    })
    expect(await ledger(world)).toEqual([0n, budget, 0n, 0n])
  })

  test("is allocated to the last wei that was paid in", async () => {
    const world = await createPopulatedWorld()
    await found(world)
    await world.send(founder, "project", "fundProject", [2n, 100n, 100n])
    const { events } = await world.send(outsider, "project", "allocateTaskBudget", [2n, 100n])
    expect(events[0]?.args).toEqual({ projectId: 2n, amount: 100n })
    expect(await world.fails(outsider, "project", "allocateTaskBudget", [2n, 1n])).toBe(
      "FundingTooSmall(2, 1, 0)",
    )
  })

  test("for inferences of a project without token holders is funding", async () => {
    const world = await createPopulatedWorld()
    await world.send(founder, "project", "setMatureModel", [1n, "w", 7n])
    await world.send(solver, "project", "requestInference", [1n, "x"])
    expect(await ledger(world)).toEqual([7n, budget, 0n, 0n])
    expect(await world.fails(founder, "project", "withdrawRevenue", [1n])).toBe(
      `NothingToWithdraw(1, ${founder})`,
    )
  })

  test("from revenue adds up over inferences, withdrawals and transfers", async () => {
    const world = await createPopulatedWorld()
    await found(world, 0n, 0n, 3n * ATN)
    await world.send(outsider, "project", "setMatureModel", [2n, "w", 12n])
    const token = await world.read("project", "getProjectToken", [2n])
    const due = (holder: Address) => world.read("project", "withdrawableRevenue", [2n, holder])
    const infer = () => world.send(solver, "project", "requestInference", [2n, "x"])
    await infer()
    expect(await due(outsider)).toBe(11n)
    await world.send(outsider, "projectToken", "transfer", [founder, ATN], token)
    await infer()
    expect([await due(outsider), await due(founder)]).toEqual([11n + 7n, 3n])
    const { events } = await world.send(founder, "project", "withdrawRevenue", [2n])
    expect(events.at(-1)?.args).toEqual({ projectId: 2n, shareholder: founder, amount: 3n })
    await infer()
    await world.send(founder, "project", "withdrawRevenue", [2n])
    await world.send(outsider, "project", "withdrawRevenue", [2n])
    expect(await world.read("project", "withdrawnRevenue", [2n, founder])).toBe(6n)
    expect(await world.read("project", "withdrawnRevenue", [2n, outsider])).toBe(11n + 15n)
    expect((await ledger(world, 2n))[3]).toBe(36n - 32n)
    await world.send(founder, "projectToken", "burn", [ATN], token)
    expect(await world.read("projectToken", "totalSupply", [], token)).toBe(2n * ATN)
  })
})

describe("prices", () => {
  test("of tokens give exactly as many as asked for, or none", async () => {
    const world = await createPopulatedWorld()
    await found(world)
    await world.send(outsider, "project", "setTokenPrice", [2n, parseEther("3")])
    const { events } = await world.send(founder, "project", "fundProject", [2n, 10n, 3n])
    expect(events.find(({ name }) => name === "ProjectFunded")?.args).toEqual({
      projectId: 2n,
      funder: founder,
      atnAmount: 10n,
      ptsIssued: 3n,
    })
    expect(await world.fails(founder, "project", "fundProject", [2n, 10n, 4n])).toBe("TooFewTokens(2, 3, 4)")
  })

  test("of tokens go below what was paid by governance's decision only", async () => {
    const world = await createPopulatedWorld()
    await found(world)
    const set = (by: Address, price: bigint) => world.send(by, "project", "setTokenPrice", [2n, price])
    const refused = (price: bigint) => world.fails(outsider, "project", "setTokenPrice", [2n, price])
    const floor = () => world.read("project", "tokenPriceFloor", [2n])
    const invest = (amount: bigint) => world.send(founder, "project", "fundProject", [2n, amount, 0n])
    await set(outsider, 5n * ATN)
    await set(outsider, 1n)
    expect(await floor()).toBe(0n)
    for (const price of [2n * ATN, 3n * ATN]) {
      await set(outsider, price)
      await invest(6n * ATN)
    }
    expect(await floor()).toBe(3n * ATN)
    expect(await refused(3n * ATN - 1n)).toBe(`TokenPriceBelowFloor(2, ${3n * ATN - 1n}, ${3n * ATN})`)
    await set(outsider, 9n * ATN)
    // Nothing is sold for an amount that buys nothing.
    await invest(8n)
    await set(outsider, 3n * ATN)
    await set(governance, 2n * ATN)
    expect(await floor()).toBe(2n * ATN)
    await invest(2n * ATN)
    await set(outsider, 2n * ATN)
    expect(await refused(2n * ATN - 1n)).toMatch(/^TokenPriceBelowFloor/)
    await set(governance, 4n * ATN)
    expect(await floor()).toBe(2n * ATN)
  })

  test("have at most eight tiers, ascending, none deeper than the half", async () => {
    const world = await createPopulatedWorld()
    const tiers = (count: number) =>
      Array.from({ length: count }, (_, i) => {
        return { ptThreshold: BigInt(i), discountPermille: 500n }
      })
    expect(await world.fails(founder, "project", "setDiscountTiers", [1n, tiers(9)])).toBe(
      "TooManyTiers(1, 9, 8)",
    )
    const { events } = await world.send(founder, "project", "setDiscountTiers", [1n, tiers(8)])
    expect(events[0]?.args).toEqual({ projectId: 1n, tiers: 8n })
    const twice = [
      { ptThreshold: 5n, discountPermille: 1n },
      { ptThreshold: 5n, discountPermille: 2n },
    ]
    expect(await world.fails(founder, "project", "setDiscountTiers", [1n, twice])).toBe(
      "TiersNotAscending(1, 1)",
    )
  })

  test("are those of the best tier that is reached, not of the last", async () => {
    const world = await createPopulatedWorld()
    await found(world, 0n, 0n, 100n)
    await world.send(outsider, "project", "setMatureModel", [2n, "w", 1_000n])
    await world.send(outsider, "project", "setDiscountTiers", [
      2n,
      [
        { ptThreshold: 99n, discountPermille: 300n },
        { ptThreshold: 100n, discountPermille: 200n },
        { ptThreshold: 101n, discountPermille: 400n },
      ],
    ])
    expect(await world.read("project", "getEffectivePrice", [2n, outsider])).toBe(700n)
    expect(await world.read("project", "getEffectivePrice", [2n, solver])).toBe(1_000n)
    const ask = (limit: bigint) => [2n, "x", limit] as const
    expect(await world.fails(solver, "project", "requestInferenceWithLimit", ask(999n))).toBe(
      "PriceAboveLimit(2, 1000, 999)",
    )
    const { events, returnData } = await world.send(
      solver,
      "project",
      "requestInferenceWithLimit",
      ask(1_000n),
    )
    expect(BigInt(returnData)).toBe(1n)
    expect(events.find(({ name }) => name === "InferenceRequested")?.args).toEqual({
      projectId: 2n,
      user: solver,
      requestId: 1n,
      inputCid: "x",
      fee: 1_000n,
    })
    expect(BigInt((await world.send(solver, "project", "requestInference", [2n, "x"])).returnData)).toBe(2n)
  })
})

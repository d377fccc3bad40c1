import { type Address, parseEther } from "viem"
import { describe, expect, test } from "vitest"
import {
  aggregators,
  budget,
  createPopulatedWorld,
  founder,
  outsider,
  playToVoting,
  playVotes,
  proposeTask,
  proposer,
  parameters,
  solver,
  coordinators,
} from "./cycle.ts"
import { ATN, type World, atn, governance } from "./world.ts"

const ledger = (world: World, id = 1n) => world.read("project", "ledgerOf", [id])
const createProject = (world: World, by: Address, goal: bigint, initial: bigint, tokens: bigint) =>
  world.send(by, "project", "createProject", ["second", "cid", goal, initial, tokens, "Second", "PT2"])
const tokenOf = (world: World, id: bigint) => world.read("project", "getProjectToken", [id])

describe("funding", () => {
  test("the initial budget is paid in, and the record says so", async () => {
    const world = await createPopulatedWorld()
    const before = await world.balanceOf(outsider)
    await createProject(world, outsider, 100n * ATN, 40n * ATN, 7n * ATN)
    expect(await world.balanceOf(outsider)).toBe(before - 40n * ATN)
    expect(await ledger(world, 2n)).toEqual([0n, 40n * ATN, 0n, 0n])
    const record = await world.read("project", "projects", [2n])
    expect(record.slice(0, 5)).toEqual([2n, "second", "cid", outsider, 0])
    expect(record.slice(7, 11)).toEqual([7n * ATN, 100n * ATN, 40n * ATN, 40n * ATN])
    expect(await world.read("project", "founderProjects", [outsider, 0n])).toBe(2n)
    expect(
      await world.fails(solver, "project", "createProject", ["x", "y", 0n, 10n ** 30n, 0n, "X", "X"]),
    ).toMatch(/^ERC20InsufficientBalance|^unknown error 0xe450d38c/)
  })

  test("tokens cost the project's price; the expected amount is a minimum, never an order to mint", async () => {
    const world = await createPopulatedWorld()
    await createProject(world, outsider, 100n * ATN, 0n, 0n)
    const token = await tokenOf(world, 2n)
    expect(await world.fails(founder, "project", "setTokenPrice", [2n, ATN])).toMatch(/^NotFounder/)
    await world.send(outsider, "project", "setTokenPrice", [2n, parseEther("2")])
    expect(await world.fails(founder, "project", "fundProject", [2n, 10n * ATN, 6n * ATN])).toBe(
      `TooFewTokens(2, ${5n * ATN}, ${6n * ATN})`,
    )
    await world.send(founder, "project", "fundProject", [2n, 10n * ATN, 0n])
    expect(await world.read("projectToken", "balanceOf", [founder], token)).toBe(5n * ATN)
    expect(await world.fails(founder, "project", "fundProject", [2n, 0n, ATN])).toMatch(/^TooFewTokens/)
    const { events } = await world.send(founder, "project", "fundProject", [2n, 90n * ATN, 45n * ATN])
    expect(events.map(({ name }) => name)).toContain("ProjectStatusChanged")
  })

  test("a budget is allocated once, by founder or governance, from what was paid in", async () => {
    const world = await createPopulatedWorld()
    await createProject(world, outsider, 0n, 0n, 0n)
    await world.send(founder, "project", "fundProject", [2n, 100n * ATN, 0n])
    expect(await world.fails(founder, "project", "allocateTaskBudget", [2n, ATN])).toMatch(/^NotFounder/)
    await world.send(outsider, "project", "allocateTaskBudget", [2n, 60n * ATN])
    expect(await world.fails(outsider, "project", "allocateTaskBudget", [2n, 60n * ATN])).toBe(
      `FundingTooSmall(2, ${60n * ATN}, ${40n * ATN})`,
    )
    await world.send(governance, "project", "allocateTaskBudget", [2n, 40n * ATN])
    expect(await ledger(world, 2n)).toEqual([0n, 100n * ATN, 0n, 0n])
  })

  test("one project's money pays nothing of another", async () => {
    const world = await createPopulatedWorld()
    await createProject(world, outsider, 0n, 30n * ATN, ATN)
    await world.send(governance, "project", "setAuthorizedDisburser", [governance, true])
    await world.send(governance, "project", "disburseFromBudget", [2n, solver, 31n * ATN])
    expect(await ledger(world, 2n)).toEqual([0n, 30n * ATN, 0n, 0n])
    expect(await world.fails(outsider, "project", "disburseFromBudget", [2n, outsider, ATN])).toBe(
      `NotDisburser(${outsider})`,
    )
    await world.send(outsider, "project", "setMatureModel", [2n, "weights", ATN])
    expect(await world.fails(outsider, "project", "withdrawRevenue", [2n])).toBe(
      `NothingToWithdraw(2, ${outsider})`,
    )
    expect(await ledger(world)).toEqual([0n, budget, 0n, 0n])
  })
})

describe("consent to spend", () => {
  test("a proposer needs the founder's; an open flag has a cap; the founder can close both", async () => {
    const world = await createPopulatedWorld()
    expect(await world.fails(outsider, "project", "setProposerAllowed", [1n, outsider, true])).toMatch(
      /^NotFounder/,
    )
    await world.send(founder, "project", "setProposerAllowed", [1n, proposer, false])
    await expect(proposeTask(world)).rejects.toThrow(`ProposerNotAllowed(1, ${proposer})`)
    await world.send(founder, "project", "setOpenProposals", [1n, true, 59n * ATN])
    await expect(proposeTask(world)).rejects.toThrow(`TaskTooExpensive(1, ${60n * ATN}, ${59n * ATN})`)
    await world.send(founder, "project", "setOpenProposals", [1n, true, 60n * ATN])
    await proposeTask(world)
    expect(await ledger(world)).toEqual([0n, budget - 60n * ATN, 60n * ATN, 0n])
  })

  test("a task can't reserve more than the free budget", async () => {
    const world = await createPopulatedWorld()
    await expect(proposeTask(world, { learnability: budget })).rejects.toThrow(/^proposeTask: BudgetTooSmall/)
  })
})

describe("rounds", () => {
  const verify = async (world: World) => {
    const task = await playToVoting(world)
    await playVotes(task, () => ({ isCorrect: true, score: 90 }))
    await task.finalise()
  }
  test("the drawn aggregator publishes and is paid once for a round with a verified task", async () => {
    const world = await createPopulatedWorld()
    await verify(world)
    await world.send(outsider, "project", "drawAggregator", [1n, 1n])
    const drawn = await world.read("project", "aggregatorOf", [1n, 1n])
    expect(drawn).toBe(aggregators[0])
    expect(await world.fails(outsider, "project", "publishGlobalModel", [1n, 1n, "g1"])).toBe(
      `NotPublisher(1, 1, ${outsider})`,
    )
    const before = await world.balanceOf(drawn)
    await world.send(drawn, "project", "publishGlobalModel", [1n, 1n, "g1"])
    expect((await world.balanceOf(drawn)) - before).toBe(20n * ATN)
    expect(await world.fails(drawn, "project", "publishGlobalModel", [1n, 1n, "again"])).toBe(
      "WrongRound(1, 1, 2)",
    )
    await world.send(drawn, "project", "drawAggregator", [1n, 2n])
    await world.send(drawn, "project", "publishGlobalModel", [1n, 2n, "g2"])
    expect((await world.balanceOf(drawn)) - before).toBe(20n * ATN)
    expect(await world.read("project", "globalModelOf", [1n, 2n])).toBe("g2")
  })

  test("a silent aggregator can be replaced after its window, and founder or governance may publish unpaid", async () => {
    const world = await createPopulatedWorld()
    await world.send(outsider, "project", "drawAggregator", [1n, 1n])
    expect(await world.fails(outsider, "project", "drawAggregator", [1n, 1n])).toMatch(/^AggregatorStillDue/)
    world.mine(101)
    await world.send(outsider, "project", "drawAggregator", [1n, 1n])
    world.mine(101)
    const before = await world.balanceOf(founder)
    await world.send(founder, "project", "publishGlobalModel", [1n, 1n, "g1"])
    expect(await world.balanceOf(founder)).toBe(before)
    expect(await world.fails(outsider, "project", "drawAggregator", [1n, 3n])).toBe("WrongRound(1, 3, 2)")
  })
})

describe("revenue", () => {
  const deployed = async () => {
    const world = await createPopulatedWorld()
    await createProject(world, outsider, 0n, 0n, 100n * ATN)
    await world.send(founder, "project", "fundProject", [2n, 300n * ATN, 300n * ATN])
    await world.send(outsider, "project", "setMatureModel", [2n, "weights", 8n * ATN])
    return { world, token: await tokenOf(world, 2n) }
  }

  test("is shared by tokens held when it came in: what moves later takes no past revenue along", async () => {
    const { world, token } = await deployed()
    await world.send(solver, "project", "requestInference", [2n, "input"])
    await world.send(outsider, "projectToken", "transfer", [proposer, 100n * ATN], token)
    await world.send(solver, "project", "requestInference", [2n, "input"])
    for (const holder of [outsider, proposer, founder])
      await world.send(holder, "project", "withdrawRevenue", [2n])
    const got = async (holder: Address) => world.read("project", "withdrawnRevenue", [2n, holder])
    // Shares round down; what is lost by it, at most a wei each, stays in the ledger.
    const shares = [await got(outsider), await got(proposer), await got(founder)]
    expect(shares).toEqual([2n * ATN - 1n, 2n * ATN - 1n, 12n * ATN - 1n])
    expect((await ledger(world, 2n))[3]).toBe(3n)
    expect(await world.fails(founder, "project", "withdrawRevenue", [2n])).toMatch(/^NothingToWithdraw/)
  })

  test("the price is bounded by tiers and by the user's own limit", async () => {
    const { world } = await deployed()
    expect(
      await world.fails(outsider, "project", "setDiscountTiers", [
        2n,
        [{ ptThreshold: ATN, discountPermille: 501n }],
      ]),
    ).toBe("TierOutOfBounds(2, 0, 501, 500)")
    const tiers = [
      { ptThreshold: 100n * ATN, discountPermille: 250n },
      { ptThreshold: 200n * ATN, discountPermille: 500n },
    ]
    expect(await world.fails(outsider, "project", "setDiscountTiers", [2n, tiers.toReversed()])).toBe(
      "TiersNotAscending(2, 1)",
    )
    await world.send(outsider, "project", "setDiscountTiers", [2n, tiers])
    const price = (user: Address) => world.read("project", "getEffectivePrice", [2n, user])
    expect([await price(solver), await price(outsider), await price(founder)]).toEqual([
      8n * ATN,
      6n * ATN,
      4n * ATN,
    ])
    expect(await world.fails(solver, "project", "requestInferenceWithLimit", [2n, "x", 7n * ATN])).toBe(
      `PriceAboveLimit(2, ${8n * ATN}, ${7n * ATN})`,
    )
    await world.send(outsider, "project", "requestInferenceWithLimit", [2n, "x", 6n * ATN])
  })

  test("a model is deployed once, by those who may", async () => {
    const world = await createPopulatedWorld()
    expect(await world.fails(outsider, "project", "setMatureModel", [1n, "w", ATN])).toBe(
      `NotModelSetter(1, ${outsider})`,
    )
    await world.send(governance, "project", "setAuthorizedModelSetter", [outsider, true])
    await world.send(outsider, "project", "setMatureModel", [1n, "w", ATN])
    expect(await world.fails(founder, "project", "setMatureModel", [1n, "other", ATN])).toBe(
      "AlreadyDeployed(1)",
    )
    await expect(proposeTask(world)).rejects.toThrow("ProjectNotTraining(1, 3)")
  })

  test("a failed project's free money goes to its token holders, with what its tasks return later", async () => {
    const world = await createPopulatedWorld()
    await world.send(outsider, "project", "fundProject", [1n, 100n * ATN, 0n])
    const task = await proposeTask(world)
    expect(await world.fails(founder, "project", "updateStatus", [1n, 5])).toMatch(/^StatusNotAllowed/)
    await world.send(governance, "project", "updateStatus", [1n, 5])
    task.after("commit")
    await task.close()
    expect(await ledger(world)).toEqual([0n, 0n, 0n, budget + 100n * ATN])
    const before = await world.balanceOf(outsider)
    await world.send(outsider, "project", "withdrawRevenue", [1n])
    expect((await world.balanceOf(outsider)) - before).toBe(budget + 100n * ATN - 1n)
  })

  test("functions that do not exist revert", async () => {
    const world = await createPopulatedWorld()
    expect(await world.fails(founder, "results", "closeTask", [1n], world.at.project)).toMatch(
      /^UnknownFunction/,
    )
  })
})

test("fees beyond the reserved seats come from the free budget while it lasts, and bonds grow only if paid", async () => {
  const world = await createPopulatedWorld({
    parameters: parameters("ResultsRewards", { panelSize: 0n, allowPlainVotes: 1n }),
  })
  const task = await playToVoting(world)
  const [, free] = await ledger(world)
  await world.send(governance, "project", "setAuthorizedDisburser", [governance, true])
  await world.send(governance, "project", "disburseFromBudget", [1n, outsider, free - atn(1.1)])
  for (const by of coordinators.slice(0, 5)) await task.submitVote(by, true, 90)
  task.after("voteReveal")
  await task.finalise()
  const bond = async (by: Address) => (await world.read("results", "coordinatorBonds", [by]))[0]
  const grown = await Promise.resolve().then(async () => {
    let count = 0
    for (const by of coordinators.slice(0, 5)) if ((await bond(by)) > 0n) count++
    return count
  })
  // Two seats of at most 1.5 ATN are reserved, which covers two fees of 1.05; 1.1 ATN more covers one.
  expect(grown).toBe(3)
})

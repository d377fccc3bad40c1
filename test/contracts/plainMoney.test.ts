import { getAddress } from "viem"
import { describe, expect, test } from "vitest"
import {
  budget,
  change,
  coordinators,
  createPlainCycle,
  founder,
  hashOf,
  outsider,
  proposer,
  solver,
} from "./plainCycle.ts"
import { ATN, createPlainWorld, governance } from "./plainWorld.ts"

const [first, second] = coordinators

describe("stakes", () => {
  test("are of one role, at least the minimum, and public in both spellings", async () => {
    const world = await createPlainWorld({ accounts: [outsider] })
    expect(await world.fails(outsider, "staking", "stake", [0, 10n ** 30n])).toContain("unknown role")
    expect(await world.fails(outsider, "staking", "stake", [7, 10n ** 30n])).toContain("unknown role")
    expect(await world.fails(outsider, "staking", "stake", [2, 50n * ATN - 1n])).toContain(
      "below the minimum",
    )
    const [event] = (await world.send(outsider, "staking", "stake", [2, 50n * ATN])).slice(-1)
    expect(event?.name).toBe("Staked")
    expect(await world.fails(outsider, "staking", "stake", [3, 500n * ATN])).toContain("already staked")
    expect(await world.read("staking", "stakes", [outsider])).toEqual([50n * ATN, 2, 0n, true])
    expect(await world.read("staking", "isActiveParticipant", [outsider, 3])).toBe(false)
  })

  test.each([
    [1, 100n, 7n],
    [2, 50n, 3n],
    [3, 500n, 14n],
    [4, 1_000n, 14n],
    [5, 10_000n, 21n],
    [6, 500n, 14n],
  ])("of role %i begin at %i ATN and are locked up for %i days", async (role, atn, days) => {
    const world = await createPlainWorld({ accounts: [outsider] })
    expect(await world.read("staking", "minStakeAmount", [role])).toBe(atn * ATN)
    expect(await world.read("staking", "stakeLockupDuration", [role])).toBe(days * 86_400n)
    await world.send(outsider, "staking", "stake", [role, atn * ATN])
    expect(await world.fails(outsider, "staking", "unstake", [])).toContain("not requested")
    await world.send(outsider, "staking", "requestUnstake", [])
    expect(await world.fails(outsider, "staking", "requestUnstake", [])).toContain("already requested")
    world.extraSeconds += days * 86_400n - 1n
    expect(await world.fails(outsider, "staking", "unstake", [])).toContain("locked up")
    world.extraSeconds += 1n
    expect(await change(world, outsider, () => world.send(outsider, "staking", "unstake", []))).toBe(
      atn * ATN,
    )
    expect(await world.stakeOf(outsider)).toBe(0n)
  })

  test("are slashed by authorised contracts only, up to what is there", async () => {
    const world = await createPlainCycle()
    expect(await world.fails(outsider, "staking", "slash", [solver, 1n, "x"])).toContain("not a slasher")
    expect(await world.fails(outsider, "staking", "setAuthorizedSlasher", [outsider, true])).toContain(
      "governance",
    )
    await world.send(governance, "staking", "setAuthorizedSlasher", [outsider, true])
    expect(await world.fails(outsider, "staking", "slash", [solver, 50n * ATN + 1n, "x"])).toContain(
      "exceeds",
    )
    await world.send(outsider, "staking", "slash", [solver, 50n * ATN, "x"])
    expect(await world.stakeOf(solver)).toBe(0n)
  })

  test("follow the minimum and lock-up that governance sets", async () => {
    const world = await createPlainWorld({ accounts: [outsider] })
    expect(await world.fails(outsider, "staking", "setMinStake", [2, 1n])).toContain("only governance")
    expect(await world.fails(outsider, "staking", "setLockupDuration", [2, 1n])).toContain("only governance")
    await world.send(governance, "staking", "setMinStake", [2, 7n])
    await world.send(governance, "staking", "setLockupDuration", [2, 5n])
    expect(await world.fails(outsider, "staking", "stake", [2, 6n])).toContain("below the minimum")
    await world.send(outsider, "staking", "stake", [2, 7n])
    await world.send(outsider, "staking", "requestUnstake", [])
    world.extraSeconds += 5n
    await world.send(outsider, "staking", "unstake", [])
  })
})

describe("projects", () => {
  test("mint the founder's share and begin funding, with a budget that nobody paid", async () => {
    const world = await createPlainWorld({ accounts: [founder] })
    const spent = await change(world, founder, () =>
      world.send(founder, "project", "createProject", ["p", "cid", 100n, 77n, 5n, "Token", "T"]),
    )
    expect(spent).toBe(0n)
    const token = await world.read("project", "getProjectToken", [1n])
    expect(await world.read("projectToken", "balanceOf", [founder], token)).toBe(5n)
    expect(await world.read("projectToken", "symbol", [], token)).toBe("T")
    const project = await world.read("project", "projects", [1n])
    expect(project.slice(0, 3)).toEqual([1n, "p", "cid"])
    expect([project[4], project[7], project[8], project[9], project[10]]).toEqual([0, 5n, 100n, 0n, 77n])
  })

  test("mint what a backer names, and train when the goal is reached", async () => {
    const world = await createPlainCycle()
    await world.send(founder, "project", "createProject", ["p", "cid", 100n, 0n, 0n, "T", "T"])
    const token = await world.read("project", "getProjectToken", [2n])
    await world.send(outsider, "project", "fundProject", [2n, 0n, 10n ** 24n])
    expect(await world.read("projectToken", "balanceOf", [outsider], token)).toBe(10n ** 24n)
    await world.send(outsider, "project", "fundProject", [2n, 99n, 0n])
    expect((await world.read("project", "projects", [2n]))[4]).toBe(0)
    const events = await world.send(outsider, "project", "fundProject", [2n, 1n, 0n])
    expect(events.at(-1)).toEqual({
      contract: "project",
      name: "ProjectStatusChanged",
      args: { projectId: 2n, newStatus: 1 },
    })
  })

  test("allocate their funding again and again", async () => {
    const world = await createPlainCycle()
    expect(await world.fails(founder, "project", "allocateTaskBudget", [1n, budget + 1n])).toContain(
      "more than",
    )
    expect(await world.fails(outsider, "project", "allocateTaskBudget", [1n, 1n])).toContain("only founder")
    await world.send(governance, "project", "allocateTaskBudget", [1n, budget])
    expect((await world.read("project", "projects", [1n]))[10]).toBe(2n * budget)
  })

  test("pay from their budget to whom an authorised contract says", async () => {
    const world = await createPlainCycle()
    const args = [1n, outsider, budget] as const
    expect(await world.fails(outsider, "project", "disburseFromBudget", args)).toContain("not a disburser")
    await world.send(governance, "project", "setAuthorizedDisburser", [first, true])
    expect(await world.call(first, "project", "disburseFromBudget", [1n, outsider, budget + 1n])).toBe(false)
    const paid = await change(world, outsider, () => world.send(first, "project", "disburseFromBudget", args))
    expect(paid).toBe(budget)
    expect(await world.call(first, "project", "disburseFromBudget", [1n, outsider, 1n])).toBe(false)
  })

  test("publish by founder, governance and who is authorised, and sell inference at the discounted price", async () => {
    const world = await createPlainCycle()
    expect(await world.fails(outsider, "project", "requestInference", [1n, "in"])).toContain("not deployed")
    expect(await world.fails(outsider, "project", "setMatureModel", [1n, "m", 100n])).toContain("may not")
    await world.send(governance, "project", "setAuthorizedModelSetter", [outsider, true])
    const published = await world.send(outsider, "project", "setMatureModel", [1n, "m", 100n])
    expect(published.map(({ name }) => name)).toEqual([
      "MatureModelUpdated",
      "InferencePriceSet",
      "ProjectStatusChanged",
    ])
    expect(await world.read("project", "getMatureModel", [1n])).toEqual(["m", 100n])
    const tiers = [
      { ptThreshold: budget, discountPermille: 250n },
      { ptThreshold: 1n, discountPermille: 100n },
    ]
    expect(await world.fails(outsider, "project", "setDiscountTiers", [1n, tiers])).toContain("only founder")
    await world.send(founder, "project", "setDiscountTiers", [1n, tiers])
    expect(await world.read("project", "getEffectivePrice", [1n, founder])).toBe(75n)
    expect(await world.read("project", "getEffectivePrice", [1n, outsider])).toBe(100n)
    const paid = await change(world, founder, () =>
      world.send(founder, "project", "requestInference", [1n, "in"]),
    )
    expect(paid).toBe(-75n)
    expect(await world.read("project", "nextInferenceRequestId", [])).toBe(2n)
  })

  test("share the whole pot by tokens of any project: one token of an empty one drains it", async () => {
    const world = await createPlainCycle()
    await world.send(outsider, "project", "createProject", ["d", "cid", 0n, 0n, 1n, "D", "D"])
    expect(await world.fails(outsider, "project", "withdrawRevenue", [2n])).toContain("not deployed")
    await world.send(outsider, "project", "setMatureModel", [2n, "m", 0n])
    expect(await world.fails(first, "project", "withdrawRevenue", [2n])).toContain("no project tokens")
    const drained = await change(world, outsider, () =>
      world.send(outsider, "project", "withdrawRevenue", [2n]),
    )
    expect(drained).toBe(budget)
    expect(await world.read("project", "withdrawnRevenue", [2n, outsider])).toBe(budget)
    expect(await world.fails(outsider, "project", "withdrawRevenue", [2n])).toContain("nothing to withdraw")
  })

  test("obey founder and governance, and nobody knows those that are not there", async () => {
    const world = await createPlainCycle()
    expect(await world.fails(outsider, "project", "updateStatus", [1n, 4])).toContain("only founder")
    expect(await world.fails(founder, "project", "updateStatus", [1n, 6])).toContain("unknown status")
    await world.send(founder, "project", "updateStatus", [1n, 4])
    expect(await world.fails(founder, "project", "fundProject", [1n, 1n, 1n])).toContain(
      "not open to funding",
    )
    expect(await world.fails(founder, "project", "fundProject", [9n, 1n, 1n])).toContain("unknown project")
    for (const setter of ["setAuthorizedDisburser", "setAuthorizedModelSetter"] as const) {
      expect(await world.fails(founder, "project", setter, [founder, true])).toContain("only governance")
    }
    await world.send(governance, "project", "setGovernance", [outsider])
    expect(await world.fails(governance, "project", "setGovernance", [governance])).toContain(
      "only governance",
    )
  })
})

describe("forced errors", () => {
  const bad = hashOf("bad")
  const inject = async () => {
    const world = await createPlainCycle()
    await world.send(outsider, "forcedErrors", "fundJackpotPool", [60n * ATN])
    await world.send(governance, "forcedErrors", "injectForcedError", [1n, bad])
    return world
  }

  test("are injected by governance, for everybody to see", async () => {
    const world = await inject()
    expect(await world.fails(outsider, "forcedErrors", "injectForcedError", [2n, bad])).toContain(
      "only governance",
    )
    expect(await world.fails(governance, "forcedErrors", "injectForcedError", [1n, bad])).toContain("already")
    expect(await world.read("forcedErrors", "isTaskForcedError", [1n])).toBe(true)
    expect((await world.read("forcedErrors", "getForcedError", [1n])).knownBadHash).toBe(bad)
  })

  test("pay the first coordinator that reports one, or what is left in the pool", async () => {
    const world = await inject()
    await world.send(governance, "forcedErrors", "injectForcedError", [2n, bad])
    const report = (id: bigint) => world.send(first, "forcedErrors", "reportForcedError", [id, bad])
    expect(await world.fails(outsider, "forcedErrors", "reportForcedError", [1n, bad])).toContain(
      "not a coordinator",
    )
    expect(await world.fails(first, "forcedErrors", "reportForcedError", [1n, hashOf("x")])).toContain(
      "not the bad",
    )
    expect(await change(world, first, () => report(1n))).toBe(50n * ATN)
    expect(await world.fails(second, "forcedErrors", "reportForcedError", [1n, bad])).toContain(
      "no forced error",
    )
    expect(await change(world, first, () => report(2n))).toBe(10n * ATN)
    expect(await world.read("forcedErrors", "getJackpotPool", [])).toBe(0n)
  })

  test("cost whom governance names, as often as it likes, once they are over", async () => {
    const world = await inject()
    const miss = ["forcedErrors", "processCoordinatorMiss", [1n, second]] as const
    expect(await world.fails(first, ...miss)).toContain("only governance")
    expect(await world.fails(governance, ...miss)).toContain("still open")
    await world.send(first, "forcedErrors", "reportForcedError", [1n, bad])
    for (let i = 0; i < 2; i++) await world.send(governance, ...miss)
    expect(await world.stakeOf(second)).toBe(450n * ATN)
  })

  test("expire after 1,000 blocks, once", async () => {
    const world = await inject()
    world.mine(1_000)
    expect(await world.read("forcedErrors", "isForcedErrorActive", [1n])).toBe(true)
    expect(await world.fails(outsider, "forcedErrors", "expireForcedError", [1n])).toContain("not expired")
    world.mine(1)
    expect(await world.fails(first, "forcedErrors", "reportForcedError", [1n, bad])).toContain(
      "no forced error",
    )
    const [event] = await world.send(outsider, "forcedErrors", "expireForcedError", [1n])
    expect(event?.name).toBe("ForcedErrorExpired")
    expect(await world.fails(outsider, "forcedErrors", "expireForcedError", [1n])).toContain(
      "already expired",
    )
    await world.send(governance, "forcedErrors", "processCoordinatorMiss", [1n, second])
  })

  test("follow the numbers that governance sets", async () => {
    const world = await inject()
    const setters = [
      ["setJackpotAmount", "jackpotAmount", 1n],
      ["setSlashAmount", "slashAmountForMissed", 2n],
      ["setForcedErrorProbability", "forcedErrorProbability", 1_000n],
      ["setExpirationBlocks", "expirationBlocks", 4n],
    ] as const
    for (const [setter, view, value] of setters) {
      expect(await world.fails(outsider, "forcedErrors", setter, [value])).toContain("only governance")
      const events = await world.send(governance, "forcedErrors", setter, [value])
      expect(events[0]?.args).toEqual({ parameter: view, newValue: value })
      expect(await world.read("forcedErrors", view, [])).toBe(value)
    }
    expect(await world.fails(governance, "forcedErrors", "setForcedErrorProbability", [1_001n])).toContain(
      "1,000",
    )
    expect(await world.call(outsider, "forcedErrors", "shouldInjectForcedError", [])).toBe(true)
    await world.send(governance, "forcedErrors", "setForcedErrorProbability", [0n])
    expect(await world.call(outsider, "forcedErrors", "shouldInjectForcedError", [])).toBe(false)
  })
})

test("whole tokens are minted at the start, later only by the DAO", async () => {
  const world = await createPlainWorld({ accounts: [proposer] })
  expect(await world.read("token", "totalSupply", [])).toBe(10_000_000n * ATN)
  expect(await world.read("token", "daoAddress", [])).toBe(getAddress(world.at.dao))
  expect(await world.fails(governance, "token", "mint", [proposer, 1n])).toContain("only the DAO")
  expect(await world.read("token", "CLOCK_MODE", [])).toBe("mode=blocknumber&from=default")
})

import { type Address, type Hex, zeroHash } from "viem"
import { describe, expect, test } from "vitest"
import {
  type PopulatedOptions,
  Task,
  budget,
  contentHash,
  coordinators,
  createPopulatedWorld,
  otherSolver,
  outsider,
  parameters,
  playVotes,
  proposeTask,
  saltOf,
  solver,
} from "./cycle.ts"
import { ATN, type World, governance, keeper, treasury, genesisHolder } from "./world.ts"

const badCid = "sha256-bad-result"
const salt = saltOf("trap")
const trapSolver = solver

const commitTrap = async (world: World, taskId: bigint, trapped: boolean) => {
  const commitment = await world.read("forcedErrors", "forcedErrorCommitmentFor", [
    taskId,
    trapped,
    contentHash(badCid),
    trapSolver,
    salt,
  ])
  return world.send(keeper, "forcedErrors", "commitForcedError", [taskId, commitment])
}
const openTrap = (world: World, taskId: bigint, trapped: boolean) =>
  world.send(keeper, "forcedErrors", "revealForcedError", [
    taskId,
    trapped,
    contentHash(badCid),
    trapSolver,
    salt,
  ])

/** A trapped (or not) task with the keeper's bad result and an honest one, up to the end of the votes. */
const playTrap = async (
  options: PopulatedOptions & { trapped?: boolean; approving?: number; honestToo?: boolean } = {},
): Promise<{ world: World; task: Task; panel: readonly Address[] }> => {
  const { trapped = true, approving = 2, honestToo = true } = options
  const world = await createPopulatedWorld(options)
  await commitTrap(world, 1n, trapped)
  const task = await proposeTask(world)
  await task.commit(trapSolver, badCid)
  if (honestToo) await task.commit(otherSolver)
  task.after("commit")
  await task.revealTruth()
  task.after("truth")
  await task.reveal(trapSolver, badCid)
  if (honestToo) await task.reveal(otherSolver)
  task.after("solution")
  const panel = await playVotes(
    task,
    (seat) => (seat < approving ? { isCorrect: true, score: 90 } : { isCorrect: false, score: 10 }),
    [trapSolver],
  )
  return { world, task, panel }
}
const stakes = (world: World, panel: readonly Address[]) => Promise.all(panel.map((by) => world.stakeOf(by)))
const pool = async (world: World) => [
  await world.read("forcedErrors", "jackpotPool", []),
  await world.read("forcedErrors", "reservedJackpots", []),
  await world.read("forcedErrors", "keeperBonds", []),
]

describe("a hidden trap", () => {
  test("slashes who approved it 25 ATN once, shares 50 ATN among who rejected it, pays neither solver nor proposer", async () => {
    const { world, task, panel } = await playTrap({ honestToo: false })
    await openTrap(world, 1n, true)
    const before = await Promise.all(panel.map((by) => world.balanceOf(by)))
    const { events } = await task.finalise(trapSolver)
    expect(await stakes(world, panel)).toEqual([475n, 475n, 500n, 500n, 500n].map((amount) => amount * ATN))
    const gains = await Promise.all(
      panel.map(async (by, i) => (await world.balanceOf(by)) - (before[i] as bigint)),
    )
    const share = (50n * ATN) / 3n
    expect(gains).toEqual([0n, 0n, share, share, share])
    expect(events.some(({ name }) => name === "RewardsDistributed" || name === "BondUpdated")).toBe(false)
    expect(await task.outcome(trapSolver)).toBe(4)
    expect((await world.read("project", "ledgerOf", [1n]))[1]).toBe(budget)
    expect(await pool(world)).toEqual([1_000n * ATN - 3n * share, 0n, 0n])
    expect(await world.balanceOf(treasury)).toBe(50n * ATN)
  })

  test("judges other submissions on the task as usual", async () => {
    const { world, task, panel } = await playTrap()
    await openTrap(world, 1n, true)
    await task.close()
    // The panel did not vote on the honest one: 5 % each, and 25 ATN from the two approvers of the trap.
    expect(await task.outcome(otherSolver)).toBe(3)
    expect((await world.stakeOf(panel[4] as Address)) < 500n * ATN).toBe(true)
    expect(await task.status()).toBe(10)
  })

  test("that nobody catches returns its jackpot to the pool", async () => {
    const { world, task, panel } = await playTrap({ approving: 5, honestToo: false })
    await openTrap(world, 1n, true)
    await task.finalise(trapSolver)
    expect(await stakes(world, panel)).toEqual(panel.map(() => 475n * ATN))
    expect(await pool(world)).toEqual([1_000n * ATN, 0n, 0n])
    expect(await world.read("forcedErrors", "isForcedErrorActive", [1n])).toBe(false)
  })

  test("with trapConsensusSettlement on also settles fee and consensus slash", async () => {
    const { world, task, panel } = await playTrap({
      honestToo: false,
      parameters: parameters("ResultsRewards", { trapConsensusSettlement: 1n, bondBonus: 0n }),
    })
    await openTrap(world, 1n, true)
    const { events } = await task.finalise(trapSolver)
    expect(await stakes(world, panel)).toEqual([425n, 425n, 500n, 500n, 500n].map((amount) => amount * ATN))
    const fees = events.filter(
      ({ name, args }) => name === "RewardsDistributed" && args["rewardType"] === "coordinator",
    )
    expect(fees).toHaveLength(3)
  })

  test("says nothing before its opening, and finalisation waits for that", async () => {
    const { world, task } = await playTrap()
    expect(await world.read("forcedErrors", "isForcedError", [1n])).toBe(false)
    expect((await world.read("forcedErrors", "getForcedError", [1n])).knownBadHash).toBe(zeroHash)
    await expect(task.finalise(trapSolver)).rejects.toThrow("TooEarly(1, 502, 527)")
    await openTrap(world, 1n, true)
    expect(await world.read("forcedErrors", "isTaskForcedError", [1n])).toBe(true)
    await task.finalise(trapSolver)
  })

  test("that the keeper does not open counts as untrapped and costs the keeper its bond", async () => {
    const { world, task, panel } = await playTrap({ approving: 4, honestToo: false })
    const before = await world.balanceOf(keeper)
    task.after("opening")
    await expect(openTrap(world, 1n, true)).rejects.toThrow("WrongPhase(1, 7, 6)")
    await task.finalise(trapSolver)
    expect(await task.outcome(trapSolver)).toBe(1)
    expect(await world.balanceOf(keeper)).toBe(before)
    expect(await pool(world)).toEqual([1_000n * ATN, 0n, 0n])
    // The bond of 50 ATN and the consensus slash of 50 ATN.
    expect(await world.balanceOf(treasury)).toBe(100n * ATN)
    expect(await world.stakeOf(panel[0] as Address)).toBe(500n * ATN)
  })

  test("can't frame an honest solver: content that was not revealed by the named account counts as untrapped", async () => {
    const world = await createPopulatedWorld()
    const commitment = await world.read("forcedErrors", "forcedErrorCommitmentFor", [
      1n,
      true,
      contentHash(badCid),
      otherSolver,
      salt,
    ])
    await world.send(keeper, "forcedErrors", "commitForcedError", [1n, commitment])
    const task = await proposeTask(world)
    await task.commit(otherSolver)
    task.after("commit")
    await task.revealTruth()
    task.after("truth")
    await task.reveal(otherSolver)
    task.after("solution")
    await playVotes(task, () => ({ isCorrect: true, score: 90 }), [otherSolver])
    const opened = await world.send(keeper, "forcedErrors", "revealForcedError", [
      1n,
      true,
      contentHash(badCid),
      otherSolver,
      salt,
    ])
    expect(opened.events.find(({ name }) => name === "ForcedErrorOpened")?.args["effective"]).toBe(false)
    await task.finalise(otherSolver)
    expect(await task.outcome(otherSolver)).toBe(1)
  })

  test("an untrapped commitment looks the same, returns its bond and is judged as usual", async () => {
    const { world, task } = await playTrap({ trapped: false, approving: 5, honestToo: false })
    const before = await world.balanceOf(keeper)
    await openTrap(world, 1n, false)
    expect((await world.balanceOf(keeper)) - before).toBe(50n * ATN)
    await task.finalise(trapSolver)
    expect(await task.outcome(trapSolver)).toBe(1)
  })
})

describe("commitments of the keeper", () => {
  test("come before the proposal, one a task, from the named keeper, while the pool has a jackpot free", async () => {
    const world = await createPopulatedWorld({ jackpotPool: 100n * ATN })
    expect(await world.fails(outsider, "forcedErrors", "commitForcedError", [1n, salt])).toBe(
      `NotKeeper(${outsider}, ${keeper})`,
    )
    await commitTrap(world, 1n, true)
    await expect(commitTrap(world, 1n, false)).rejects.toThrow("AlreadyRegistered(1)")
    await commitTrap(world, 2n, false)
    await expect(commitTrap(world, 3n, false)).rejects.toThrow(`PoolTooSmall(${50n * ATN}, 0)`)
    await proposeTask(world)
    await world.send(genesisHolder, "forcedErrors", "fundJackpotPool", [50n * ATN])
    await proposeTask(world)
    await proposeTask(world)
    await expect(commitTrap(world, 3n, false)).rejects.toThrow("TaskAlreadyProposed(3, 4)")
    expect(await pool(world)).toEqual([150n * ATN, 100n * ATN, 100n * ATN])
  })

  test("for a task that is not proposed in time expire, by anyone's call, with bond and reservation back", async () => {
    const world = await createPopulatedWorld()
    await commitTrap(world, 1n, true)
    expect(await world.fails(outsider, "forcedErrors", "expireForcedError", [1n])).toBe(
      "StillActive(1, 1001)",
    )
    world.mine(1_001)
    const task = await proposeTask(world)
    await world.send(outsider, "forcedErrors", "expireForcedError", [1n])
    expect(await pool(world)).toEqual([1_000n * ATN, 0n, 0n])
    expect(await world.balanceOf(keeper)).toBe(20_000n * ATN)
    expect(await world.fails(outsider, "forcedErrors", "expireForcedError", [1n])).toBe("NothingToOpen(1)")
    task.after("commit")
    await task.close()
  })

  test("where no vote is held the bond comes back without an opening", async () => {
    const world = await createPopulatedWorld()
    await commitTrap(world, 1n, true)
    const task = await proposeTask(world)
    task.after("commit")
    await task.close()
    expect(await pool(world)).toEqual([1_000n * ATN, 0n, 0n])
    expect(await world.balanceOf(keeper)).toBe(20_000n * ATN)
  })
})

describe("public traps", () => {
  const publicTraps = parameters("ForcedErrorRegistry", { allowPublicTraps: 1n })
  const playPublic = async () => {
    const world = await createPopulatedWorld({ parameters: publicTraps })
    const task = await proposeTask(world)
    await world.send(governance, "forcedErrors", "injectForcedError", [1n, contentHash(badCid)])
    await task.commit(solver, badCid)
    task.after("commit")
    await task.revealTruth()
    task.after("truth")
    await task.reveal(solver, badCid)
    task.after("solution")
    const panel = await playVotes(task, (seat) =>
      seat < 2 ? { isCorrect: true, score: 90 } : { isCorrect: false, score: 5 },
    )
    return { world, task, panel }
  }

  test("are off by default", async () => {
    const world = await createPopulatedWorld()
    await proposeTask(world)
    expect(await world.fails(governance, "forcedErrors", "injectForcedError", [1n, salt])).toBe(
      "PublicTrapsOff()",
    )
  })

  test("pay the first who reports with a dissenting vote; who approved is slashed once, nobody else", async () => {
    const { world, task, panel } = await playPublic()
    const [approver, , dissenter, third] = panel as readonly Hex[] as readonly [Hex, Hex, Hex, Hex]
    const report = (by: Address) =>
      world.fails(by, "forcedErrors", "reportForcedError", [1n, contentHash(badCid)])
    expect(await report(approver)).toBe(`NoDissentingVote(1, ${approver})`)
    expect(await report(outsider)).toBe(`NotActiveCoordinator(${outsider})`)
    expect(await world.fails(governance, "forcedErrors", "processCoordinatorMiss", [1n, approver])).toBe(
      "StillActive(1, 1001)",
    )
    await world.send(dissenter, "forcedErrors", "reportForcedError", [1n, contentHash(badCid)])
    expect(await world.balanceOf(dissenter)).toBe(19_550n * ATN)
    expect(await report(third)).toBe("NotPublicTrap(1)")
    await world.send(governance, "forcedErrors", "processCoordinatorMiss", [1n, approver])
    expect(await world.stakeOf(approver)).toBe(475n * ATN)
    expect(await world.fails(governance, "forcedErrors", "processCoordinatorMiss", [1n, approver])).toBe(
      `MissAlreadyProcessed(1, ${approver})`,
    )
    const bystander = coordinators.find((by) => !panel.includes(by)) as Address
    expect(await world.fails(governance, "forcedErrors", "processCoordinatorMiss", [1n, bystander])).toBe(
      `NoApprovingVote(1, ${bystander})`,
    )
    await task.finalise()
    expect(await task.outcome()).toBe(4)
    expect(await pool(world)).toEqual([950n * ATN, 0n, 0n])
  })

  test("expire once", async () => {
    const { world } = await playPublic()
    world.mine(1_000)
    await world.send(outsider, "forcedErrors", "expireForcedError", [1n])
    expect(await world.fails(outsider, "forcedErrors", "expireForcedError", [1n])).toBe("NothingToOpen(1)")
    expect(await pool(world)).toEqual([1_000n * ATN, 0n, 0n])
  })
})

test("the draw of shouldInjectForcedError hits about one time in twenty", async () => {
  const world = await createPopulatedWorld()
  let hits = 0
  for (let i = 0; i < 400; i++) {
    const { returnData } = await world.send(outsider, "forcedErrors", "shouldInjectForcedError", [])
    if (BigInt(returnData) === 1n) hits++
  }
  // 20 expected, standard deviation 4.4.
  expect(hits).toBeGreaterThan(4)
  expect(hits).toBeLessThan(42)
})

test("setters and views are the same numbers as the parameters", async () => {
  const world = await createPopulatedWorld()
  await world.send(governance, "forcedErrors", "setJackpotAmount", [7n])
  await world.send(governance, "forcedErrors", "setSlashAmount", [8n])
  await world.send(governance, "forcedErrors", "setForcedErrorProbability", [9n])
  await world.send(governance, "forcedErrors", "setExpirationBlocks", [10n])
  const views = [
    "jackpotAmount",
    "slashAmountForMissed",
    "forcedErrorProbability",
    "expirationBlocks",
  ] as const
  const values: bigint[] = []
  for (const view of views) values.push(await world.read("forcedErrors", view, []))
  expect(values).toEqual([7n, 8n, 9n, 10n])
  expect(await world.fails(governance, "forcedErrors", "setForcedErrorProbability", [1_001n])).toMatch(
    /^ParameterOutOfBounds/,
  )
})

import { type Address, encodeAbiParameters, keccak256, zeroAddress, zeroHash } from "viem"
import { describe, expect, test } from "vitest"
import {
  type Task,
  cidOf,
  contentHash,
  coordinators,
  createPopulatedWorld,
  founder,
  outsider,
  parameters,
  playToVoting,
  playVotes,
  proposeTask,
  saltOf,
  solver,
} from "./cycle.ts"
import { ATN, type World, governance, keeper, treasury } from "./world.ts"

const bad = contentHash(cidOf(solver))
const salt = saltOf("trap")
type Opening = readonly [trapped: boolean, content: `0x${string}`, by: Address]

const commit = async (
  world: World,
  taskId: bigint,
  [trapped, content, by]: Opening = [true, bad, solver],
) => {
  const args = [taskId, trapped, content, by, salt] as const
  const commitment = await world.read("forcedErrors", "forcedErrorCommitmentFor", args)
  return world.send(keeper, "forcedErrors", "commitForcedError", [taskId, commitment])
}
const open = (
  world: World,
  taskId: bigint,
  by = keeper,
  [trapped, content, on]: Opening = [true, bad, solver],
) => world.send(by, "forcedErrors", "revealForcedError", [taskId, trapped, content, on, salt])
const money = async (world: World) => [
  await world.read("forcedErrors", "jackpotPool", []),
  await world.read("forcedErrors", "reservedJackpots", []),
  await world.read("forcedErrors", "keeperBonds", []),
]

/** A committed trap, its task after the votes; so many seats approve. */
const playTrap = async (
  world: World,
  approving: number,
): Promise<{ task: Task; panel: readonly Address[] }> => {
  await commit(world, 1n)
  const task = await playToVoting(world)
  const panel = await playVotes(task, (seat) => ({ isCorrect: seat < approving, score: 50 }))
  return { task, panel }
}

describe("the pool", () => {
  test("is filled by anyone, with something", async () => {
    const world = await createPopulatedWorld({ jackpotPool: 0n })
    expect(await world.fails(outsider, "forcedErrors", "fundJackpotPool", [0n])).toBe("ZeroAmount()")
    const { events } = await world.send(outsider, "forcedErrors", "fundJackpotPool", [3n])
    expect(events.at(-1)).toEqual({
      contract: "forcedErrors",
      name: "JackpotFunded",
      args: { funder: outsider, amount: 3n },
    })
    expect(await world.read("forcedErrors", "getJackpotPool", [])).toBe(3n)
    expect(await world.balanceOf(world.at.forcedErrors)).toBe(3n)
  })

  test("promises its last wei and no more", async () => {
    const world = await createPopulatedWorld({ jackpotPool: 50n * ATN })
    await commit(world, 1n)
    expect(await money(world)).toEqual([50n * ATN, 50n * ATN, 50n * ATN])
    const poor = await createPopulatedWorld({ jackpotPool: 50n * ATN - 1n })
    await expect(commit(poor, 1n)).rejects.toThrow(`PoolTooSmall(${50n * ATN}, ${50n * ATN - 1n})`)
  })

  test("keeps the bond of a silent keeper where there is no treasury", async () => {
    const world = await createPopulatedWorld()
    const { tasks, results } = world.at
    await world.send(governance, "forcedErrors", "setContracts", [tasks, results, zeroAddress])
    const { task } = await playTrap(world, 5)
    task.after("opening")
    const { events } = await task.finalise()
    expect(events.find(({ name }) => name === "KeeperMissed")?.args).toEqual({
      taskId: 1n,
      keeper,
      bond: 50n * ATN,
    })
    expect(await money(world)).toEqual([1_050n * ATN, 0n, 0n])
    expect(await world.balanceOf(treasury)).toBe(0n)
  })

  test("works without bonds where the parameter says so", async () => {
    const world = await createPopulatedWorld({
      parameters: parameters("ForcedErrorRegistry", { keeperBond: 0n }),
    })
    const { events } = await commit(world, 1n)
    expect(events.map(({ name }) => name)).toEqual(["ForcedErrorCommitted"])
    const task = await playToVoting(world)
    await playVotes(task, () => ({ isCorrect: true, score: 50 }))
    expect((await open(world, 1n)).events.map(({ name }) => name)).toEqual([
      "ForcedErrorOpened",
      "ForcedErrorInjected",
    ])
    await task.finalise()
    expect(await money(world)).toEqual([1_000n * ATN, 0n, 0n])
    const silent = await playToVoting(world)
    expect(silent.id).toBe(2n)
  })
})

describe("an opening", () => {
  test("is the keeper's, of what it committed, once, in its window", async () => {
    const world = await createPopulatedWorld()
    const { task } = await playTrap(world, 2)
    const opening = world.blockNumber
    world.blockNumber = opening - 1n
    await expect(open(world, 1n)).rejects.toThrow("WrongPhase(1, 5, 6)")
    world.blockNumber = opening
    await expect(open(world, 1n, founder)).rejects.toThrow(`NotKeeper(${founder}, ${keeper})`)
    await expect(open(world, 1n, keeper, [false, bad, solver])).rejects.toThrow(/WrongOpening/)
    await expect(open(world, 2n)).rejects.toThrow("NothingToOpen(2)")
    world.blockNumber = opening + 24n
    const { events } = await open(world, 1n)
    expect(events.filter(({ contract }) => contract === "forcedErrors").map(({ args }) => args)).toEqual([
      { taskId: 1n, trapped: true, trapSolver: solver, effective: true },
      { taskId: 1n, knownBadHash: bad, jackpotAmount: 50n * ATN },
    ])
    await expect(open(world, 1n)).rejects.toThrow("NothingToOpen(1)")
    expect(await world.read("forcedErrors", "isForcedErrorActive", [1n])).toBe(true)
    await task.finalise()
    expect(await world.read("forcedErrors", "isForcedErrorActive", [1n])).toBe(false)
  })

  test("of a new keeper is not that of the old one's commitment", async () => {
    const world = await createPopulatedWorld()
    await playTrap(world, 2)
    await world.send(governance, "forcedErrors", "setKeeper", [founder])
    await expect(open(world, 1n, founder)).rejects.toThrow(`NotKeeper(${founder}, ${keeper})`)
    await open(world, 1n)
  })

  test("that names no content has no effect", async () => {
    const world = await createPopulatedWorld()
    await commit(world, 1n, [true, zeroHash, outsider])
    const task = await playToVoting(world)
    await playVotes(task, () => ({ isCorrect: true, score: 50 }))
    const { events } = await open(world, 1n, keeper, [true, zeroHash, outsider])
    expect(events[0]?.args["effective"]).toBe(false)
    expect(await money(world)).toEqual([1_000n * ATN, 0n, 0n])
    expect((await world.read("forcedErrors", "trapOf", [1n]))[0]).toBe(2)
  })

  test("decides what settlement is told", async () => {
    const world = await createPopulatedWorld()
    const state = () => world.read("forcedErrors", "trapOf", [1n])
    const none = [0, zeroHash, zeroAddress]
    expect(await state()).toEqual(none)
    await commit(world, 1n)
    expect(await state()).toEqual(none)
    const task = await playToVoting(world)
    expect(await state()).toEqual([1, zeroHash, zeroAddress])
    await playVotes(task, (seat) => ({ isCorrect: seat < 2, score: 50 }))
    await open(world, 1n)
    expect(await state()).toEqual([3, bad, solver])
    await task.finalise()
    const record = await world.read("forcedErrors", "getForcedError", [1n])
    expect(record).toMatchObject({ taskId: 1n, knownBadHash: bad, jackpotAmount: 50n * ATN, caught: true })
    expect(record.catcher).not.toBe(zeroAddress)
    expect((await world.read("forcedErrors", "forcedErrors", [1n]))[0]).toBe(1n)
    expect((await world.read("forcedErrors", "getForcedError", [2n])).taskId).toBe(0n)
    expect((await world.read("forcedErrors", "forcedErrors", [2n]))[0]).toBe(0n)
  })
})

describe("who approved a trap", () => {
  test("loses at most what it has", async () => {
    const world = await createPopulatedWorld({
      parameters: parameters("ForcedErrorRegistry", { slashAmountForMissed: 600n * ATN }),
    })
    const { task, panel } = await playTrap(world, 1)
    await open(world, 1n)
    const { events } = await task.finalise()
    expect(events.find(({ name }) => name === "ForcedErrorMissed")?.args).toEqual({
      taskId: 1n,
      coordinator: panel[0],
      slashAmount: 500n * ATN,
    })
    expect(await world.stakeOf(panel[0] as Address)).toBe(0n)
    expect(await world.read("forcedErrors", "missProcessed", [1n, panel[0] as Address])).toBe(true)
  })

  test("loses nothing where the parameter is zero, and the miss is on record all the same", async () => {
    const world = await createPopulatedWorld({
      parameters: parameters("ForcedErrorRegistry", { slashAmountForMissed: 0n }),
    })
    const { task, panel } = await playTrap(world, 1)
    await open(world, 1n)
    const { events } = await task.finalise()
    expect(events.some(({ name }) => name === "Slashed")).toBe(false)
    expect(events.find(({ name }) => name === "ForcedErrorMissed")?.args["slashAmount"]).toBe(0n)
    expect(await world.stakeOf(panel[0] as Address)).toBe(500n * ATN)
  })
})

describe("a commitment binds a task proposed by its last block", () => {
  test("at that block the keeper has to open", async () => {
    const world = await createPopulatedWorld()
    const { blockNumber } = world
    await commit(world, 1n)
    world.blockNumber = blockNumber + 1_000n
    await proposeTask(world)
    expect((await world.read("forcedErrors", "trapOf", [1n]))[0]).toBe(1)
    world.mine(1)
    expect(await world.fails(outsider, "forcedErrors", "expireForcedError", [1n])).toBe("NothingToOpen(1)")
  })

  test("a block later it need not, can't, and anyone gives its bond back", async () => {
    const world = await createPopulatedWorld()
    await commit(world, 1n)
    world.mine(1_001)
    const task = await playToVoting(world)
    expect((await world.read("forcedErrors", "trapOf", [1n]))[0]).toBe(0)
    await playVotes(task, () => ({ isCorrect: true, score: 90 }))
    await expect(open(world, 1n)).rejects.toThrow("NothingToOpen(1)")
    await task.finalise()
    expect(await task.outcome()).toBe(1)
    expect(await world.balanceOf(keeper)).toBe(20_000n * ATN)
    expect(await money(world)).toEqual([1_000n * ATN, 0n, 0n])
  })

  test("where none was proposed it can be dissolved from the block after, not before", async () => {
    const world = await createPopulatedWorld()
    const { blockNumber } = world
    await commit(world, 1n)
    const expire = () => world.fails(outsider, "forcedErrors", "expireForcedError", [1n])
    world.blockNumber = blockNumber + 1_000n
    expect(await expire()).toBe(`StillActive(1, ${blockNumber + 1_000n})`)
    world.mine(1)
    const { events } = await world.send(outsider, "forcedErrors", "expireForcedError", [1n])
    expect(events.at(-1)).toEqual({
      contract: "forcedErrors",
      name: "ForcedErrorExpired",
      args: { taskId: 1n },
    })
    expect(await expire()).toBe("NothingToOpen(1)")
  })
})

describe("a public trap", () => {
  const publicTraps = parameters("ForcedErrorRegistry", { allowPublicTraps: 1n })
  const inject = (world: World, taskId = 1n, content = bad) =>
    world.send(governance, "forcedErrors", "injectForcedError", [taskId, content])

  test("is injected by governance, once a task, with a content, before the votes have ended", async () => {
    const world = await createPopulatedWorld({ parameters: publicTraps })
    const task = await playToVoting(world)
    expect(await world.fails(outsider, "forcedErrors", "injectForcedError", [1n, bad])).toMatch(
      /^NotGovernance/,
    )
    await expect(inject(world, 1n, zeroHash)).rejects.toThrow(`WrongSolutionHash(1, ${zeroHash})`)
    await expect(inject(world, 9n)).rejects.toThrow("WrongPhase(9, 0, 1)")
    task.after("voteReveal")
    await expect(inject(world)).rejects.toThrow("WrongPhase(1, 6, 1)")
    world.mine(-1)
    const { events } = await inject(world)
    expect(events[0]?.args).toEqual({ taskId: 1n, knownBadHash: bad, jackpotAmount: 50n * ATN })
    await expect(inject(world)).rejects.toThrow("AlreadyRegistered(1)")
  })

  const voted = async () => {
    const world = await createPopulatedWorld({ parameters: publicTraps })
    const task = await playToVoting(world)
    const injectedAt = world.blockNumber
    await inject(world)
    const panel = await playVotes(task, (seat) => ({ isCorrect: seat < 2, score: 50 }))
    return { world, task, panel, lastBlock: injectedAt + 1_000n }
  }
  const report = (world: World, by: Address, content = bad) =>
    world.send(by, "forcedErrors", "reportForcedError", [1n, content])
  const miss = (world: World, of: Address, by = governance) =>
    world.send(by, "forcedErrors", "processCoordinatorMiss", [1n, of])

  test("is reported with its content up to its last block", async () => {
    const { world, panel, lastBlock } = await voted()
    const dissenter = panel[2] as Address
    const other = contentHash("other")
    await expect(report(world, dissenter, other)).rejects.toThrow(`WrongSolutionHash(1, ${other})`)
    world.blockNumber = lastBlock + 1n
    await expect(report(world, dissenter)).rejects.toThrow("NotPublicTrap(1)")
    expect(await world.read("forcedErrors", "isForcedErrorActive", [1n])).toBe(false)
    world.blockNumber = lastBlock
    expect(await world.read("forcedErrors", "isForcedErrorActive", [1n])).toBe(true)
    const { events } = await report(world, dissenter)
    expect(events.at(-1)?.args).toEqual({ taskId: 1n, catcher: dissenter, jackpotAwarded: 50n * ATN })
    expect(await world.read("forcedErrors", "getForcedError", [1n])).toMatchObject({
      caught: true,
      catcher: dissenter,
    })
    expect(await world.read("forcedErrors", "isForcedErrorActive", [1n])).toBe(false)
  })

  test("costs who approved it from the block after its last one, by governance's call", async () => {
    const { world, panel, lastBlock } = await voted()
    const approver = panel[0] as Address
    world.blockNumber = lastBlock
    await expect(miss(world, approver)).rejects.toThrow(`StillActive(1, ${lastBlock})`)
    expect(await world.fails(outsider, "forcedErrors", "expireForcedError", [1n])).toBe(
      `StillActive(1, ${lastBlock})`,
    )
    world.mine(1)
    await expect(miss(world, approver, outsider)).rejects.toThrow(/NotGovernance/)
    await expect(miss(world, panel[3] as Address)).rejects.toThrow(`NoApprovingVote(1, ${panel[3]})`)
    await miss(world, approver)
    expect(await world.stakeOf(approver)).toBe(475n * ATN)
    await world.send(outsider, "forcedErrors", "expireForcedError", [1n])
    expect(await money(world)).toEqual([1_000n * ATN, 0n, 0n])
  })

  test("is not what the keeper commits to", async () => {
    const world = await createPopulatedWorld({ parameters: publicTraps })
    const { panel } = await playTrap(world, 2)
    await expect(miss(world, panel[0] as Address)).rejects.toThrow("NotPublicTrap(1)")
    await expect(report(world, panel[2] as Address)).rejects.toThrow("NotPublicTrap(1)")
  })
})

test("a probability of zero never draws, of a thousand always", async () => {
  for (const [permille, drawn] of [
    [0n, 0n],
    [1_000n, 1n],
  ] as const) {
    const world = await createPopulatedWorld({
      parameters: parameters("ForcedErrorRegistry", { forcedErrorProbability: permille }),
    })
    for (let i = 0; i < 20; i++) {
      const { returnData } = await world.send(outsider, "forcedErrors", "shouldInjectForcedError", [])
      expect(BigInt(returnData)).toBe(drawn)
    }
  }
})

test("a draw hits where the block's number in a thousand is below the probability, not where it is equal", async () => {
  const world = await createPopulatedWorld()
  const types = [{ type: "bytes32" }, { type: "address" }, { type: "uint256" }] as const
  const { prevRandao } = world.environment
  const hash = keccak256(encodeAbiParameters(types, [prevRandao, world.at.forcedErrors, 0n]))
  const number = BigInt(hash) % 1_000n
  const start = world.engine.snapshot()
  for (const [permille, drawn] of [
    [number, 0n],
    [number + 1n, 1n],
  ] as const) {
    await world.send(governance, "forcedErrors", "setForcedErrorProbability", [permille])
    const { returnData } = await world.send(outsider, "forcedErrors", "shouldInjectForcedError", [])
    expect(BigInt(returnData)).toBe(drawn)
    world.engine.restore(start)
  }
})

test("every coordinator's approval and rejection of a content is told apart", async () => {
  const world = await createPopulatedWorld()
  const task = await playToVoting(world)
  const panel = await playVotes(task, (seat) =>
    seat === 4 ? "no reveal" : { isCorrect: seat < 2, score: 50 },
  )
  const told = (by: Address, content = bad) => world.read("results", "voteOnContent", [1n, content, by])
  expect(await told(panel[0] as Address)).toEqual([true, true])
  expect(await told(panel[2] as Address)).toEqual([true, false])
  expect(await told(panel[4] as Address)).toEqual([false, false])
  expect(await told(panel[0] as Address, contentHash("other"))).toEqual([false, false])
  const bystander = coordinators.find((by) => !panel.includes(by)) as Address
  expect(await told(bystander)).toEqual([false, false])
})

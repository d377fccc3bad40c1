/** Juries on amendments at the edges of their windows and rules. */
import type { Address } from "viem"
import { beforeAll, beforeEach, describe, expect, test } from "vitest"
import type { SuiteParameter } from "../../chain/suite.ts"
import { outsider, parameters } from "./cycle.ts"
import {
  type Motion,
  type Verdict,
  commitVerdict,
  createGovernedWorld,
  guardian,
  playJury,
  propose,
  report,
  revealVerdict,
} from "./government.ts"
import { ATN, type World, governance } from "./world.ts"

const approve = { approves: true, confidence: 90 } as const
const amend = (world: World): Promise<Motion> => propose(world, "constitution", "amendPrinciple", [0n, "new"])
const juryOf = (world: World) => world.read("constitution", "juryOf", [1n])
const jurorsOf = async (world: World): Promise<readonly Address[]> =>
  (await world.read("constitution", "jurorsOf", [1n])).map(({ juror }) => juror)
const noBlock = 2n ** 256n - 1n

describe("a jury's windows", () => {
  let world: World
  let goBack: () => void
  let windows: Readonly<Record<"startBlock" | "drawEnd" | "commitEnd" | "revealEnd", bigint>>
  beforeAll(async () => {
    world = await createGovernedWorld()
    await amend(world)
    goBack = world.remember()
    const { startBlock, drawEnd, commitEnd, revealEnd } = await juryOf(world)
    windows = {
      startBlock: BigInt(startBlock),
      drawEnd: BigInt(drawEnd),
      commitEnd: BigInt(commitEnd),
      revealEnd: BigInt(revealEnd),
    }
  })
  beforeEach(() => {
    goBack()
    world.blockNumber = windows.startBlock + 1n
  })
  const outside = (first: bigint, last: bigint) => `OutsideWindow(1, ${world.blockNumber}, ${first}, ${last})`

  test("begin with the votes: the block before, nobody draws or commits", async () => {
    const { startBlock, drawEnd, commitEnd } = windows
    world.blockNumber = startBlock
    expect(await world.fails(outsider, "constitution", "drawJury", [1n])).toBe(
      outside(startBlock + 1n, drawEnd),
    )
    await world.send(outsider, "constitution", "drawJuryIfDue", [1n])
    expect((await juryOf(world)).drawn).toBe(false)
    expect(await world.fails(outsider, "constitution", "commitVerdict", [1n, `0x${"1".repeat(64)}`])).toBe(
      outside(startBlock + 1n, commitEnd),
    )
    world.mine(1)
    await world.send(outsider, "constitution", "drawJuryIfDue", [1n])
    expect((await juryOf(world)).drawn).toBe(true)
  })

  test("allow the draw that is due until the last block with enough notice", async () => {
    world.blockNumber = windows.drawEnd
    await world.send(outsider, "constitution", "drawJuryIfDue", [1n])
    expect((await juryOf(world)).drawn).toBe(true)
  })

  test("take commitments to their last block and reveals from the next to theirs", async () => {
    const { commitEnd, revealEnd } = windows
    await world.send(outsider, "constitution", "drawJury", [1n])
    const [juror] = (await jurorsOf(world)) as readonly [Address]
    world.blockNumber = commitEnd
    await commitVerdict(world, 1n, juror, approve)
    await expect(revealVerdict(world, 1n, juror, approve)).rejects.toThrow(outside(commitEnd + 1n, revealEnd))
    world.blockNumber = revealEnd
    await revealVerdict(world, 1n, juror, approve)
    expect(await world.fails(outsider, "constitution", "closeJury", [1n])).toBe(
      outside(revealEnd + 1n, noBlock),
    )
  })

  test.each([
    ["until the last block of the reveals excuses the silent", 0n, 10_000n],
    ["after it finds their silence complete", 1n, 9_500n],
  ])("and a veto %s", async (_, later, left) => {
    await world.send(outsider, "constitution", "drawJury", [1n])
    const [juror] = (await jurorsOf(world)) as readonly [Address]
    world.blockNumber = windows.revealEnd + later
    const { events } = await world.send(guardian, "dao", "veto", [1n])
    expect(events.at(-1)?.args).toEqual({ juryId: 1n, early: later === 0n })
    expect(await world.stakeOf(juror)).toBe(left * ATN)
  })
})

test("with less time to commit than its notice, a jury can be drawn in its first block only", async () => {
  for (const [notice, draws] of [
    [12n, 1],
    [9n, 1],
    [8n, 2],
  ] as const) {
    const world = await createGovernedWorld({
      parameters: parameters("Constitution", { juryCommitBlocks: 10n, juryNoticeBlocks: notice }),
    })
    await amend(world)
    const { startBlock, drawEnd } = await juryOf(world)
    expect(drawEnd - startBlock).toBe(draws)
  }
})

describe("a jury's consent", () => {
  const consents = async (
    verdictOf: (seat: number) => Verdict,
    rules: Readonly<Record<string, bigint>> = {},
  ): Promise<boolean> => {
    const six: readonly SuiteParameter[] = parameters("Constitution", {
      jurySize: 6n,
      juryMinVerdicts: 1n,
      juryMajorityBps: 5_000n,
      ...rules,
    })
    const world = await createGovernedWorld({ parameters: six })
    const motion = await amend(world)
    await motion.open()
    await playJury(motion, verdictOf)
    return world.read("constitution", "juryConsents", [1n])
  }
  const first = (count: number) => (seat: number) => (seat < count ? approve : "silent")

  test("needs its quorum of the panel's stake: exactly half of it is enough, less is not", async () => {
    expect([await consents(first(3)), await consents(first(2))]).toEqual([true, false])
  })

  test("needs its majority of the weight revealed: exactly that is enough, less is not", async () => {
    const split = (count: number) => (seat: number) => ({ approves: seat < count, confidence: 90 })
    expect([await consents(split(3)), await consents(split(2))]).toEqual([true, false])
  })

  test("is never given by jurors without any confidence where confidence weighs", async () => {
    const unsure = () => ({ approves: true, confidence: 0 })
    expect(await consents(unsure, { juryConfidenceWeighs: 1n })).toBe(false)
    expect(await consents(unsure)).toBe(true)
  })
})

test("a juror's verdict weighs the stake at its reveal, at most the stake at the draw", async () => {
  const world = await createGovernedWorld({ deployment: { governedBy: "deployer" } })
  await world.send(governance, "staking", "setAuthorizedSlasher", [governance, true])
  const motion = await amend(world)
  await motion.open()
  await world.send(outsider, "constitution", "drawJury", [1n])
  const [richer, poorer] = (await jurorsOf(world)) as readonly [Address, Address]
  for (const juror of [richer, poorer]) await commitVerdict(world, 1n, juror, approve)
  await world.send(richer, "staking", "addToStake", [3_000n * ATN])
  await world.send(governance, "staking", "slash", [poorer, 4_000n * ATN, "elsewhere"])
  world.blockNumber = BigInt((await juryOf(world)).commitEnd) + 1n
  const weights = []
  for (const juror of [richer, poorer])
    weights.push((await revealVerdict(world, 1n, juror, approve)).events[0]?.args)
  expect(weights).toEqual(
    [
      [richer, 10_000n],
      [poorer, 6_000n],
    ].map(([juror, weight]) => ({
      juryId: 1n,
      juror,
      approves: true,
      confidence: 90n,
      weight: (weight as bigint) * ATN,
      reportCid: report,
    })),
  )
})

test("a silent juror loses no more than it has left", async () => {
  const world = await createGovernedWorld({ deployment: { governedBy: "deployer" } })
  await world.send(governance, "staking", "setAuthorizedSlasher", [governance, true])
  const motion = await amend(world)
  await motion.open()
  await world.send(outsider, "constitution", "drawJury", [1n])
  const [poorer, emptied] = (await jurorsOf(world)) as readonly [Address, Address]
  await world.send(governance, "staking", "slash", [poorer, 9_600n * ATN, "elsewhere"])
  await world.send(governance, "staking", "slash", [emptied, 10_000n * ATN, "elsewhere"])
  world.blockNumber = BigInt((await juryOf(world)).revealEnd) + 1n
  const { events } = await world.send(outsider, "constitution", "closeJury", [1n])
  const silent = events.filter(({ name }) => name === "JurorSilent").map(({ args }) => args)
  expect(silent.slice(0, 2)).toEqual([
    { juryId: 1n, juror: poorer, slashed: 400n * ATN },
    { juryId: 1n, juror: emptied, slashed: 0n },
  ])
})

import type { Address } from "viem"
import { describe, expect, test } from "vitest"
import {
  aggregator,
  closeDispute,
  createDisputed,
  createPublished,
  disputer,
  disputeRules,
  drawDispute,
  gains,
  judge,
  publication,
  round,
  stateOf,
} from "./dispute.ts"
import { founder, outsider, saltOf } from "./cycle.ts"
import { hangingIn } from "./liveness.ts"
import { ATN, governance, treasury, type World } from "./world.ts"

const dutiesOf = (world: World, of: Address) => world.read("staking", "openDuties", [of])
const nobody: Address = `0x${"0".repeat(40)}`

/** Disputed in the block of the publication, and nobody drew a panel: the first block to close it. */
const createUndrawn = async (): Promise<World> => {
  const world = await createDisputed()
  world.mine(25)
  return world
}

describe("an undecided dispute that ends inside the window", () => {
  test("leaves what is left of the window to others, and its deposit to the treasury where nobody drew a panel", async () => {
    const world = await createUndrawn()
    const before = await world.read("disputes", "publicationOf", round)
    const openedAt = (await world.read("disputes", "disputeOf", round)).openedAt
    const paid = await gains(world, [disputer, treasury], async () => {
      const { events } = await closeDispute(world)
      expect(events.find(({ name }) => name === "DisputeClosed")?.args).toMatchObject({
        state: publication.undecided,
      })
    })
    expect(paid).toEqual([0n, 50n * ATN])
    expect(await world.read("disputes", "publicationOf", round)).toEqual({
      ...before,
      state: publication.disputable,
      windowEnd: before.windowEnd + Number(world.blockNumber) - openedAt,
    })
    expect((await world.read("disputes", "disputeOf", round)).disputer).toBe(nobody)
    expect(await world.read("disputes", "isDisputed", round)).toBe(false)
    expect(await world.read("disputes", "isFinal", round)).toBe(false)
    expect(
      await gains(world, [founder], () => world.send(founder, "disputes", "openDispute", round)),
    ).toEqual([-50n * ATN])
    expect(await world.read("disputes", "totalDeposits", [])).toBe(50n * ATN)
    expect((await world.read("disputes", "disputeOf", round)).disputer).toBe(founder)
  })

  test("keeps its aggregator on duty, once, until the window is over", async () => {
    const world = await createUndrawn()
    await closeDispute(world)
    expect(await dutiesOf(world, aggregator)).toBe(1n)
    expect(await hangingIn(world)).toEqual([])
    const { windowEnd } = await world.read("disputes", "publicationOf", round)
    world.blockNumber = BigInt(windowEnd)
    expect(await world.fails(outsider, "disputes", "releaseAggregator", round)).toMatch(/^DisputeStillOpen/)
    world.mine(1)
    expect(await world.fails(disputer, "disputes", "openDispute", round)).toMatch(/^DisputeWindowOver/)
    await world.send(outsider, "disputes", "releaseAggregator", round)
    expect(await dutiesOf(world, aggregator)).toBe(0n)
    expect(await stateOf(world)).toBe(publication.released)
  })

  test("does not use the window up where nobody drew a panel, however often and however late", async () => {
    const world = await createPublished()
    const { windowEnd } = await world.read("disputes", "publicationOf", round)
    const left = BigInt(windowEnd) - world.blockNumber
    for (let times = 1; times <= 5; times++) {
      await world.send(disputer, "disputes", "openDispute", round)
      world.mine(26 * times)
      expect(await gains(world, [disputer, treasury], () => closeDispute(world))).toEqual([0n, 50n * ATN])
      const now = (await world.read("disputes", "publicationOf", round)).windowEnd
      expect(BigInt(now) - world.blockNumber).toBe(left)
    }
    expect(await hangingIn(world)).toEqual([])
    world.mine(Number(left))
    expect(await world.read("disputes", "isFinal", round)).toBe(false)
    await world.send(founder, "disputes", "openDispute", round)
    world.mine(26)
    await closeDispute(world)
    world.mine(1)
    expect(await world.fails(founder, "disputes", "openDispute", round)).toMatch(/^DisputeWindowOver/)
    expect(await world.read("disputes", "isFinal", round)).toBe(true)
    await world.send(outsider, "disputes", "releaseAggregator", round)
    expect(await dutiesOf(world, aggregator)).toBe(0n)
  })

  test("does not use the window up where too little of the panel spoke, and gets its deposit back", async () => {
    const world = await createDisputed(disputeRules({ verdictPanelSize: 4n }))
    const { windowEnd } = await world.read("disputes", "publicationOf", round)
    const { openedAt } = await world.read("disputes", "disputeOf", round)
    await judge(world, (seat) => seat === 0 || "silent")
    expect(await gains(world, [disputer], () => closeDispute(world))).toEqual([50n * ATN])
    expect(await world.read("disputes", "publicationOf", round)).toMatchObject({
      state: publication.disputable,
      windowEnd: windowEnd + Number(world.blockNumber) - openedAt,
    })
  })

  test("ends the matter where a panel was split in half and the window is over", async () => {
    const world = await createDisputed(disputeRules({ verdictPanelSize: 4n }))
    const { windowEnd } = await world.read("disputes", "publicationOf", round)
    await judge(world, (seat) => seat < 2)
    await closeDispute(world)
    expect(await world.read("disputes", "publicationOf", round)).toMatchObject({
      state: publication.undecided,
      windowEnd,
    })
    expect(await dutiesOf(world, aggregator)).toBe(0n)
    expect(await world.fails(disputer, "disputes", "openDispute", round)).toBe("NotDisputable(1, 1, 6)")
    expect(await world.fails(outsider, "disputes", "releaseAggregator", round)).toBe("NotDisputable(1, 1, 6)")
  })

  test("burns the deposit of a dispute without a panel where there is no treasury", async () => {
    const world = await createUndrawn()
    await world.send(governance, "staking", "setTreasury", [nobody])
    const before = await world.read("token", "totalSupply", [])
    await closeDispute(world)
    expect(await world.read("token", "totalSupply", [])).toBe(before - 50n * ATN)
    expect(await world.balanceOf(world.at.disputes)).toBe(0n)
  })
})

describe("a dispute after an undecided one", () => {
  /** Two against two in the first dispute, well inside the window; the second is open. */
  const createTied = async () => {
    const world = await createDisputed(
      disputeRules({ verdictPanelSize: 4n, aggregationDisputeBlocks: 1_000n }),
    )
    await judge(world, (seat) => seat < 2)
    const first = await world.read("disputes", "panelOf", round)
    await closeDispute(world)
    for (const { coordinator } of first) expect(await dutiesOf(world, coordinator)).toBe(0n)
    expect(await world.read("disputes", "panelOf", round)).toEqual([])
    await world.send(disputer, "disputes", "openDispute", round)
    world.mine(1)
    return { world, first }
  }

  test("has a panel of its own, which decides as the first one could have", async () => {
    const { world } = await createTied()
    const panel = await judge(world, () => true)
    expect(panel).toHaveLength(4)
    const got = await gains(world, [disputer, aggregator, ...panel], () => closeDispute(world))
    expect(got).toEqual([100n * ATN, 0n, ...panel.map(() => (10n * ATN) / 4n)])
    expect(await world.stakeOf(aggregator)).toBe(880n * ATN)
    expect(await stateOf(world)).toBe(publication.disproved)
    for (const by of [aggregator, ...panel]) expect(await dutiesOf(world, by)).toBe(0n)
  })

  test("takes no commitment of the first one", async () => {
    const { world, first } = await createTied()
    const panel = await drawDispute(world)
    const again = first.filter(({ coordinator }) => panel.includes(coordinator))
    expect(again).not.toEqual([])
    for (const { coordinator, commitment } of again) {
      await world.send(coordinator, "disputes", "commitVerdict", [...round, commitment])
    }
    world.mine(51)
    for (const { coordinator, mismatch } of again) {
      const args = [...round, mismatch, saltOf(coordinator)] as const
      expect(await world.fails(coordinator, "disputes", "revealVerdict", args)).toMatch(/^WrongVerdictReveal/)
    }
  })

  test("leaves the next round's publication a dispute of its own", async () => {
    const world = await createDisputed(
      disputeRules({ verdictPanelSize: 4n, aggregationDisputeBlocks: 1_000n }),
    )
    await judge(world, (seat) => seat < 2)
    await closeDispute(world)
    const next = [1n, 2n] as const
    await world.send(disputer, "project", "drawAggregator", next)
    await world.send(aggregator, "project", "publishGlobalModel", [...next, "g2"])
    await world.send(disputer, "disputes", "openDispute", next)
    expect(await world.read("disputes", "panelOf", next)).toEqual([])
    world.mine(1)
    await world.send(disputer, "disputes", "drawPanel", next)
    expect(await world.read("disputes", "panelOf", next)).toHaveLength(4)
    expect(await stateOf(world)).toBe(publication.disputable)
  })
})

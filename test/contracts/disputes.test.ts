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
import { budget, coordinators, createPopulatedWorld, founder, parameters } from "./cycle.ts"
import { ATN, atn, type DecodedEvent, governance, treasury, type World } from "./world.ts"

const day = 86_400n
const slashes = (world: World, accounts: readonly Address[], from: bigint) =>
  Promise.all(accounts.map(async (account) => from - (await world.stakeOf(account))))

describe("a publication", () => {
  test("by an aggregator is recorded by the project alone and can be disputed for 100 blocks", async () => {
    const world = await createPublished()
    const { windowEnd, ...rest } = await world.read("disputes", "publicationOf", round)
    expect(windowEnd).toBe(Number(world.blockNumber) + 100)
    expect(rest).toEqual({
      aggregator,
      state: publication.disputable,
      reward: 20n * ATN,
      projectId: 1n,
      round: 1n,
    })
    expect(await world.fails(aggregator, "disputes", "recordPublication", [...round, aggregator, 0n])).toBe(
      `NotProject(${aggregator})`,
    )
    world.mine(100)
    const late = world.engine.snapshot()
    await world.send(disputer, "disputes", "openDispute", round)
    world.engine.restore(late)
    world.mine(1)
    expect(await world.fails(disputer, "disputes", "openDispute", round)).toBe(
      `DisputeWindowOver(${windowEnd + 1}, ${windowEnd})`,
    )
  })

  test("by the founder has no stake behind it and can't be disputed", async () => {
    const world = await createPopulatedWorld()
    await world.send(founder, "project", "publishGlobalModel", [...round, "g1"])
    expect(await world.fails(disputer, "disputes", "openDispute", round)).toBe("NotDisputable(1, 1, 0)")
    expect(await world.read("disputes", "isFinal", round)).toBe(true)
  })

  test("holds its aggregator at stake until it is beyond dispute, and anyone may release it then", async () => {
    const world = await createPublished()
    await world.send(aggregator, "staking", "requestUnstake", [])
    world.extraSeconds = 14n * day
    expect(await world.fails(aggregator, "staking", "unstake", [])).toBe(`OpenDuties(${aggregator}, 1)`)
    const last = world.blockNumber + 100n
    world.mine(100)
    expect(await world.read("disputes", "isFinal", round)).toBe(false)
    expect(await world.fails(disputer, "disputes", "releaseAggregator", round)).toBe(
      `DisputeStillOpen(${last}, ${last})`,
    )
    world.mine(1)
    expect(await world.read("disputes", "isFinal", round)).toBe(true)
    const { events } = await world.send(disputer, "disputes", "releaseAggregator", round)
    expect(events).toEqual([
      { contract: "disputes", name: "AggregatorReleased", args: { projectId: 1n, round: 1n, aggregator } },
    ])
    expect(await stateOf(world)).toBe(publication.released)
    expect(await world.read("disputes", "isFinal", round)).toBe(true)
    expect(await world.fails(disputer, "disputes", "releaseAggregator", round)).toBe("NotDisputable(1, 1, 3)")
    await world.send(aggregator, "staking", "unstake", [])
  })

  test("makes its aggregator a setter of the mature model only once it is beyond dispute", async () => {
    const world = await createPublished()
    await world.send(founder, "project", "setInferencePrice", [1n, ATN])
    const deploy = [1n, "g1", ATN] as const
    expect(await world.fails(aggregator, "project", "setMatureModel", deploy)).toBe(
      `NotModelSetter(1, ${aggregator})`,
    )
    world.mine(101)
    await world.send(aggregator, "project", "setMatureModel", deploy)
  })
})

/** Transfers that move nothing say nothing either. */
const emptyTransfers = (events: readonly DecodedEvent[]) =>
  events.filter(({ name, args }) => name === "Transfer" && args["value"] === 0n)

describe("a dispute", () => {
  test("is opened by anyone, once a publication, with a deposit", async () => {
    const world = await createPublished()
    const [paid] = await gains(world, [disputer], async () => {
      const { events } = await world.send(disputer, "disputes", "openDispute", round)
      expect(events.at(-1)).toEqual({
        contract: "disputes",
        name: "DisputeOpened",
        args: { projectId: 1n, round: 1n, disputer, deposit: 50n * ATN },
      })
    })
    expect(paid).toBe(-50n * ATN)
    expect(await world.read("disputes", "totalDeposits", [])).toBe(50n * ATN)
    expect(await world.fails(founder, "disputes", "openDispute", round)).toBe("NotDisputable(1, 1, 2)")
    expect(await world.read("disputes", "isDisputed", round)).toBe(true)
    expect(await world.read("disputes", "isFinal", round)).toBe(false)
    world.mine(101)
    expect(await world.read("disputes", "isFinal", round)).toBe(false)
    expect(await world.fails(disputer, "disputes", "releaseAggregator", round)).toBe("NotDisputable(1, 1, 2)")
  })

  test("takes nothing where no deposit is asked", async () => {
    const world = await createPublished(disputeRules({ aggregationDeposit: 0n }))
    const { events } = await world.send(disputer, "disputes", "openDispute", round)
    expect(events.map(({ name }) => name)).toEqual(["DisputeOpened"])
  })

  test("makes the next round wait", async () => {
    const world = await createDisputed()
    expect(await world.fails(disputer, "project", "drawAggregator", [1n, 2n])).toBe("RoundDisputed(1, 1)")
    expect(await world.fails(founder, "project", "publishGlobalModel", [1n, 2n, "g2"])).toBe(
      "RoundDisputed(1, 1)",
    )
    world.mine(25)
    await closeDispute(world)
    await world.send(disputer, "project", "drawAggregator", [1n, 2n])
  })

  test("keeps the rules it was opened under", async () => {
    const world = await createDisputed()
    for (const [key, value] of Object.entries({
      disprovedSlashBps: 0n,
      verdictFeePot: 0n,
      verdictPanelSize: 1n,
    })) {
      const name = `0x${Buffer.from(key).toString("hex").padEnd(64, "0")}` as const
      await world.send(governance, "disputes", "setParameter", [name, value])
    }
    expect(await judge(world, () => true)).toHaveLength(5)
    await closeDispute(world)
    expect(await world.stakeOf(aggregator)).toBe(880n * ATN)
  })
})

describe("closing a dispute", () => {
  test("waits for the reveals, or for the draw where there was none, and happens once", async () => {
    const world = await createDisputed()
    world.mine(24)
    const last = world.blockNumber
    expect(await world.fails(disputer, "disputes", "closeDispute", round)).toBe(
      `DisputeStillOpen(${last}, ${last})`,
    )
    const drawable = world.engine.snapshot()
    world.mine(1)
    await closeDispute(world)
    expect(await world.fails(disputer, "disputes", "closeDispute", round)).toBe("NotDisputed(1, 1)")
    world.engine.restore(drawable)
    world.blockNumber = last
    await drawDispute(world)
    world.mine(100)
    expect(await world.fails(disputer, "disputes", "closeDispute", round)).toBe(
      `DisputeStillOpen(${last + 100n}, ${last + 100n})`,
    )
    world.mine(1)
    await closeDispute(world)
  })

  test("disproved: a tenth of the stake, half to the disputer, a fee to the panel, the rest to the treasury", async () => {
    const world = await createDisputed()
    const panel = await judge(world, (seat) => seat < 4)
    const [, , , , dissenter] = panel as unknown as Address[]
    const accounts = [disputer, treasury, aggregator, ...panel]
    const got = await gains(world, accounts, async () => {
      const { events } = await closeDispute(world)
      expect(events.filter(({ name }) => name === "DisputeClosed")).toEqual([
        {
          contract: "disputes",
          name: "DisputeClosed",
          args: {
            projectId: 1n,
            round: 1n,
            state: publication.disproved,
            mismatchStake: 2_000n * ATN,
            matchingStake: 500n * ATN,
          },
        },
      ])
      expect(events.find(({ name }) => name === "PublicationDisproved")?.args).toEqual({
        projectId: 1n,
        round: 1n,
        cid: "g1",
        refund: 20n * ATN,
        reopened: true,
      })
    })
    // 100 of the aggregator's 1,000: 50 to the disputer beside its deposit, 10 to four coordinators, 40 left. The
    // dissenter's tenth goes to the treasury too.
    expect(got).toEqual([100n * ATN, 90n * ATN, 0n, atn(2.5), atn(2.5), atn(2.5), atn(2.5), 0n])
    expect(await world.stakeOf(aggregator)).toBe(880n * ATN)
    expect(await world.stakeOf(dissenter as Address)).toBe(450n * ATN)
    expect((await world.read("project", "ledgerOf", [1n]))[1]).toBe(budget)
    expect(await world.balanceOf(world.at.disputes)).toBe(0n)
    expect(await world.read("disputes", "totalDeposits", [])).toBe(0n)
    for (const by of [aggregator, ...panel]) expect(await world.read("staking", "openDuties", [by])).toBe(0n)
    expect(await stateOf(world)).toBe(publication.disproved)
    expect(await world.read("disputes", "isFinal", round)).toBe(false)
  })

  test("upheld: the deposit goes to the aggregator, less the panel's fee", async () => {
    const world = await createDisputed()
    const panel = await judge(world, (seat) => seat === 0)
    const got = await gains(world, [disputer, aggregator, treasury, ...panel], () => closeDispute(world))
    expect(got).toEqual([0n, 40n * ATN, 50n * ATN, 0n, atn(2.5), atn(2.5), atn(2.5), atn(2.5)])
    expect(await slashes(world, panel, 500n * ATN)).toEqual([50n * ATN, 0n, 0n, 0n, 0n])
    expect(await world.stakeOf(aggregator)).toBe(1_000n * ATN)
    expect(await stateOf(world)).toBe(publication.upheld)
    expect(await world.read("disputes", "isFinal", round)).toBe(true)
    expect(await world.read("project", "lastRoundOf", [1n])).toBe(1n)
    for (const by of [aggregator, ...panel]) expect(await world.read("staking", "openDuties", [by])).toBe(0n)
  })

  test("undecided at a tie: the deposit goes back, nobody is slashed for a verdict", async () => {
    const world = await createDisputed(disputeRules({ verdictPanelSize: 4n }))
    const panel = await judge(world, (seat) => seat < 2)
    const got = await gains(world, [disputer, aggregator, treasury, ...panel], () => closeDispute(world))
    expect(got).toEqual([50n * ATN, 0n, 0n, 0n, 0n, 0n, 0n])
    expect(await slashes(world, [aggregator, ...panel], 1_000n * ATN)).toEqual([
      0n,
      500n * ATN,
      500n * ATN,
      500n * ATN,
      500n * ATN,
    ])
    expect(await stateOf(world)).toBe(publication.undecided)
    expect(await world.read("disputes", "isFinal", round)).toBe(true)
  })

  test("undecided below half of the panel's stake; who is silent or does not reveal loses a twentieth", async () => {
    const world = await createDisputed(disputeRules({ verdictPanelSize: 4n }))
    const panel = await judge(
      world,
      (seat) => (["silent", "no reveal", "silent", true] as const)[seat] ?? true,
    )
    expect(await gains(world, [disputer, treasury], () => closeDispute(world))).toEqual([
      50n * ATN,
      75n * ATN,
    ])
    expect(await slashes(world, panel, 500n * ATN)).toEqual([25n * ATN, 25n * ATN, 25n * ATN, 0n])
    expect(await stateOf(world)).toBe(publication.disputable)
  })

  test("decided from half of the panel's stake on", async () => {
    const world = await createDisputed(disputeRules({ verdictPanelSize: 4n }))
    await judge(world, (seat) => seat < 2 || "silent")
    await closeDispute(world)
    expect(await stateOf(world)).toBe(publication.disproved)
  })

  test("by a larger fee than there is, the panel takes what the loser pays to the treasury or as deposit", async () => {
    const rules = disputeRules({ verdictFeePot: 1_000n * ATN })
    const won = await createDisputed(rules)
    await judge(won, () => true)
    expect(await gains(won, [disputer, treasury], () => closeDispute(won))).toEqual([100n * ATN, 0n])
    const lost = await createDisputed(rules)
    const panel = await judge(lost, () => false)
    const closing = async () => expect(emptyTransfers((await closeDispute(lost)).events)).toEqual([])
    expect(await gains(lost, [aggregator, ...panel], closing)).toEqual([0n, ...panel.map(() => 10n * ATN)])
  })

  test("shares the fee by stake", async () => {
    const world = await createPublished()
    const [rich] = coordinators as readonly Address[] as [Address]
    await world.send(rich, "staking", "addToStake", [1_500n * ATN])
    await world.send(disputer, "disputes", "openDispute", round)
    world.mine(1)
    const panel = await judge(world, () => false)
    expect(panel).toContain(rich)
    const got = await gains(world, panel, () => closeDispute(world))
    const others = (panel.length - 1) * 500
    for (const [seat, by] of panel.entries()) {
      const stake = by === rich ? 2_000n : 500n
      expect(got[seat]).toBe((10n * ATN * stake) / BigInt(2_000 + others))
    }
  })

  test("leaves the reward with the aggregator where a parameter says so", async () => {
    const world = await createDisputed(disputeRules({ returnDisprovedReward: 0n }))
    await judge(world, () => true)
    await closeDispute(world)
    expect(await world.stakeOf(aggregator)).toBe(900n * ATN)
    expect((await world.read("project", "ledgerOf", [1n]))[1]).toBe(budget - 20n * ATN)
  })

  test("pays the disputer and the panel also where slashes burn", async () => {
    const world = await createDisputed(parameters("ParticipantStaking", { burnSlashed: 1n }))
    await judge(world, () => true)
    const supply = await world.read("token", "totalSupply", [])
    expect(await gains(world, [disputer, treasury], () => closeDispute(world))).toEqual([100n * ATN, 0n])
    expect(supply - (await world.read("token", "totalSupply", []))).toBe(40n * ATN)
  })
})

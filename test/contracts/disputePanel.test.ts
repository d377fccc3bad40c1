import type { Address } from "viem"
import { describe, expect, test } from "vitest"
import {
  closeDispute,
  commitVerdict,
  createDisputed,
  createPublished,
  disputer,
  disputeRules,
  drawDispute,
  publication,
  revealVerdict,
  round,
  stateOf,
} from "./dispute.ts"
import { coordinators, saltOf } from "./cycle.ts"
import { ATN, governance } from "./world.ts"

describe("the panel", () => {
  test("is drawn from the block after the opening, for 25 blocks, once, without the disputer", async () => {
    const world = await createPublished(disputeRules({ verdictPanelSize: 7n }))
    const [partial] = coordinators as readonly Address[] as [Address]
    await world.send(partial, "disputes", "openDispute", round)
    const opened = world.blockNumber
    const draw = () => world.fails(disputer, "disputes", "drawPanel", round)
    expect(await draw()).toBe(`OutsideDrawWindow(${opened}, ${opened + 1n}, ${opened + 25n})`)
    world.blockNumber = opened + 26n
    expect(await draw()).toMatch(/^OutsideDrawWindow/)
    world.blockNumber = opened + 25n
    const last = world.engine.snapshot()
    await drawDispute(world)
    world.engine.restore(last)
    world.blockNumber = opened + 1n
    const panel = await drawDispute(world)
    expect(panel.toSorted()).toEqual(coordinators.slice(1).toSorted())
    expect(await draw()).toBe("DisputePanelDrawnAlready(1, 1)")
    const drawn = await world.read("disputes", "disputeOf", round)
    expect([drawn.panelStake, drawn.commitEnd, drawn.revealEnd]).toEqual([
      3_000n * ATN,
      Number(opened) + 51,
      Number(opened) + 101,
    ])
  })

  test("has as many different seats as a parameter says", async () => {
    const world = await createDisputed(disputeRules({ verdictPanelSize: 3n }))
    const { events } = await world.send(disputer, "disputes", "drawPanel", round)
    const { panel, stakes } = events.at(-1)!.args as { panel: Address[]; stakes: bigint[] }
    expect(new Set(panel).size).toBe(3)
    expect(stakes).toEqual([500n * ATN, 500n * ATN, 500n * ATN])
    for (const by of panel) expect(await world.read("staking", "openDuties", [by])).toBe(1n)
  })

  test("cannot be empty", async () => {
    const world = await createPublished()
    for (const by of coordinators) await world.send(by, "staking", "requestUnstake", [])
    await world.send(disputer, "disputes", "openDispute", round)
    world.mine(1)
    expect(await world.fails(disputer, "disputes", "drawPanel", round)).toBe("NobodyToDraw(3)")
  })

  test("commits once each, in its window, and only while active", async () => {
    const world = await createDisputed()
    const commitment = saltOf("any")
    const early = await world.fails(disputer, "disputes", "commitVerdict", [...round, commitment])
    expect(early).toBe("DisputePanelNotDrawn(1, 1)")
    const panel = await drawDispute(world)
    const drawnAt = world.blockNumber
    const [ann, bob, cleo] = panel as unknown as [Address, Address, Address]
    const commit = (by: Address) => world.fails(by, "disputes", "commitVerdict", [...round, commitment])
    expect(await commit(disputer)).toBe(`NotOnDisputePanel(1, 1, ${disputer})`)
    const nothing = `0x${"0".repeat(64)}` as const
    expect(await world.fails(ann, "disputes", "commitVerdict", [...round, nothing])).toBe("EmptyCommitment()")
    await commitVerdict(world, ann, true)
    expect(await commit(ann)).toBe(`VerdictGivenAlready(1, 1, ${ann})`)
    await world.send(bob, "staking", "requestUnstake", [])
    expect(await commit(bob)).toBe(`NotActiveCoordinator(${bob})`)
    world.mine(50)
    const last = world.engine.snapshot()
    await commitVerdict(world, cleo, true)
    world.engine.restore(last)
    world.mine(1)
    expect(await commit(cleo)).toBe(`OutsideVerdictWindow(${drawnAt + 51n}, 0, ${drawnAt + 50n})`)
  })

  test("judges with the stake that is left, also below the minimum, where it was slashed since the draw", async () => {
    const world = await createDisputed(disputeRules({ verdictPanelSize: 2n }))
    const panel = await drawDispute(world)
    const [slashed, other] = panel as unknown as [Address, Address]
    await world.send(governance, "staking", "setAuthorizedSlasher", [governance, true])
    await world.send(governance, "staking", "slash", [slashed, 1n, "elsewhere"])
    expect(await world.read("staking", "isActiveParticipant", [slashed, 3])).toBe(false)
    await commitVerdict(world, slashed, true)
    await commitVerdict(world, other, false)
    world.mine(51)
    const { events } = await revealVerdict(world, slashed, true)
    expect(events[0]?.args["stake"]).toBe(500n * ATN - 1n)
    await revealVerdict(world, other, false)
    world.mine(50)
    await closeDispute(world)
    // It is a wei lighter than the other, and so in the minority; it is not taken for silent.
    expect(await stateOf(world)).toBe(publication.upheld)
    expect(await world.stakeOf(slashed)).toBe(((500n * ATN - 1n) * 9_000n) / 10_000n + 1n)
  })

  test("reveals what it committed, once each, in its window, also who asked to unstake since", async () => {
    const world = await createDisputed()
    const panel = await drawDispute(world)
    const [ann, bob] = panel as unknown as [Address, Address]
    for (const by of [ann, bob]) await commitVerdict(world, by, true)
    await world.send(bob, "staking", "requestUnstake", [])
    const reveal = (by: Address, mismatch = true) =>
      world.fails(by, "disputes", "revealVerdict", [...round, mismatch, saltOf(by)])
    world.mine(50)
    const first = world.blockNumber + 1n
    expect(await reveal(ann)).toBe(`OutsideVerdictWindow(${first - 1n}, ${first}, ${first + 49n})`)
    world.mine(1)
    expect(await reveal(ann, false)).toMatch(/^WrongVerdictReveal/)
    const { events } = await revealVerdict(world, ann, true)
    expect(events).toEqual([
      {
        contract: "disputes",
        name: "VerdictRevealed",
        args: { projectId: 1n, round: 1n, coordinator: ann, mismatch: true, stake: 500n * ATN },
      },
    ])
    expect(await reveal(ann)).toBe(`VerdictGivenAlready(1, 1, ${ann})`)
    expect(await reveal(disputer)).toBe(`NotOnDisputePanel(1, 1, ${disputer})`)
    world.mine(49)
    await revealVerdict(world, bob, true)
    world.mine(1)
    expect(await reveal(bob)).toBe(`OutsideVerdictWindow(${first + 50n}, ${first}, ${first + 49n})`)
  })

  test("cannot copy a verdict: a commitment is bound to who made it", async () => {
    const world = await createDisputed()
    const [ann, bob] = (await drawDispute(world)) as unknown as [Address, Address]
    const args = [...round, ann, true, saltOf("secret")] as const
    const commitment = await world.read("disputes", "verdictCommitmentFor", args)
    for (const by of [ann, bob]) await world.send(by, "disputes", "commitVerdict", [...round, commitment])
    world.mine(51)
    await world.send(ann, "disputes", "revealVerdict", [...round, true, saltOf("secret")])
    expect(await world.fails(bob, "disputes", "revealVerdict", [...round, true, saltOf("secret")])).toMatch(
      /^WrongVerdictReveal/,
    )
  })

  test("weighs no more than the stake at the draw, and no more than what is left of it", async () => {
    const world = await createDisputed()
    await world.send(governance, "staking", "setAuthorizedSlasher", [governance, true])
    const [ann, bob] = (await drawDispute(world)) as unknown as [Address, Address]
    for (const by of [ann, bob]) await commitVerdict(world, by, true)
    await world.send(ann, "staking", "addToStake", [1_000n * ATN])
    await world.send(governance, "staking", "slash", [bob, 100n * ATN, "test"])
    world.mine(51)
    for (const by of [ann, bob]) await revealVerdict(world, by, true)
    const weights = (await world.read("disputes", "panelOf", round)).map(({ weight }) => weight)
    expect(weights.slice(0, 2)).toEqual([500n * ATN, 400n * ATN])
  })
})

import { beforeAll, beforeEach, describe, expect, test } from "vitest"
import { outsider, saltOf } from "./cycle.ts"
import {
  type Motion,
  type Verdict,
  addressOf,
  amending,
  commitVerdict,
  createGovernedWorld,
  enact,
  guardian,
  keyOf,
  playJury,
  propose,
  report,
  revealVerdict,
  state,
  validators,
} from "./government.ts"
import { ATN, type World, genesisHolder, governance } from "./world.ts"

const day = 86_400n
const approve: Verdict = { approves: true, confidence: 90 }
const reject: Verdict = { approves: false, confidence: 90 }
const principle = "Pay for what was verified, and nothing else."

describe("an amendment", () => {
  let world: World
  let goBack: () => void
  beforeAll(async () => {
    world = await createGovernedWorld({ deployment: { treasuryWei: 1_000n * ATN } })
    goBack = world.remember()
  })
  beforeEach(() => goBack())
  const amend = (): Promise<Motion> => propose(world, "constitution", "amendPrinciple", [5n, principle])

  test("passes with 95 % of the votes cast, a fifth of the supply and the jury's consent", async () => {
    const motion = await amend()
    await motion.open()
    for (const voter of ["most", "grain"] as const) await motion.vote(voter)
    await motion.vote("rest", false)
    await playJury(motion)
    await motion.end()
    expect(await motion.state()).toBe(state.succeeded)
    await motion.queue()
    await motion.ripen()
    await motion.execute()
    expect((await world.read("constitution", "principles", []))[5]).toBe(principle)
    expect(await world.read("constitution", "amendments", [])).toBe(1n)
  })

  test("fails with 94.99 %", async () => {
    const motion = await amend()
    await motion.open()
    await motion.vote("most")
    for (const voter of ["grain", "rest"] as const) await motion.vote(voter, false)
    await playJury(motion)
    await motion.end()
    expect(await motion.state()).toBe(state.defeated)
  })

  test("fails below a quorum of 20 % of the supply, also unanimously, and carries at exactly that", async () => {
    const short = await amend()
    const enough = await propose(world, "constitution", "amendPrinciple", [5n, principle], "rest")
    await enough.open()
    for (const voter of ["most", "rest"] as const) await short.vote(voter)
    for (const voter of amending) await enough.vote(voter)
    await world.send(outsider, "constitution", "drawJuryIfDue", [1n])
    for (const motion of [short, enough]) await motion.open()
    const approvals = async (motion: Motion) => {
      const id = await motion.juryId()
      for (const { juror } of await world.read("constitution", "jurorsOf", [id]))
        await commitVerdict(world, id, juror, approve)
      return id
    }
    const ids = [await approvals(short), await approvals(enough)]
    world.mine(14_400)
    for (const id of ids)
      for (const { juror } of await world.read("constitution", "jurorsOf", [id]))
        await revealVerdict(world, id, juror, approve)
    await enough.end()
    expect(await world.read("constitution", "juryConsents", [1n])).toBe(true)
    expect(await short.state()).toBe(state.defeated)
    expect(await enough.state()).toBe(state.succeeded)
  })

  test.each([
    ["four of seven against", (seat: number) => (seat < 4 ? reject : approve), state.defeated],
    ["five of seven in favour", (seat: number) => (seat < 5 ? approve : reject), state.succeeded],
    ["all silent", (): Verdict => "silent", state.defeated],
    ["only three speaking", (seat: number): Verdict => (seat < 3 ? approve : "silent"), state.defeated],
    ["four speaking, all in favour", (seat: number) => (seat < 4 ? approve : "silent"), state.succeeded],
    [
      "six speaking, four in favour",
      (seat: number) => [reject, reject, approve, approve, approve, approve][seat] ?? "silent",
      state.succeeded,
    ],
    [
      "three speaking in favour of five",
      (seat: number) => [reject, reject, approve, approve, approve][seat] ?? "silent",
      state.defeated,
    ],
  ] as const)("a jury with %s decides it, whatever the votes", async (_, verdictOf, outcome) => {
    const motion = await amend()
    await motion.open()
    for (const voter of amending) await motion.vote(voter)
    await playJury(motion, verdictOf)
    await motion.end()
    expect(await motion.state()).toBe(outcome)
  })

  test("has a jury of seven validators drawn by stake, at the latest with the first vote", async () => {
    const motion = await amend()
    expect(await world.fails(outsider, "constitution", "drawJury", [1n])).toMatch(/^OutsideWindow/)
    await motion.open()
    const { events } = await motion.vote("bulk", false)
    expect(events.map(({ name }) => name)).toEqual(["VoteCast", "JuryDrawn"])
    const jurors = await world.read("constitution", "jurorsOf", [1n])
    expect(new Set(jurors.map(({ juror }) => juror)).size).toBe(7)
    expect(validators).toEqual(expect.arrayContaining(jurors.map(({ juror }) => juror)))
    for (const { juror, stake } of jurors) {
      expect(stake).toBe(10_000n * ATN)
      expect(await world.read("staking", "openDuties", [juror])).toBe(1n)
    }
    expect(await world.fails(outsider, "constitution", "drawJury", [1n])).toBe("JuryAlreadyDrawn(1)")
    const second = await motion.vote("drop")
    expect(second.events.map(({ name }) => name)).toEqual(["VoteCast"])
  })

  test("draws nobody once the jurors would have too little notice", async () => {
    const motion = await amend()
    const { drawEnd, commitEnd } = await world.read("constitution", "juryOf", [await motion.juryId()])
    expect(commitEnd - drawEnd).toBe(3_600)
    world.blockNumber = BigInt(drawEnd) + 1n
    expect(await world.fails(outsider, "constitution", "drawJury", [1n])).toMatch(/^OutsideWindow/)
    await world.send(outsider, "constitution", "drawJuryIfDue", [1n])
    expect((await world.read("constitution", "juryOf", [1n])).drawn).toBe(false)
    world.blockNumber = BigInt(drawEnd)
    await world.send(outsider, "constitution", "drawJury", [1n])
  })

  test("is judged by commitments that only their jurors can open, each in its window", async () => {
    const motion = await amend()
    await motion.open()
    await world.send(outsider, "constitution", "drawJury", [1n])
    const seats = await world.read("constitution", "jurorsOf", [1n])
    const [juror, copier] = seats.map((seat) => seat.juror) as [typeof outsider, typeof outsider]
    const stranger = validators.find((each) => !seats.some((seat) => seat.juror === each)) as typeof outsider
    const args = [1n, juror, true, 101n, report, saltOf(juror)] as const
    const tooSure = await world.read("constitution", "verdictCommitmentFor", args)
    expect(await world.fails(stranger, "constitution", "commitVerdict", [1n, tooSure])).toBe(
      `NotJuror(1, ${stranger})`,
    )
    expect(await world.fails(juror, "constitution", "commitVerdict", [1n, keyOf("")])).toBe(
      "EmptyCommitment(1)",
    )
    const reveal = (by: typeof outsider, confidence: bigint, approves = true) =>
      world.fails(by, "constitution", "revealVerdict", [1n, approves, confidence, report, saltOf(juror)])
    expect(await reveal(juror, 101n)).toMatch(/^OutsideWindow/)
    await world.send(juror, "constitution", "commitVerdict", [1n, tooSure])
    await world.send(copier, "constitution", "commitVerdict", [1n, tooSure])
    expect(await world.fails(juror, "constitution", "commitVerdict", [1n, tooSure])).toBe(
      `VerdictAlreadyCommitted(1, ${juror})`,
    )
    const third = seats[2]?.juror as typeof outsider
    await commitVerdict(world, 1n, third, { approves: true, confidence: 100 })
    const { commitEnd, revealEnd } = await world.read("constitution", "juryOf", [1n])
    world.blockNumber = BigInt(commitEnd) + 1n
    expect(
      await world.fails(seats[3]?.juror as typeof outsider, "constitution", "commitVerdict", [1n, tooSure]),
    ).toMatch(/^OutsideWindow/)
    expect(await reveal(juror, 101n)).toBe("ConfidenceTooHigh(101, 100)")
    expect(await reveal(juror, 100n)).toMatch(/^WrongVerdictReveal/)
    expect(await reveal(copier, 100n)).toMatch(/^WrongVerdictReveal/)
    expect(await reveal(stranger, 100n)).toBe(`NotJuror(1, ${stranger})`)
    const { events } = await revealVerdict(world, 1n, third, { approves: true, confidence: 100 })
    expect(events[0]?.args).toEqual({
      juryId: 1n,
      juror: third,
      approves: true,
      confidence: 100n,
      weight: 10_000n * ATN,
      reportCid: report,
    })
    await expect(revealVerdict(world, 1n, third, { approves: true, confidence: 100 })).rejects.toThrow(
      `VerdictAlreadyRevealed(1, ${third})`,
    )
    world.blockNumber = BigInt(revealEnd) + 1n
    expect(await reveal(juror, 100n)).toMatch(/^OutsideWindow/)
    expect(await world.fails(outsider, "constitution", "closeJury", [2n])).toBe("UnknownJury(2)")
  })

  test("ends with anyone's call: who revealed is paid, who was silent is slashed, all are free", async () => {
    const motion = await amend()
    await motion.open()
    const seats = await playJury(motion, (seat) => (seat === 0 ? "silent" : reject))
    world.blockNumber -= 1n
    expect(await world.fails(outsider, "constitution", "closeJury", [1n])).toMatch(/^OutsideWindow/)
    world.blockNumber += 1n
    const before = await world.balanceOf(seats[1] as typeof outsider)
    const purse = await world.balanceOf(world.at.treasury)
    const { events } = await world.send(outsider, "constitution", "closeJury", [1n])
    expect(events.at(-1)?.args).toEqual({ juryId: 1n, early: false })
    expect(await world.stakeOf(seats[0] as typeof outsider)).toBe(9_500n * ATN)
    expect(await world.stakeOf(seats[1] as typeof outsider)).toBe(10_000n * ATN)
    expect((await world.balanceOf(seats[1] as typeof outsider)) - before).toBe(10n * ATN)
    expect((await world.balanceOf(world.at.treasury)) - purse).toBe(500n * ATN - 60n * ATN)
    for (const seat of seats) expect(await world.read("staking", "openDuties", [seat])).toBe(0n)
    expect(await world.fails(outsider, "constitution", "closeJury", [1n])).toBe("JuryClosed(1)")
    expect(await world.fails(outsider, "constitution", "drawJury", [1n])).toBe("JuryClosed(1)")
  })

  test("an empty treasury pays no juror and stops nothing", async () => {
    await enact(world, "treasury", "pay", [outsider, 1_000n * ATN])
    const motion = await amend()
    await motion.open()
    const seats = await playJury(motion)
    const before = await world.balanceOf(seats[0] as typeof outsider)
    const { events } = await world.send(outsider, "constitution", "closeJury", [1n])
    expect(events.map(({ name }) => name)).toEqual(["JuryDismissed"])
    expect(await world.balanceOf(seats[0] as typeof outsider)).toBe(before)
  })

  test("a juror stays until its jury is closed, weighs at most what is left of its stake, and a veto frees it", async () => {
    const motion = await amend()
    await motion.open()
    await world.send(outsider, "constitution", "drawJury", [1n])
    const [seat] = await world.read("constitution", "jurorsOf", [1n])
    const juror = seat?.juror as typeof outsider
    await world.send(juror, "staking", "requestUnstake", [])
    world.extraSeconds += 22n * day
    expect(await world.fails(juror, "staking", "unstake", [])).toBe(`OpenDuties(${juror}, 1)`)
    expect(await world.fails(outsider, "constitution", "dismissJury", [1n])).toBe(
      `NotDao(${outsider}, ${addressOf(world, "dao")})`,
    )
    const { events } = await world.send(guardian, "dao", "veto", [1n])
    expect(events.at(-1)).toEqual({
      contract: "constitution",
      name: "JuryDismissed",
      args: { juryId: 1n, early: true },
    })
    expect(await motion.state()).toBe(state.canceled)
    await world.send(juror, "staking", "unstake", [])
    expect(await world.balanceOf(juror)).toBe(20_000n * ATN)
  })

  test("a veto after the jury was closed finds nothing to dismiss", async () => {
    const motion = await amend()
    await motion.open()
    for (const voter of amending) await motion.vote(voter)
    await playJury(motion)
    await world.send(outsider, "constitution", "closeJury", [1n])
    await motion.end()
    const { events } = await world.send(guardian, "dao", "veto", [1n])
    expect(events.map(({ name }) => name)).toEqual(["ProposalVetoed", "ProposalCanceled"])
  })

  test("only the DAO opens a jury", async () => {
    expect(await world.fails(outsider, "constitution", "openJury", [9n, outsider, 9n])).toBe(
      `NotDao(${outsider}, ${addressOf(world, "dao")})`,
    )
  })
})

describe("juries by other rules", () => {
  test("with a voting period too short for them, the votes of an amendment stay open until the jury has revealed", async () => {
    const world = await createGovernedWorld({
      parameters: [{ contract: "AutonetDAO", key: "votingPeriod", value: 10n }],
    })
    const motion = await propose(world, "constitution", "amendPrinciple", [0n, principle])
    const proposal = await world.read("dao", "proposals", [motion.id])
    expect(proposal[4] - proposal[3]).toBe(28_800n)
    const ordinary = await propose(world, "treasury", "pay", [outsider, 0n])
    const other = await world.read("dao", "proposals", [ordinary.id])
    expect(other[4] - other[3]).toBe(10n)
  })

  test("confidence weighs where the parameter says so", async () => {
    for (const [weighs, outcome] of [
      [0n, state.succeeded],
      [1n, state.defeated],
    ] as const) {
      const world = await createGovernedWorld({
        parameters: [{ contract: "Constitution", key: "juryConfidenceWeighs", value: weighs }],
      })
      const motion = await propose(world, "constitution", "amendPrinciple", [0n, principle])
      await motion.open()
      for (const voter of amending) await motion.vote(voter)
      // Five approve with 40, two reject with 60: 71 % by stake, 62.5 % by confidence.
      await playJury(motion, (seat) => ({ approves: seat < 5, confidence: seat < 5 ? 40 : 60 }))
      await motion.end()
      expect(await motion.state()).toBe(outcome)
    }
  })

  test("without validators there is nobody to draw, and no amendment", async () => {
    const world = await createGovernedWorld({ deployment: { governedBy: "deployer" } })
    for (const validator of validators) await world.send(validator, "staking", "requestUnstake", [])
    const motion = await propose(world, "constitution", "amendPrinciple", [0n, principle])
    await motion.open()
    expect(await world.fails(outsider, "constitution", "drawJury", [1n])).toBe("NobodyToDraw(5)")
    for (const voter of amending) await motion.vote(voter)
    await motion.end()
    expect(await motion.state()).toBe(state.defeated)
    await world.send(governance, "constitution", "setInstitutions", [world.at.dao, world.at.treasury])
    await world.send(outsider, "constitution", "closeJury", [1n])
    expect(await world.balanceOf(genesisHolder)).toBeGreaterThan(0n)
  })
})

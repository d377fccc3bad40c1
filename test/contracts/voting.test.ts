import { describe, expect, test } from "vitest"
import type { Address } from "viem"
import {
  Task,
  coordinators,
  createPopulatedWorld,
  otherSolver,
  parameters,
  playToVoting,
  playVotes,
  proposeTask,
  publicVoting,
  solver,
  solvers,
} from "./cycle.ts"
import { ATN, type World, atn, governance } from "./world.ts"

const slashed = async (world: World, by: Address) => 500n * ATN - (await world.stakeOf(by))

describe("bonds and fees (target V5: 1 − 0.9ⁿ, a fee of 1 ATN · (1 + 0.5 · bond))", () => {
  test("23 aligned votes bring the bond to 0.91137 and the fee from 1.05 to 1.4556853 ATN; one against it, × 0.9", async () => {
    const world = await createPopulatedWorld({
      parameters: [...publicVoting, ...parameters("TaskContract", { maxSolvers: 5n })],
    })
    const [voter, second, third] = coordinators as readonly Address[] as [Address, Address, Address]
    const fees: bigint[] = []
    const bonds: bigint[] = []
    const playAligned = async (count: number) => {
      const answering = solvers.slice(0, count)
      const task = await playToVoting(world, answering)
      for (const on of answering) {
        for (const by of [voter, second]) await task.submitVote(by, true, 90, on)
      }
      task.after("voteReveal")
      for (const on of answering) {
        const { events } = await task.finalise(on)
        const mine = (name: string, key: string) =>
          events.find(({ name: n, args }) => n === name && args[key] === voter)?.args ?? {}
        fees.push(mine("RewardsDistributed", "recipient")["amount"] as bigint)
        bonds.push(mine("BondUpdated", "coordinator")["newBondStrength"] as bigint)
      }
    }
    for (const count of [5, 5, 5, 5, 3]) await playAligned(count)
    const exact = (n: number): bigint => {
      let bond = 0n
      for (let i = 0; i < n; i++) bond = (bond * 9n * 10n ** 17n + 10n ** 17n * ATN) / ATN
      return bond
    }
    expect(bonds).toEqual(bonds.map((_, i) => exact(i + 1)))
    expect(bonds.slice(0, 3)).toEqual([atn(0.1), atn(0.19), atn(0.271)])
    expect(bonds[6]).toBe(521703100000000000n)
    expect(fees).toHaveLength(23)
    expect(fees[0]).toBe(atn(1.05))
    expect(Number(fees[22]) / 1e18).toBeCloseTo(1.4556853, 7)
    const [bondBefore] = await world.read("results", "coordinatorBonds", [voter])
    const task = await playToVoting(world)
    await task.submitVote(voter, false, 10)
    for (const by of [second, third]) await task.submitVote(by, true, 90)
    task.after("voteReveal")
    await task.finalise()
    const [bond, total, correct] = await world.read("results", "coordinatorBonds", [voter])
    expect(bond).toBe((bondBefore * 9n) / 10n)
    expect([total, correct]).toEqual([24n, 23n])
    expect(await slashed(world, voter)).toBe(50n * ATN)
  })
})

describe("consensus with clipping around the mean (target V6)", () => {
  const cases: readonly [
    votes: readonly [boolean, number][],
    correct: boolean,
    score: bigint,
    clipped: bigint,
  ][] = [
    [
      [
        [true, 85],
        [true, 90],
      ],
      true,
      87n,
      0n,
    ],
    [
      [
        [true, 85],
        [true, 90],
        [true, 10],
      ],
      true,
      65n,
      3n,
    ],
    [
      [
        [true, 100],
        [true, 100],
        [false, 0],
      ],
      true,
      70n,
      3n,
    ],
    [
      [
        [true, 100],
        [false, 0],
      ],
      false,
      50n,
      2n,
    ],
  ]
  test.each(cases)(
    "votes %j of equal stake: correct %s, score %i",
    async (votes, correct, score, clipped) => {
      const world = await createPopulatedWorld({ parameters: publicVoting })
      const task = await playToVoting(world)
      for (const [i, [isCorrect, points]] of votes.entries()) {
        await task.submitVote(coordinators[i] as Address, isCorrect, points)
      }
      task.after("voteReveal")
      await task.finalise()
      const result = await world.read("results", "getConsensusResult", [task.id, solver])
      expect(result).toMatchObject({
        consensusCorrect: correct,
        consensusScore: score,
        clippedVotes: clipped,
        finalized: true,
      })
      expect(result.totalStake).toBe(BigInt(votes.length) * 500n * ATN)
    },
  )

  test("around the median one outlier moves nothing: 85, 90 and 10 give 81", async () => {
    const world = await createPopulatedWorld({
      parameters: [...publicVoting, ...parameters("ResultsRewards", { clipAroundMedian: 1n })],
    })
    const task = await playToVoting(world)
    for (const [i, score] of [85, 90, 10].entries())
      await task.submitVote(coordinators[i] as Address, true, score)
    task.after("voteReveal")
    await task.finalise()
    // Median 85, so 10 counts as 68: (85 + 90 + 68) / 3 = 81.
    expect((await world.read("results", "getConsensusResult", [task.id, solver])).consensusScore).toBe(81n)
  })
})

describe("the panel", () => {
  test("is five different active coordinators, the same for everyone in the block, drawn once", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    await task.drawPanel()
    const [panel, stakes] = await world.read("results", "panelOf", [task.id])
    expect(new Set(panel).size).toBe(5)
    expect(panel.every((by) => (coordinators as readonly Address[]).includes(by))).toBe(true)
    expect(stakes).toEqual([1, 2, 3, 4, 5].map(() => 500n * ATN))
    expect(await world.fails(solver, "results", "drawPanel", [task.id])).toBe(`PanelAlreadyDrawn(${task.id})`)
    const outside = coordinators.find((by) => !panel.includes(by)) as Address
    expect(
      await world.fails(outside, "results", "commitVote", [
        task.id,
        solver,
        task.world.at.tasks.padEnd(66, "0") as `0x${string}`,
      ]),
    ).toBe(`NotOnPanel(${task.id}, ${outside})`)
  })

  test("is drawn by the first vote too, but not when too little of the window is left", async () => {
    const world = await createPopulatedWorld({ coordinators: coordinators.slice(0, 3) })
    const task = await playToVoting(world)
    await task.commitVote(coordinators[0] as Address, true, 90)
    expect(await task.panel()).toHaveLength(3)
    const late = await playToVoting(world)
    world.mine(25)
    expect(await world.fails(solver, "results", "drawPanel", [late.id])).toMatch(/^TooLateToDraw/)
  })

  test("who was drawn votes with what a slash has left it, also below the minimum, but not with nothing", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    await task.drawPanel()
    const [lighter, emptied] = (await task.panel()) as unknown as [Address, Address]
    await world.send(governance, "staking", "setAuthorizedSlasher", [governance, true])
    await world.send(governance, "staking", "slash", [lighter, 499n * ATN, "elsewhere"])
    await world.send(governance, "staking", "slash", [emptied, 500n * ATN, "elsewhere"])
    await expect(task.commitVote(emptied, true, 90)).rejects.toThrow("NotActiveCoordinator")
    await task.commitVote(lighter, true, 90)
    task.after("voteCommit")
    await task.revealVote(lighter, true, 90)
    const votes = await world.read("results", "getVotes", [task.id, solver])
    expect(votes.map(({ coordinator, stake }) => [coordinator, stake])).toEqual([[lighter, ATN]])
  })

  test("a coordinator that asked to unstake is not drawn; one that asks afterwards can't vote, nor leave", async () => {
    const world = await createPopulatedWorld()
    const [leaving] = coordinators as readonly Address[] as [Address]
    await world.send(leaving, "staking", "requestUnstake", [])
    const task = await playToVoting(world)
    await task.drawPanel()
    const panel = await task.panel()
    expect(panel).not.toContain(leaving)
    const drawn = panel[0] as Address
    await world.send(drawn, "staking", "requestUnstake", [])
    await expect(task.commitVote(drawn, true, 90)).rejects.toThrow("NotActiveCoordinator")
    world.extraSeconds = 30n * 86_400n
    expect(await world.fails(drawn, "staking", "unstake", [])).toBe(`OpenDuties(${drawn}, 1)`)
    task.after("opening")
    await task.close()
    await world.send(drawn, "staking", "unstake", [])
    expect(await world.balanceOf(drawn)).toBe(19_975n * ATN)
  })
})

describe("votes", () => {
  test("against the consensus cost 10 % of the stake; silence or no reveal 5 %; with it pays", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    const panel = await playVotes(task, (seat) =>
      seat === 0
        ? { isCorrect: false, score: 5 }
        : seat === 1
          ? "silent"
          : seat === 2
            ? "no reveal"
            : { isCorrect: true, score: 90 },
    )
    const before = await world.balanceOf(panel[3] as Address)
    // Three of five votes revealed: 60 % of the panel's stake, two against one.
    await task.finalise()
    const losses = await Promise.resolve().then(async () => {
      const all: bigint[] = []
      for (const by of panel) all.push(await slashed(world, by))
      return all
    })
    expect(losses).toEqual([50n * ATN, 25n * ATN, 25n * ATN, 0n, 0n])
    expect((await world.balanceOf(panel[3] as Address)) - before).toBe(atn(1.05))
    expect(await task.outcome()).toBe(1)
  })

  test("a tie decides nothing, slashes nobody and pays nobody", async () => {
    const world = await createPopulatedWorld({ coordinators: coordinators.slice(0, 4) })
    const task = await playToVoting(world)
    const panel = await playVotes(task, (seat) => ({ isCorrect: seat < 2, score: seat < 2 ? 90 : 10 }))
    const { events } = await task.finalise()
    for (const by of panel) expect(await slashed(world, by)).toBe(0n)
    expect(await task.outcome()).toBe(3)
    expect(events.some(({ name }) => name === "RewardsDistributed" || name === "Slashed")).toBe(false)
  })

  test("below half of the panel's stake nothing is decided", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    const panel = await playVotes(task, (seat) => (seat < 2 ? { isCorrect: true, score: 90 } : "silent"))
    await task.finalise()
    expect(await task.outcome()).toBe(3)
    expect(await slashed(world, panel[0] as Address)).toBe(0n)
    expect(await slashed(world, panel[4] as Address)).toBe(25n * ATN)
  })

  test("a score above 100 reverts, a vote counts once, and only its own commitment opens it", async () => {
    const world = await createPopulatedWorld({ coordinators: coordinators.slice(0, 3) })
    const task = await playToVoting(world)
    const [first, second] = coordinators as readonly Address[] as [Address, Address]
    await task.commitVote(first, true, 101)
    await task.commitVote(second, true, 90)
    await expect(task.commitVote(second, true, 80)).rejects.toThrow("AlreadyVoted")
    task.after("voteCommit")
    await expect(task.revealVote(first, true, 101)).rejects.toThrow("ScoreTooHigh(101, 100)")
    await expect(task.revealVote(second, false, 90)).rejects.toThrow("WrongVoteReveal")
    await task.revealVote(second, true, 90)
    await expect(task.revealVote(second, true, 90)).rejects.toThrow("AlreadyVoted")
    await expect(task.submitVote(first, true, 90)).rejects.toThrow("PlainVotesOff")
    expect(await world.read("results", "getVoteCount", [task.id, solver])).toBe(1n)
  })

  test("a copied commitment is worth nothing", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    await task.drawPanel()
    const [honest, copier] = (await task.panel()) as [Address, Address]
    const { events } = await task.commitVote(honest, true, 90)
    const copied = events[0]?.args["commitment"] as `0x${string}`
    await world.send(copier, "results", "commitVote", [task.id, solver, copied])
    task.after("voteCommit")
    await task.revealVote(honest, true, 90)
    await expect(task.revealVote(copier, true, 90)).rejects.toThrow("WrongVoteReveal")
  })
})

describe("finalising", () => {
  test("waits for the votes' end, happens once, and never fails for want of stake or budget", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world, [solver, otherSolver])
    await playVotes(task, () => ({ isCorrect: true, score: 90 }), [solver, otherSolver])
    world.mine(-1)
    await expect(task.finalise()).rejects.toThrow(/TooEarly\(1, 501, 502\)/)
    world.mine(1)
    await task.finalise()
    await expect(task.finalise()).rejects.toThrow("AlreadyFinalised")
    await task.finalise(otherSolver)
    await expect(task.close()).rejects.toThrow("AlreadyClosed(1)")
  })

  test("a fee by stake shares the same pot in proportion to stake", async () => {
    const world = await createPopulatedWorld({
      parameters: [
        ...publicVoting,
        ...parameters("ResultsRewards", { feeByStake: 1n, bondBonus: 0n, minVotes: 3n }),
      ],
    })
    const [big, small, other] = coordinators as readonly Address[] as [Address, Address, Address]
    await world.send(big, "staking", "addToStake", [500n * ATN])
    const task = await playToVoting(world)
    for (const by of [big, small, other]) await task.submitVote(by, true, 90)
    task.after("voteReveal")
    const { events } = await task.finalise()
    const feeOf = (by: Address) =>
      events.find(({ name, args }) => name === "RewardsDistributed" && args["recipient"] === by)?.args[
        "amount"
      ]
    expect([feeOf(big), feeOf(small), feeOf(other)]).toEqual([atn(1.5), atn(0.75), atn(0.75)])
  })

  test("one coordinator settles alone only where a parameter allows it", async () => {
    const closed = await createPopulatedWorld()
    const refused = await playToVoting(closed)
    const vote = [refused.id, solver, true, 90n, "report"] as const
    expect(await closed.fails(coordinators[0] as Address, "results", "submitVerification", vote)).toBe(
      "SingleVerificationOff(1)",
    )
    const world = await createPopulatedWorld({
      parameters: parameters("ResultsRewards", { allowSingleVerification: 1n, panelSize: 0n }),
    })
    const task: Task = await playToVoting(world)
    await world.send(coordinators[0] as Address, "results", "submitVerification", [
      task.id,
      solver,
      true,
      90n,
      "report",
    ])
    expect(await task.outcome()).toBe(1)
    expect(await task.status()).toBe(10)
    await proposeTask(world)
  })
})

/** Targets V5 and V6 on the plain set, to the wei. */
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { change, coordinators, createPlainCycle, finalise, openVote, solver, vote } from "./plainCycle.ts"
import { ATN, type PlainWorld } from "./plainWorld.ts"

const [first, second, third] = coordinators
const ONE = 10n ** 18n

const bondOf = async (world: PlainWorld): Promise<bigint> =>
  (await world.read("results", "getCoordinatorBond", [first])).emaBondStrength

/** A task on which the first coordinator votes with or against two others. */
const playVote = async (world: PlainWorld, aligned: boolean): Promise<bigint> => {
  const id = await openVote(world)
  await vote(world, id, first, aligned, 80)
  for (const by of [second, third]) await vote(world, id, by, true, 80)
  return change(world, first, () => finalise(world, id))
}

describe("V5: bond and fee", () => {
  test("after n votes with the consensus the bond is 1 − 0.9ⁿ, and the fee follows it", async () => {
    const world = await createPlainCycle()
    let expected = 0n
    const fees: bigint[] = []
    for (let votes = 1; votes <= 23; votes++) {
      fees.push(await playVote(world, true))
      expected = (expected * 9n) / 10n + ONE / 10n
      expect(await bondOf(world)).toBe(expected)
      if (votes === 1) expect(expected).toBe(ONE / 10n)
      if (votes === 2) expect(expected).toBe((19n * ONE) / 100n)
      if (votes === 3) expect(expected).toBe((271n * ONE) / 1_000n)
      if (votes === 7) expect(expected).toBe((5_217_031n * ONE) / 10n ** 7n)
      expect(fees.at(-1)).toBe(ONE + expected / 2n)
    }
    expect(fees[0]).toBe((105n * ONE) / 100n)
    expect(Math.round(Number(fees[22]) / 1e11) / 1e7).toBe(1.4556853)
  })

  test("a vote against the consensus multiplies the bond by 0.9 and earns nothing", async () => {
    const world = await createPlainCycle()
    await playVote(world, true)
    expect(await playVote(world, false)).toBe(0n)
    expect(await bondOf(world)).toBe((9n * ONE) / 100n)
    const { totalVotes, correctVotes, lastUpdateBlock } = await world.read("results", "getCoordinatorBond", [
      first,
    ])
    expect([totalVotes, correctVotes, lastUpdateBlock]).toEqual([2n, 1n, world.blockNumber])
  })
})

type Vote = readonly [stakeAtn: number, isCorrect: boolean, score: number]

const decide = async (votes: readonly Vote[]) => {
  const world = await createPlainCycle()
  for (const [seat, [stakeAtn]] of votes.entries()) {
    const extra = BigInt(stakeAtn - 500) * ATN
    if (extra > 0n) await world.send(coordinators[seat]!, "staking", "addToStake", [extra])
  }
  const id = await openVote(world)
  for (const [seat, [, isCorrect, score]] of votes.entries()) {
    await vote(world, id, coordinators[seat]!, isCorrect, score)
  }
  await finalise(world, id)
  return world.read("results", "getConsensusResult", [id, solver])
}

describe("V6: consensus with mean clipping", () => {
  const cases: readonly (readonly [
    votes: readonly Vote[],
    correct: boolean,
    score: bigint,
    clipped: bigint,
  ])[] = [
    [
      [
        [500, true, 85],
        [500, true, 90],
      ],
      true,
      87n,
      0n,
    ],
    [
      [
        [500, true, 85],
        [500, true, 90],
        [500, true, 10],
      ],
      true,
      65n,
      3n,
    ],
    [
      [
        [500, true, 100],
        [500, true, 100],
        [500, false, 0],
      ],
      true,
      70n,
      3n,
    ],
    [
      [
        [500, true, 100],
        [500, false, 0],
      ],
      false,
      50n,
      2n,
    ],
  ]
  test.each(cases)("%j: correct %s, score %s, %s clipped", async (votes, correct, score, clipped) => {
    const result = await decide(votes)
    expect(result).toMatchObject({
      consensusCorrect: correct,
      consensusScore: score,
      clippedVotes: clipped,
      finalized: true,
      totalStake: 500n * ATN * BigInt(votes.length),
      correctStake: 500n * ATN * BigInt(votes.filter(([, isCorrect]) => isCorrect).length),
    })
  })

  test("a wei more than half decides", async () => {
    const world = await createPlainCycle()
    await world.send(first, "staking", "addToStake", [1n])
    const id = await openVote(world)
    await vote(world, id, first, true, 90)
    await vote(world, id, second, false, 90)
    await finalise(world, id)
    expect((await world.read("results", "getConsensusResult", [id, solver])).consensusCorrect).toBe(true)
  })

  test("is the stated arithmetic for any stakes and scores", async () => {
    const votes = fc.array(
      fc.tuple(fc.integer({ min: 500, max: 5_000 }), fc.boolean(), fc.integer({ min: 0, max: 120 })),
      { minLength: 2, maxLength: 3 },
    )
    await fc.assert(
      fc.asyncProperty(votes, async (cast) => {
        const { consensusScore, consensusCorrect, clippedVotes } = await decide(cast)
        const model = expected(cast)
        expect([consensusScore, consensusCorrect, clippedVotes]).toEqual(model)
      }),
      { numRuns: 15 },
    )
  })
})

/** The rule in whole ATN: stakes weigh the same in any unit. */
const expected = (votes: readonly Vote[]): readonly [bigint, boolean, bigint] => {
  const total = votes.reduce((sum, [stake]) => sum + stake, 0)
  const mean = (scores: readonly number[]) =>
    Math.floor(votes.reduce((sum, [stake], i) => sum + stake * scores[i]!, 0) / total)
  const scores = votes.map(([, , score]) => score)
  const centre = mean(scores)
  const reach = Math.floor(centre / 5)
  const clipped = scores.map((score) => Math.min(Math.max(score, centre - reach), centre + reach))
  const inFavour = votes.reduce((sum, [stake, isCorrect]) => sum + (isCorrect ? stake : 0), 0)
  const moved = clipped.filter((score, i) => score !== scores[i]).length
  return [BigInt(mean(clipped)), 2 * inFavour > total, BigInt(moved)]
}

import fc from "fast-check"
import type { Address } from "viem"
import { describe, expect, test } from "vitest"
import {
  coordinators,
  createPopulatedWorld,
  parameters,
  playToVoting,
  publicVoting,
  solver,
} from "./cycle.ts"
import { ATN, type World } from "./world.ts"

interface Vote {
  readonly atn: number
  readonly approves: boolean
  readonly score: number
}
const vote = (atn: number, approves: boolean, score: number): Vote => {
  return { atn, approves, score }
}

const openVoting = (median: boolean, clipBps = 2_000n) => [
  ...publicVoting,
  ...parameters("ResultsRewards", { clipAroundMedian: median ? 1n : 0n, clipBps }),
]

/** Votes of these stakes and scores on one solution, and what they decide. */
const decide = async (world: World, votes: readonly Vote[]) => {
  for (const [i, { atn }] of votes.entries()) {
    const by = coordinators[i] as Address
    const missing = BigInt(atn) * ATN - (await world.stakeOf(by))
    if (missing > 0n) await world.send(by, "staking", "addToStake", [missing])
  }
  const task = await playToVoting(world)
  for (const [i, { approves, score }] of votes.entries())
    await task.submitVote(coordinators[i] as Address, approves, score)
  task.after("voteReveal")
  const { events } = await task.finalise()
  const result = await world.read("results", "getConsensusResult", [task.id, solver])
  const clipped = events
    .filter(({ name }) => name === "VoteClipped")
    .map(({ args }) => [args["coordinator"], args["originalScore"], args["clippedScore"]])
  return { ...result, clipped, outcome: await task.outcome() }
}

/** The rule in plain words: sorted scores, one entry a whole ATN of stake. */
const expected = (votes: readonly Vote[], median: boolean, clip = 0.2) => {
  const total = votes.reduce((sum, { atn }) => sum + atn, 0)
  const mean = (scores: readonly number[]) =>
    Math.floor(votes.reduce((sum, { atn }, i) => sum + atn * (scores[i] as number), 0) / total)
  const line = votes
    .flatMap(({ atn, score }) => Array.from({ length: atn }, () => score))
    .sort((a, b) => a - b)
  const low = line[Math.ceil(line.length / 2) - 1] as number
  const high = line[Math.floor(line.length / 2)] as number
  const centre = median ? Math.floor((low + high) / 2) : mean(votes.map(({ score }) => score))
  const reach = Math.floor(centre * clip)
  const scores = votes.map(({ score }) => Math.min(Math.max(score, centre - reach), centre + reach))
  return { score: mean(scores), clipped: scores.filter((score, i) => score !== votes[i]?.score).length }
}

describe("the consensus", () => {
  test("takes the median of unsorted scores by stake, and says whose vote was clipped to what", async () => {
    const world = await createPopulatedWorld({ parameters: openVoting(true) })
    const result = await decide(world, [vote(500, true, 10), vote(500, true, 90), vote(500, true, 50)])
    // Median 50, so 40 … 60.
    expect(result.consensusScore).toBe(50n)
    expect(result.clippedVotes).toBe(2n)
    expect(result.clipped).toEqual([
      [coordinators[0], 10n, 40n],
      [coordinators[1], 90n, 60n],
    ])
  })

  test("takes the middle of two scores where half of the stake lies on each side", async () => {
    const world = await createPopulatedWorld({ parameters: openVoting(true) })
    const result = await decide(world, [vote(500, true, 100), vote(500, true, 80)])
    expect([result.consensusScore, result.clippedVotes]).toEqual([90n, 0n])
  })

  test("a vote weighs its stake, in the majority and in the score", async () => {
    const world = await createPopulatedWorld({ parameters: openVoting(false, 10_000n) })
    const votes = [vote(1_100, false, 20), vote(500, true, 100), vote(500, true, 100)]
    const result = await decide(world, votes)
    expect([result.consensusCorrect, result.consensusScore]).toEqual([false, 58n])
    expect([result.totalStake, result.correctStake]).toEqual([2_100n * ATN, 1_000n * ATN])
    expect(result.outcome).toBe(2)
  })

  test("needs more than half of the stake, not just half", async () => {
    const world = await createPopulatedWorld({ parameters: openVoting(true) })
    const tie = await decide(world, [vote(1_000, false, 10), vote(500, true, 90), vote(500, true, 90)])
    expect([tie.outcome, tie.consensusCorrect]).toEqual([3, false])
    const more = await decide(world, [vote(1_000, false, 10), vote(501, true, 90), vote(500, true, 90)])
    expect([more.outcome, more.consensusCorrect]).toEqual([1, true])
  })

  test.each([true, false])(
    "of any votes is what the rule says in plain words (median: %s)",
    async (median) => {
      const world = await createPopulatedWorld({ parameters: openVoting(median) })
      const goBack = world.remember()
      const anyVote = fc.record({
        atn: fc.integer({ min: 500, max: 506 }),
        approves: fc.constant(true),
        score: fc.nat(100),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(anyVote, { minLength: 2, maxLength: 5 }), async (votes) => {
          goBack()
          const { score, clipped } = expected(votes, median)
          const result = await decide(world, votes)
          expect([result.consensusScore, result.clippedVotes]).toEqual([BigInt(score), BigInt(clipped)])
        }),
        { numRuns: 15, seed: 7 },
      )
    },
  )
})

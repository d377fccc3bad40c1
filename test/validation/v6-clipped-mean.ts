/** V6: the consensus of votes with the public suite's rule, clipping around the mean, on the built-in contracts. */
import type { Address } from "viem"
import { coordinators, createPopulatedWorld, playToVoting, publicVoting, solver } from "../contracts/cycle.ts"
import { exactRow, type ValidationTarget } from "./target.ts"

interface Case {
  readonly votes: readonly (readonly [approves: boolean, score: number])[]
  readonly correct: boolean
  readonly score: number
  readonly clipped: number
}

/** All stakes are 500 ATN. */
const cases: readonly Case[] = [
  {
    votes: [
      [true, 85],
      [true, 90],
    ],
    correct: true,
    score: 87,
    clipped: 0,
  },
  {
    votes: [
      [true, 85],
      [true, 90],
      [true, 10],
    ],
    correct: true,
    score: 65,
    clipped: 3,
  },
  {
    votes: [
      [true, 100],
      [true, 100],
      [false, 0],
    ],
    correct: true,
    score: 70,
    clipped: 3,
  },
  {
    votes: [
      [true, 100],
      [false, 0],
    ],
    correct: false,
    score: 50,
    clipped: 2,
  },
]

const decide = async (votes: Case["votes"]) => {
  const world = await createPopulatedWorld({ parameters: publicVoting })
  const task = await playToVoting(world)
  for (const [i, [approves, score]] of votes.entries()) {
    await task.submitVote(coordinators[i] as Address, approves, score)
  }
  task.after("voteReveal")
  await task.finalise()
  return world.read("results", "getConsensusResult", [task.id, solver])
}

export const v6: ValidationTarget = {
  id: "V6",
  title: "Consensus with scores clipped around the mean",
  source:
    "scores clamped to [m − ⌊m/5⌋, m + ⌊m/5⌋] around the mean m rounded down, averaged by stake, rounded down",
  kind: "exact",
  rows: async () => {
    const rows = []
    for (const { votes, correct, score, clipped } of cases) {
      const result = await decide(votes)
      const label = votes.map(([approves, score]) => `${approves ? "T" : "F"} ${score}`).join(", ")
      const row = (what: string, expected: number, simulated: number) =>
        exactRow({ label: `${what} of ${label}`, expected, simulated, tolerance: 0 })
      rows.push(
        row("correct (1 or 0)", correct ? 1 : 0, result.consensusCorrect ? 1 : 0),
        row("score", score, Number(result.consensusScore)),
        row("clipped votes", clipped, Number(result.clippedVotes)),
      )
    }
    return rows
  },
}

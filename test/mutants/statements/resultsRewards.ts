import { expect } from "vitest"
import type { Address } from "viem"
import {
  contentHash,
  coordinators,
  playToVoting,
  proposeTask,
  saltOf,
  solver,
} from "../../contracts/cycle.ts"
import type { Statements } from "./statement.ts"

export const resultsRewardsStatements: Statements = {
  "unbounded-score": {
    holds: async (world) => {
      const task = await playToVoting(world)
      await task.drawPanel()
      const [by] = (await task.panel()) as readonly [Address]
      await task.commitVote(by, true, 101)
      task.after("voteCommit")
      const args = [task.id, solver, true, 101n, "report", saltOf(by)] as const
      expect(await world.fails(by, "results", "revealVote", args)).toMatch(/^ScoreTooHigh/)
    },
  },
  "unbound-vote": {
    holds: async (world) => {
      const task = await playToVoting(world)
      await task.drawPanel()
      const [honest, copier] = (await task.panel()) as readonly [Address, Address]
      const args = [task.id, solver, honest, true, 90n, "report", saltOf(honest)] as const
      const copied = await world.read("results", "voteCommitmentFor", args)
      await task.commitVote(honest, true, 90)
      await world.send(copier, "results", "commitVote", [task.id, solver, copied])
      task.after("voteCommit")
      await task.revealVote(honest, true, 90)
      const theft = [task.id, solver, true, 90n, "report", saltOf(honest)] as const
      expect(await world.fails(copier, "results", "revealVote", theft)).toMatch(/^WrongVoteReveal/)
    },
  },
  "vote-readable-early": {
    holds: async (world) => {
      const task = await playToVoting(world)
      await task.drawPanel()
      const [by] = (await task.panel()) as readonly [Address]
      await task.commitVote(by, true, 90)
      const args = [task.id, solver, true, 90n, "report", saltOf(by)] as const
      expect(await world.fails(by, "results", "revealVote", args)).toMatch(/^WrongPhase/)
      expect(await world.read("results", "getVotes", [task.id, solver])).toEqual([])
    },
  },
  "plain-votes": {
    holds: async (world) => {
      const task = await playToVoting(world)
      await task.drawPanel()
      const [by] = (await task.panel()) as readonly [Address]
      const args = [task.id, solver, true, 90n, "report"] as const
      expect(await world.fails(by, "results", "submitVote", args)).toMatch(/^PlainVotesOff/)
    },
  },
  "vote-off-panel": {
    holds: async (world) => {
      const task = await playToVoting(world)
      await task.drawPanel()
      const panel = new Set(await task.panel())
      const other = coordinators.find((by) => !panel.has(by)) as Address
      const args = [task.id, solver, contentHash("a vote")] as const
      expect(await world.fails(other, "results", "commitVote", args)).toMatch(/^NotOnPanel/)
    },
  },
  "unsalted-commitments": {
    holds: async (world) => {
      const task = await proposeTask(world)
      await world.send(solver, "tasks", "commitSolution", [task.id, contentHash("bare")])
      task.after("commit")
      await task.revealTruth()
      task.after("truth")
      expect(await world.fails(solver, "results", "revealSolution", [task.id, "bare"])).toMatch(
        /^SaltRequired/,
      )
    },
  },
  "single-verification": {
    holds: async (world) => {
      const task = await playToVoting(world)
      await task.drawPanel()
      const [by] = (await task.panel()) as readonly [Address]
      const args = [task.id, solver, true, 100n, "report"] as const
      expect(await world.fails(by, "results", "submitVerification", args)).toMatch(/^SingleVerificationOff/)
    },
  },
}

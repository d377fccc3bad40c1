import { expect } from "vitest"
import {
  cidOf,
  contentHash,
  otherSolver,
  outsider,
  proposeTask,
  saltOf,
  solver,
} from "../../contracts/cycle.ts"
import type { Statements } from "./statement.ts"

export const taskContractStatements: Statements = {
  "unbound-commitment": {
    holds: async (world) => {
      const task = await proposeTask(world)
      const args = [task.id, solver, contentHash(cidOf(solver)), saltOf(solver)] as const
      const copied = await world.read("tasks", "commitmentFor", args)
      await task.commit(solver)
      await world.send(otherSolver, "tasks", "commitSolution", [task.id, copied])
      task.after("commit")
      await task.revealTruth()
      task.after("truth")
      await task.reveal(solver)
      const theft = [task.id, cidOf(solver), saltOf(solver)] as const
      expect(await world.fails(otherSolver, "results", "revealSaltedSolution", theft)).toMatch(/^WrongReveal/)
    },
  },
  "late-commit": {
    holds: async (world) => {
      const task = await proposeTask(world)
      task.after("commit")
      await task.revealTruth()
      const args = [task.id, contentHash("copied from the ground truth")] as const
      expect(await world.fails(solver, "tasks", "commitSolution", args)).toMatch(/^WrongPhase/)
    },
  },
  "commit-without-stake": {
    holds: async (world) => {
      const task = await proposeTask(world)
      const args = [task.id, contentHash("anything")] as const
      expect(await world.fails(outsider, "tasks", "commitSolution", args)).toMatch(/^NotActive/)
    },
  },
}

import { expect } from "vitest"
import type { Address } from "viem"
import {
  coordinators,
  outsider,
  otherSolver,
  parameters,
  playToVoting,
  playVotes,
  proposeTask,
  proposer,
  publicVoting,
  solver,
} from "../../contracts/cycle.ts"
import { ATN, type World } from "../../contracts/world.ts"
import { commitTrap, openTrap, playTrap } from "./trap.ts"
import type { Statements } from "./statement.ts"

const stakesOf = (world: World, accounts: readonly Address[]): Promise<readonly bigint[]> =>
  Promise.all(accounts.map((by) => world.stakeOf(by)))

/** The plain rewards of a world without discounts by score: 5 ATN for the solver, 10 for the proposer. */
const perfect = () => ({ isCorrect: true, score: 100 })

export const resultsSettlementStatements: Statements = {
  "tie-slashes": {
    world: { parameters: parameters("ResultsRewards", { panelSize: 4n }) },
    holds: async (world) => {
      const task = await playToVoting(world)
      const panel = await playVotes(task, (seat) => ({ isCorrect: seat < 2, score: seat < 2 ? 90 : 10 }))
      await task.finalise()
      expect(await stakesOf(world, panel)).toEqual(panel.map(() => 500n * ATN))
      expect(await task.outcome()).toBe(3)
    },
  },
  "quorum-ignored": {
    holds: async (world) => {
      const task = await playToVoting(world)
      await playVotes(task, (seat) => (seat < 2 ? perfect() : "silent"))
      await task.finalise()
      expect(await task.outcome()).toBe(3)
    },
  },
  "early-finalisation": {
    world: { parameters: publicVoting },
    holds: async (world) => {
      const task = await playToVoting(world)
      for (const by of coordinators.slice(0, 2)) await task.submitVote(by, true, 90)
      task.after("voteCommit")
      const early = await world.fails(outsider, "results", "finalizeVoting", [task.id, solver])
      expect(early).toMatch(/^TooEarly/)
    },
  },
  "double-payout": {
    holds: async (world) => {
      const task = await playToVoting(world)
      await playVotes(task, perfect)
      const before = await world.balanceOf(solver)
      await task.finalise()
      expect(await world.balanceOf(solver)).toBe(before + 5n * ATN)
    },
  },
  "proposer-paid-per-solution": {
    holds: async (world) => {
      const both = [solver, otherSolver]
      const task = await playToVoting(world, both)
      await playVotes(task, perfect, both)
      const before = await world.balanceOf(proposer)
      await task.close()
      expect(await Promise.all(both.map((by) => task.outcome(by)))).toEqual([1, 1])
      expect(await world.balanceOf(proposer)).toBe(before + 10n * ATN)
    },
  },
  "trap-is-paid": {
    holds: async (world) => {
      await commitTrap(world, 1n, true)
      const task = await playTrap(world, () => ({ isCorrect: true, score: 90 }))
      await openTrap(world, 1n, true)
      const before = [await world.balanceOf(solver), await world.balanceOf(proposer)]
      await task.finalise()
      expect(await task.outcome()).toBe(4)
      expect([await world.balanceOf(solver), await world.balanceOf(proposer)]).toEqual(before)
    },
  },
  "unrevealed-solution-free": {
    holds: async (world) => {
      const task = await proposeTask(world)
      await task.commit(solver)
      task.after("solution")
      await task.close()
      expect(await world.stakeOf(solver)).toBe(45n * ATN)
    },
  },
  "silence-free": {
    holds: async (world) => {
      const task = await playToVoting(world)
      const panel = await playVotes(task, (seat) => (seat < 4 ? perfect() : "silent"))
      await task.finalise()
      expect(await world.stakeOf(panel[4] as Address)).toBe(475n * ATN)
    },
  },
  "unpaid-bond": {
    world: { parameters: parameters("ResultsRewards", { coordinatorFee: 0n }) },
    holds: async (world) => {
      const task = await playToVoting(world)
      const [by] = (await playVotes(task, perfect)) as readonly [Address]
      await task.finalise()
      expect(await task.outcome()).toBe(1)
      expect((await world.read("results", "getCoordinatorBond", [by])).emaBondStrength).toBe(0n)
    },
  },
}

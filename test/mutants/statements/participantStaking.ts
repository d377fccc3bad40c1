import { expect } from "vitest"
import { coordinators, otherSolver, outsider, proposeTask, role, solver } from "../../contracts/cycle.ts"
import { ATN, type World } from "../../contracts/world.ts"
import type { Statements } from "./statement.ts"

const [coordinator] = coordinators as unknown as readonly [`0x${string}`]
const threeDays = 3n * 24n * 3600n

const askToLeave = async (world: World): Promise<void> => {
  await world.send(solver, "staking", "requestUnstake", [])
}

export const participantStakingStatements: Statements = {
  "slash-by-anyone": {
    holds: async (world) => {
      const args = [coordinator, ATN, "because"] as const
      expect(await world.fails(outsider, "staking", "slash", args)).toMatch(/^NotSlasher/)
      expect(await world.stakeOf(coordinator)).toBe(500n * ATN)
    },
  },
  "work-while-leaving": {
    holds: async (world) => {
      const drawable = await world.read("staking", "drawableStake", [role.coordinator])
      await world.send(coordinator, "staking", "requestUnstake", [])
      const active = await world.read("staking", "isActiveParticipant", [coordinator, role.coordinator])
      expect(active).toBe(false)
      expect(await world.read("staking", "drawableStake", [role.coordinator])).toBe(drawable - 500n * ATN)
    },
  },
  "unstake-with-duties": {
    holds: async (world) => {
      const task = await proposeTask(world)
      await task.commit(solver)
      await askToLeave(world)
      world.extraSeconds += threeDays
      expect(await world.fails(solver, "staking", "unstake", [])).toMatch(/^OpenDuties/)
    },
  },
  "unstake-before-lock-up": {
    holds: async (world) => {
      await askToLeave(world)
      world.extraSeconds += threeDays - 1n
      expect(await world.fails(solver, "staking", "unstake", [])).toMatch(/^LockedUntil/)
      world.extraSeconds += 1n
      await world.send(solver, "staking", "unstake", [])
    },
  },
  "stake-below-minimum": {
    holds: async (world) => {
      const args = [role.coordinator, 500n * ATN - 1n] as const
      expect(await world.fails(outsider, "staking", "stake", args)).toMatch(/^BelowMinimumStake/)
      expect(await world.read("staking", "isActiveParticipant", [otherSolver, role.solver])).toBe(true)
    },
  },
}

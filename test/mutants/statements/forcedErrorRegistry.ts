import { expect } from "vitest"
import type { Address } from "viem"
import { contentHash, outsider, parameters, playVotes, proposeTask } from "../../contracts/cycle.ts"
import { type World, governance, keeper } from "../../contracts/world.ts"
import { badCid, commitTrap, failToOpenTrap, playTrapToVoting } from "./trap.ts"
import type { Statements } from "./statement.ts"

const publicTraps = { parameters: parameters("ForcedErrorRegistry", { allowPublicTraps: 1n }) }

const reservedJackpots = (world: World): Promise<bigint> => world.read("forcedErrors", "reservedJackpots", [])

export const forcedErrorRegistryStatements: Statements = {
  "jackpot-released-twice": {
    world: publicTraps,
    holds: async (world) => {
      for (const _ of [1, 2]) {
        const { id } = await proposeTask(world)
        await world.send(governance, "forcedErrors", "injectForcedError", [id, contentHash(badCid)])
        world.mine(10)
      }
      world.mine(991)
      await world.send(outsider, "forcedErrors", "expireForcedError", [1n])
      const reserved = await reservedJackpots(world)
      await world.send(governance, "forcedErrors", "processCoordinatorMiss", [1n, outsider]).catch(() => {})
      await world.send(outsider, "forcedErrors", "expireForcedError", [1n]).catch(() => {})
      expect(await reservedJackpots(world)).toBe(reserved)
    },
  },
  "miss-slashed-twice": {
    world: publicTraps,
    holds: async (world) => {
      const task = await playTrapToVoting(world)
      await world.send(governance, "forcedErrors", "injectForcedError", [task.id, contentHash(badCid)])
      const [by] = (await playVotes(task, () => ({ isCorrect: true, score: 90 }))) as readonly [Address]
      world.mine(1_000)
      const args = [task.id, by] as const
      await world.send(governance, "forcedErrors", "processCoordinatorMiss", args)
      const once = await world.stakeOf(by)
      expect(await world.fails(governance, "forcedErrors", "processCoordinatorMiss", args)).toMatch(
        /^MissAlreadyProcessed/,
      )
      expect(await world.stakeOf(by)).toBe(once)
    },
  },
  "settle-by-anyone": {
    holds: async (world) => {
      await commitTrap(world, 1n, true)
      await proposeTask(world)
      const args = [1n, false] as const
      expect(await world.fails(outsider, "forcedErrors", "closeForcedError", args)).toMatch(
        /^NotResultsRewards/,
      )
    },
  },
  "early-opening": {
    holds: async (world) => {
      await commitTrap(world, 1n, true)
      await playTrapToVoting(world)
      expect(await failToOpenTrap(world, 1n)).toMatch(/^WrongPhase/)
    },
  },
  "trap-after-proposal": {
    holds: async (world) => {
      await proposeTask(world)
      const args = [1n, contentHash("a commitment")] as const
      expect(await world.fails(keeper, "forcedErrors", "commitForcedError", args)).toMatch(
        /^TaskAlreadyProposed/,
      )
    },
  },
  "jackpot-without-dissent": {
    world: publicTraps,
    holds: async (world) => {
      const task = await playTrapToVoting(world)
      await world.send(governance, "forcedErrors", "injectForcedError", [task.id, contentHash(badCid)])
      const [by] = (await playVotes(task, () => ({ isCorrect: true, score: 90 }))) as readonly [Address]
      const args = [task.id, contentHash(badCid)] as const
      expect(await world.fails(by, "forcedErrors", "reportForcedError", args)).toMatch(/^NoDissentingVote/)
    },
  },
}

import { expect } from "vitest"
import type { Address } from "viem"
import {
  aggregators,
  contentHash,
  founder,
  outsider,
  playToVoting,
  playVotes,
  proposer,
  role,
  solver,
} from "../../contracts/cycle.ts"
import { addressFromName } from "../../../chain/wallet.ts"
import { ATN, type World } from "../../contracts/world.ts"
import type { Statements } from "./statement.ts"

const [aggregator] = aggregators as unknown as readonly [Address]
const stranger = addressFromName("another proposer")

/** A deployed project whose tokens one holder owns, after one inference of 3 ATN. */
const earnRevenue = async (world: World, holder: Address): Promise<Address> => {
  await world.send(holder, "project", "fundProject", [1n, 10n * ATN, 0n])
  await world.send(founder, "project", "setMatureModel", [1n, "weights", 3n * ATN])
  await world.send(solver, "project", "requestInference", [1n, "input"])
  return world.read("project", "getProjectToken", [1n])
}

/** The project's first round: its aggregator is drawn and publishes after one verified task. */
const publishRound = async (world: World): Promise<void> => {
  const task = await playToVoting(world)
  await playVotes(task, () => ({ isCorrect: true, score: 100 }))
  await task.finalise()
  await world.send(outsider, "project", "drawAggregator", [1n, 1n])
  await world.send(aggregator, "project", "publishGlobalModel", [1n, 1n, "model"])
}

export const projectStatements: Statements = {
  "junk-mature-model": {
    holds: async (world) => {
      await publishRound(world)
      world.mine(101)
      const junk = [1n, "junk", 10n ** 30n] as const
      expect(await world.fails(aggregator, "project", "setMatureModel", junk)).toMatch(/^NotLastModel/)
    },
  },
  "disburse-by-anyone": {
    holds: async (world) => {
      const args = [1n, outsider, ATN] as const
      expect(await world.fails(outsider, "project", "disburseFromBudget", args)).toMatch(/^NotDisburser/)
    },
  },
  "budget-reuse": {
    holds: async (world) => {
      await world.send(outsider, "project", "fundProject", [1n, 5n * ATN, 0n])
      await world.send(founder, "project", "allocateTaskBudget", [1n, 5n * ATN])
      const again = await world.fails(founder, "project", "allocateTaskBudget", [1n, 5n * ATN])
      expect(again).toMatch(/^FundingTooSmall/)
    },
  },
  "phantom-budget": {
    holds: async (world) => {
      const before = await world.balanceOf(outsider)
      await world.send(outsider, "project", "createProject", ["p", "c", 0n, 7n * ATN, 0n, "P", "P"])
      expect(await world.balanceOf(outsider)).toBe(before - 7n * ATN)
    },
  },
  "shared-pot": {
    holds: async (world) => {
      await world.send(outsider, "project", "createProject", ["p", "c", 0n, 0n, ATN, "P", "P"])
      expect(await world.fails(outsider, "project", "withdrawRevenue", [2n])).toMatch(/^NothingToWithdraw/)
    },
  },
  "free-project-tokens": {
    holds: async (world) => {
      expect(await world.fails(outsider, "project", "fundProject", [1n, 0n, 10n ** 30n])).toMatch(
        /^TooFewTokens/,
      )
      await world.send(outsider, "project", "fundProject", [1n, 2n * ATN, ATN])
      const token = await world.read("project", "getProjectToken", [1n])
      expect(await world.read("projectToken", "balanceOf", [outsider], token)).toBe(2n * ATN)
    },
  },
  "cheaper-than-investors": {
    holds: async (world) => {
      await world.send(outsider, "project", "fundProject", [1n, 10n * ATN, 0n])
      expect(await world.fails(founder, "project", "setTokenPrice", [1n, 1n])).toMatch(
        /^TokenPriceBelowFloor/,
      )
    },
  },
  "revenue-paid-twice": {
    holds: async (world) => {
      await world.send(founder, "project", "fundProject", [1n, 10n * ATN, 0n])
      await earnRevenue(world, outsider)
      await world.send(outsider, "project", "withdrawRevenue", [1n])
      expect(await world.fails(outsider, "project", "withdrawRevenue", [1n])).toMatch(/^NothingToWithdraw/)
    },
  },
  "revenue-without-checkpoint": {
    holds: async (world) => {
      const token = await earnRevenue(world, outsider)
      await world.send(outsider, "project", "withdrawRevenue", [1n])
      await world.send(outsider, "projectToken", "transfer", [founder, 10n * ATN], token)
      expect(await world.read("project", "withdrawableRevenue", [1n, founder])).toBe(0n)
    },
  },
  "foreign-budget": {
    holds: async (world) => {
      await world.send(outsider, "token", "transfer", [stranger, 100n * ATN])
      await world.send(stranger, "token", "approve", [world.at.staking, 100n * ATN])
      await world.send(stranger, "staking", "stake", [role.proposer, 100n * ATN])
      const args = [1n, contentHash("spec"), contentHash("truth"), ATN, ATN] as const
      expect(await world.fails(stranger, "tasks", "proposeTask", args)).toMatch(/^ProposerNotAllowed/)
    },
  },
  "reserve-by-anyone": {
    holds: async (world) => {
      const args = [1n, 99n, proposer, ATN] as const
      expect(await world.fails(outsider, "project", "reserveForTask", args)).toMatch(/^NotTaskRewards/)
    },
  },
  "publish-by-anyone": {
    holds: async (world) => {
      const args = [1n, 1n, "model"] as const
      expect(await world.fails(outsider, "project", "publishGlobalModel", args)).toMatch(/^NotPublisher/)
    },
  },
  "founder-ahead-of-aggregator": {
    holds: async (world) => {
      await world.send(outsider, "project", "drawAggregator", [1n, 1n])
      const args = [1n, 1n, "model"] as const
      expect(await world.fails(founder, "project", "publishGlobalModel", args)).toMatch(/^AggregatorStillDue/)
    },
  },
  "aggregator-paid-twice": {
    holds: async (world) => {
      await publishRound(world)
      const paid = await world.balanceOf(aggregator)
      const args = [1n, 1n, "model"] as const
      expect(await world.fails(aggregator, "project", "publishGlobalModel", args)).toMatch(/^WrongRound/)
      expect(await world.balanceOf(aggregator)).toBe(paid)
    },
  },
}

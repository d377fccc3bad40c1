import { expect } from "vitest"
import type { Address } from "viem"
import { budget, coordinators, saltOf } from "../../contracts/cycle.ts"
import {
  aggregator,
  closeDispute,
  disputer,
  disputeRules,
  drawDispute,
  gains,
  judge,
  paidWithoutTasks,
  publishRound,
  round,
} from "../../contracts/dispute.ts"
import { ATN, type World } from "../../contracts/world.ts"
import type { Statements } from "./statement.ts"

const fourteenDays = 14n * 24n * 3600n
const [coordinator] = coordinators as unknown as readonly [Address]
const worldOf = (rules: Readonly<Record<string, bigint>> = {}) => ({
  parameters: [...paidWithoutTasks, ...disputeRules(rules)],
})

const dispute = async (world: World, by: Address = disputer): Promise<void> => {
  await publishRound(world)
  await world.send(by, "disputes", "openDispute", round)
  world.mine(1)
}

export const aggregationDisputesStatements: Statements = {
  "disputer-on-panel": {
    world: worldOf({ verdictPanelSize: BigInt(coordinators.length) }),
    holds: async (world) => {
      await dispute(world, coordinator)
      expect((await drawDispute(world)).toSorted()).toEqual(coordinators.slice(1).toSorted())
    },
  },
  "copied-dispute-verdict": {
    world: worldOf(),
    holds: async (world) => {
      await dispute(world)
      const [author, copier] = (await drawDispute(world)) as unknown as readonly [Address, Address]
      const secret = [true, saltOf("secret")] as const
      const commitment = await world.read("disputes", "verdictCommitmentFor", [...round, author, ...secret])
      for (const by of [author, copier]) {
        await world.send(by, "disputes", "commitVerdict", [...round, commitment])
      }
      world.mine(51)
      await world.send(author, "disputes", "revealVerdict", [...round, ...secret])
      const copied = await world.fails(copier, "disputes", "revealVerdict", [...round, ...secret])
      expect(copied).toMatch(/^WrongVerdictReveal/)
    },
  },
  "tied-dispute-decides": {
    world: worldOf({ verdictPanelSize: 4n }),
    holds: async (world) => {
      await dispute(world)
      await judge(world, (seat) => seat < 2)
      expect(await gains(world, [disputer], () => closeDispute(world))).toEqual([50n * ATN])
    },
  },
  "aggregator-leaves-early": {
    world: worldOf(),
    holds: async (world) => {
      await publishRound(world)
      await world.send(aggregator, "staking", "requestUnstake", [])
      world.extraSeconds += fourteenDays
      expect(await world.fails(aggregator, "staking", "unstake", [])).toMatch(/^OpenDuties/)
      world.mine(101)
      await world.send(disputer, "disputes", "releaseAggregator", round)
      await world.send(aggregator, "staking", "unstake", [])
    },
  },
  "window-used-up": {
    world: worldOf(),
    holds: async (world) => {
      await publishRound(world)
      for (let times = 0; times < 5; times++) {
        await world.send(disputer, "disputes", "openDispute", round)
        world.mine(26)
        await closeDispute(world)
      }
      await world.send(disputer, "disputes", "openDispute", round)
    },
  },
  "free-idle-dispute": {
    world: worldOf(),
    holds: async (world) => {
      await dispute(world)
      world.mine(25)
      expect(await gains(world, [disputer], () => closeDispute(world))).toEqual([0n])
    },
  },
  "shielding-dispute": {
    world: worldOf(),
    holds: async (world) => {
      await dispute(world, coordinator)
      world.mine(25)
      await closeDispute(world)
      await world.send(disputer, "disputes", "openDispute", round)
    },
  },
  "unbooked-refund": {
    world: worldOf(),
    holds: async (world) => {
      await dispute(world)
      await judge(world, () => true)
      await closeDispute(world)
      const [, free] = await world.read("project", "ledgerOf", [1n])
      expect(free).toBe(budget)
    },
  },
}

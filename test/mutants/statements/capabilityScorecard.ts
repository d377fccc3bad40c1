import { expect } from "vitest"
import { outsider } from "../../contracts/cycle.ts"
import { ATN, type World, governance } from "../../contracts/world.ts"
import type { Statements } from "./statement.ts"

const module = 1n
const CURATOR = 6

const withModule = async (world: World): Promise<void> => {
  await world.send(governance, "scorecard", "registerModule", [module, "vision", 8_000n])
}

const withEvaluator = async (world: World): Promise<void> => {
  await withModule(world)
  await world.send(outsider, "staking", "stake", [CURATOR, 500n * ATN])
  await world.send(governance, "scorecard", "setAuthorizedEvaluator", [outsider, true])
}

const report = (world: World, scoreBps: bigint) =>
  world.send(outsider, "scorecard", "reportScore", [module, scoreBps])

export const capabilityScorecardStatements: Statements = {
  "score-by-anyone": {
    holds: async (world) => {
      await withModule(world)
      const args = [module, 8_000n] as const
      expect(await world.fails(outsider, "scorecard", "reportScore", args)).toMatch(/^NotEvaluator/)
    },
  },
  "undamped-score": {
    holds: async (world) => {
      await withEvaluator(world)
      await report(world, 8_000n)
      await report(world, 4_000n)
      expect((await world.read("scorecard", "moduleCard", [module])).scoreBps).toBe(6_000n)
    },
  },
  "unbounded-report": {
    holds: async (world) => {
      await withEvaluator(world)
      const args = [module, 10_001n] as const
      expect(await world.fails(outsider, "scorecard", "reportScore", args)).toMatch(/^ScoreOutOfBounds/)
    },
  },
}

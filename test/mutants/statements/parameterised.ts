import { expect } from "vitest"
import { parameterKey } from "../../../chain/suite.ts"
import { outsider } from "../../contracts/cycle.ts"
import { governance } from "../../contracts/world.ts"
import type { Statements } from "./statement.ts"

/** Of the many contracts with parameters the one that compiles fastest. */
const mutated = ["ParticipantStaking.sol"]

export const parameterisedStatements: Statements = {
  "parameters-by-anyone": {
    mutated,
    holds: async (world) => {
      const args = [parameterKey("coordinatorMinStake"), 1n] as const
      expect(await world.fails(outsider, "staking", "setParameter", args)).toMatch(/^NotGovernance/)
    },
  },
  "parameters-unbounded": {
    mutated,
    holds: async (world) => {
      const args = [parameterKey("burnSlashed"), 2n] as const
      expect(await world.fails(governance, "staking", "setParameter", args)).toMatch(/^ParameterOutOfBounds/)
    },
  },
}

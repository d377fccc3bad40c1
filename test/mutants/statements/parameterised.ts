import { expect } from "vitest"
import { parameterKey } from "../../../chain/suite.ts"
import { outsider } from "../../contracts/cycle.ts"
import { governance } from "../../contracts/world.ts"
import type { Statements } from "./statement.ts"

export const parameterisedStatements: Statements = {
  "parameters-by-anyone": {
    holds: async (world) => {
      const args = [parameterKey("minVotes"), 1n] as const
      expect(await world.fails(outsider, "results", "setParameter", args)).toMatch(/^NotGovernance/)
    },
  },
  "parameters-unbounded": {
    holds: async (world) => {
      const args = [parameterKey("clipBps"), 10_001n] as const
      expect(await world.fails(governance, "results", "setParameter", args)).toMatch(/^ParameterOutOfBounds/)
    },
  },
}

import { expect } from "vitest"
import { outsider } from "../../contracts/cycle.ts"
import { ATN } from "../../contracts/world.ts"
import type { Statements } from "./statement.ts"

export const atnTokenStatements: Statements = {
  "mint-by-anyone": {
    mutated: ["ATNToken.sol"],
    holds: async (world) => {
      expect(await world.fails(outsider, "token", "mint", [outsider, ATN])).toMatch(/^NotDao/)
    },
  },
}

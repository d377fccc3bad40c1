import { expect, test } from "vitest"
import { mutants } from "../../chain/mutants/mutants.ts"
import { resultsRewardsMutants } from "../../chain/mutants/resultsRewards.ts"
import { resultsSettlementMutants } from "../../chain/mutants/resultsSettlement.ts"
import { testKills } from "./kill.ts"
import { statements } from "./statements/statements.ts"

/** Those that take longest to compile have a file, and so a thread, of their own. */
const elsewhere = new Set([...resultsRewardsMutants, ...resultsSettlementMutants])

testKills(mutants.filter((mutant) => !elsewhere.has(mutant)))

test("every statement kills the mutant that names it, and none is left over", () => {
  const named = mutants.filter(({ killedBy }) => "statement" in killedBy).map(({ name }) => name)
  expect(Object.keys(statements).sort()).toEqual(named.sort())
})

import { expect, test } from "vitest"
import { aggregationDisputesMutants } from "../../chain/mutants/aggregationDisputes.ts"
import { autonetDaoMutants } from "../../chain/mutants/autonetDao.ts"
import { constitutionMutants } from "../../chain/mutants/constitution.ts"
import { modelShardRegistryMutants } from "../../chain/mutants/modelShardRegistry.ts"
import { mutants } from "../../chain/mutants/mutants.ts"
import { resultsRewardsMutants } from "../../chain/mutants/resultsRewards.ts"
import { resultsSettlementMutants } from "../../chain/mutants/resultsSettlement.ts"
import { timelockMutants } from "../../chain/mutants/timelock.ts"
import { treasuryMutants } from "../../chain/mutants/treasury.ts"
import { testKills } from "./kill.ts"
import { statements } from "./statements/statements.ts"

/** The others have files, and so threads, of their own. */
const elsewhere = new Set([
  ...resultsRewardsMutants,
  ...resultsSettlementMutants,
  ...autonetDaoMutants,
  ...constitutionMutants,
  ...timelockMutants,
  ...treasuryMutants,
  ...aggregationDisputesMutants,
  ...modelShardRegistryMutants,
])

testKills(mutants.filter((mutant) => !elsewhere.has(mutant)))

test("every statement kills the mutant that names it, and none is left over", () => {
  const named = mutants.filter(({ killedBy }) => "statement" in killedBy).map(({ name }) => name)
  expect(Object.keys(statements).sort()).toEqual(named.sort())
})

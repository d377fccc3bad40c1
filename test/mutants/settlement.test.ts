import { resultsRewardsMutants } from "../../chain/mutants/resultsRewards.ts"
import { resultsSettlementMutants } from "../../chain/mutants/resultsSettlement.ts"
import { testKills } from "./kill.ts"

testKills([...resultsRewardsMutants, ...resultsSettlementMutants])

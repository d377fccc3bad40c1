import { aggregationDisputesStatements } from "./aggregationDisputes.ts"
import { atnTokenStatements } from "./atnToken.ts"
import { capabilityScorecardStatements } from "./capabilityScorecard.ts"
import { forcedErrorRegistryStatements } from "./forcedErrorRegistry.ts"
import { governmentStatements } from "./government.ts"
import { modelShardRegistryStatements } from "./modelShardRegistry.ts"
import { parameterisedStatements } from "./parameterised.ts"
import { participantStakingStatements } from "./participantStaking.ts"
import { projectStatements } from "./project.ts"
import { resultsRewardsStatements } from "./resultsRewards.ts"
import { resultsSettlementStatements } from "./resultsSettlement.ts"
import type { Statements } from "./statement.ts"
import { taskContractStatements } from "./taskContract.ts"

export const statements: Statements = {
  ...atnTokenStatements,
  ...parameterisedStatements,
  ...participantStakingStatements,
  ...projectStatements,
  ...taskContractStatements,
  ...resultsRewardsStatements,
  ...resultsSettlementStatements,
  ...forcedErrorRegistryStatements,
  ...aggregationDisputesStatements,
  ...modelShardRegistryStatements,
  ...capabilityScorecardStatements,
  ...governmentStatements,
}

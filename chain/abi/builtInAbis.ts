// Generated from the compiled contracts by scripts/generate-abi.ts; do not edit.

import { atnTokenAbi } from "./atnToken.ts"
import { aggregationDisputesAbi } from "./aggregationDisputes.ts"
import { autonetDAOAbi } from "./autonetDAO.ts"
import { capabilityScorecardAbi } from "./capabilityScorecard.ts"
import { constitutionAbi } from "./constitution.ts"
import { forcedErrorRegistryAbi } from "./forcedErrorRegistry.ts"
import { modelShardRegistryAbi } from "./modelShardRegistry.ts"
import { participantStakingAbi } from "./participantStaking.ts"
import { projectAbi } from "./project.ts"
import { projectTokenAbi } from "./projectToken.ts"
import { resultsRewardsAbi } from "./resultsRewards.ts"
import { resultsSettlementAbi } from "./resultsSettlement.ts"
import { taskContractAbi } from "./taskContract.ts"
import { timelockAbi } from "./timelock.ts"
import { treasuryAbi } from "./treasury.ts"

export const builtInAbis = {
  ATNToken: atnTokenAbi,
  AggregationDisputes: aggregationDisputesAbi,
  AutonetDAO: autonetDAOAbi,
  CapabilityScorecard: capabilityScorecardAbi,
  Constitution: constitutionAbi,
  ForcedErrorRegistry: forcedErrorRegistryAbi,
  ModelShardRegistry: modelShardRegistryAbi,
  ParticipantStaking: participantStakingAbi,
  Project: projectAbi,
  ProjectToken: projectTokenAbi,
  ResultsRewards: resultsRewardsAbi,
  ResultsSettlement: resultsSettlementAbi,
  TaskContract: taskContractAbi,
  Timelock: timelockAbi,
  Treasury: treasuryAbi,
} as const

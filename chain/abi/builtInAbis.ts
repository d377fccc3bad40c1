// Generated from the compiled contracts by scripts/generate-abi.ts; do not edit.

import { atnTokenAbi } from "./atnToken.ts"
import { forcedErrorRegistryAbi } from "./forcedErrorRegistry.ts"
import { participantStakingAbi } from "./participantStaking.ts"
import { projectAbi } from "./project.ts"
import { projectTokenAbi } from "./projectToken.ts"
import { resultsRewardsAbi } from "./resultsRewards.ts"
import { resultsSettlementAbi } from "./resultsSettlement.ts"
import { taskContractAbi } from "./taskContract.ts"

export const builtInAbis = {
  ATNToken: atnTokenAbi,
  ForcedErrorRegistry: forcedErrorRegistryAbi,
  ParticipantStaking: participantStakingAbi,
  Project: projectAbi,
  ProjectToken: projectTokenAbi,
  ResultsRewards: resultsRewardsAbi,
  ResultsSettlement: resultsSettlementAbi,
  TaskContract: taskContractAbi,
} as const

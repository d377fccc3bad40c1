/** The functions and events of the publicly deployed suite, by contract: what any contract set must offer. */
import type { Abi } from "abitype"
import { publicATNTokenAbi } from "./atnToken.ts"
import { publicAutonetDAOAbi } from "./autonetDAO.ts"
import { publicForcedErrorRegistryAbi } from "./forcedErrorRegistry.ts"
import { publicModelShardRegistryAbi } from "./modelShardRegistry.ts"
import { publicParticipantStakingAbi } from "./participantStaking.ts"
import { publicProjectAbi } from "./project.ts"
import { publicResultsRewardsAbi } from "./resultsRewards.ts"
import { publicTaskContractAbi } from "./taskContract.ts"

export const publicInterface = {
  ATNToken: publicATNTokenAbi,
  ParticipantStaking: publicParticipantStakingAbi,
  Project: publicProjectAbi,
  TaskContract: publicTaskContractAbi,
  ResultsRewards: publicResultsRewardsAbi,
  ForcedErrorRegistry: publicForcedErrorRegistryAbi,
  ModelShardRegistry: publicModelShardRegistryAbi,
  AutonetDAO: publicAutonetDAOAbi,
} as const

export type PublicContract = keyof typeof publicInterface

export const publicContracts = Object.keys(publicInterface) as readonly PublicContract[]

/** Of a contract whose name is known only when the program runs; nothing where it is not public. */
export const publicAbiOf = (contract: string): Abi =>
  (publicInterface as Readonly<Record<string, Abi>>)[contract] ?? []

/** Without these the training cycle cannot be played; the others are used where a set has them. */
export const cycleContracts = [
  "ATNToken",
  "ParticipantStaking",
  "Project",
  "TaskContract",
  "ResultsRewards",
  "ForcedErrorRegistry",
] as const satisfies readonly PublicContract[]

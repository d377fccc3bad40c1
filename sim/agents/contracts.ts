import type { Abi } from "abitype"
import { getAddress, type Address } from "viem"
import { allErrorsAbi } from "../../chain/abi/allErrors.ts"
import { atnTokenAbi } from "../../chain/abi/atnToken.ts"
import { forcedErrorRegistryAbi } from "../../chain/abi/forcedErrorRegistry.ts"
import { participantStakingAbi } from "../../chain/abi/participantStaking.ts"
import { projectTokenAbi } from "../../chain/abi/projectToken.ts"
import { resultsRewardsAbi } from "../../chain/abi/resultsRewards.ts"
import { taskContractAbi } from "../../chain/abi/taskContract.ts"
import { bindContract } from "../../chain/contract.ts"
import { wholeProjectAbi, type SuiteAddresses } from "../../chain/suite.ts"

/** Where the contracts of a set are deployed, the token of the project that is trained included. */
export type ContractAddresses = SuiteAddresses & { readonly projectToken: Address }

/** The protocol's contracts as typed objects, their addresses checksummed as in logs. */
export const bindContracts = (at: ContractAddresses) => ({
  token: bindContract(atnTokenAbi, getAddress(at.token), named("ATNToken")),
  projectToken: bindContract(projectTokenAbi, getAddress(at.projectToken), named("ProjectToken")),
  staking: bindContract(participantStakingAbi, getAddress(at.staking), named("ParticipantStaking")),
  project: bindContract(wholeProjectAbi, getAddress(at.project), named("Project")),
  tasks: bindContract(taskContractAbi, getAddress(at.tasks), named("TaskContract")),
  results: bindContract(resultsRewardsAbi, getAddress(at.results), named("ResultsRewards")),
  forcedErrors: bindContract(
    forcedErrorRegistryAbi,
    getAddress(at.forcedErrors),
    named("ForcedErrorRegistry"),
  ),
})

export type Contracts = ReturnType<typeof bindContracts>

/** Contracts call each other: any error of the set may come back from any call. */
const named = (name: string): { readonly name: string; readonly errors: Abi } => ({
  name,
  errors: allErrorsAbi,
})

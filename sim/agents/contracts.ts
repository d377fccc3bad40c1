import type { Address } from "viem"
import { atnTokenAbi } from "../../chain/abi/atnToken.ts"
import { forcedErrorRegistryAbi } from "../../chain/abi/forcedErrorRegistry.ts"
import { participantStakingAbi } from "../../chain/abi/participantStaking.ts"
import { projectAbi } from "../../chain/abi/project.ts"
import { projectTokenAbi } from "../../chain/abi/projectToken.ts"
import { resultsRewardsAbi } from "../../chain/abi/resultsRewards.ts"
import { taskContractAbi } from "../../chain/abi/taskContract.ts"
import { bindContract } from "../../chain/contract.ts"

/** Where the contracts of a set are deployed. */
export interface ContractAddresses {
  readonly token: Address
  readonly projectToken: Address
  readonly staking: Address
  readonly project: Address
  readonly tasks: Address
  readonly results: Address
  readonly forcedErrors: Address
}

/** The protocol's contracts as typed objects. */
export const bindContracts = (at: ContractAddresses) => ({
  token: bindContract(atnTokenAbi, at.token, { name: "ATNToken" }),
  projectToken: bindContract(projectTokenAbi, at.projectToken, { name: "ProjectToken" }),
  staking: bindContract(participantStakingAbi, at.staking, {
    name: "ParticipantStaking",
    errors: atnTokenAbi,
  }),
  project: bindContract(projectAbi, at.project, { name: "Project", errors: atnTokenAbi }),
  tasks: bindContract(taskContractAbi, at.tasks, { name: "TaskContract", errors: projectAbi }),
  results: bindContract(resultsRewardsAbi, at.results, { name: "ResultsRewards", errors: taskContractAbi }),
  forcedErrors: bindContract(forcedErrorRegistryAbi, at.forcedErrors, {
    name: "ForcedErrorRegistry",
    errors: atnTokenAbi,
  }),
})

export type Contracts = ReturnType<typeof bindContracts>

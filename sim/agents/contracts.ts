import type { Abi } from "abitype"
import { getAddress, type Address } from "viem"
import { aggregationDisputesAbi } from "../../chain/abi/aggregationDisputes.ts"
import { atnTokenAbi } from "../../chain/abi/atnToken.ts"
import { autonetDAOAbi } from "../../chain/abi/autonetDAO.ts"
import { capabilityScorecardAbi } from "../../chain/abi/capabilityScorecard.ts"
import { timelockAbi } from "../../chain/abi/timelock.ts"
import { treasuryAbi } from "../../chain/abi/treasury.ts"
import { constitutionAbi } from "../../chain/abi/constitution.ts"
import { modelShardRegistryAbi } from "../../chain/abi/modelShardRegistry.ts"
import { forcedErrorRegistryAbi } from "../../chain/abi/forcedErrorRegistry.ts"
import { participantStakingAbi } from "../../chain/abi/participantStaking.ts"
import { projectTokenAbi } from "../../chain/abi/projectToken.ts"
import { resultsRewardsAbi } from "../../chain/abi/resultsRewards.ts"
import { taskContractAbi } from "../../chain/abi/taskContract.ts"
import { bindContract } from "../../chain/contract.ts"
import { wholeProjectAbi, type SuiteAddresses } from "../../chain/suite.ts"

/** Where the contracts of a set are deployed, the token of the project that is trained included. */
export type ContractAddresses = SuiteAddresses & { readonly projectToken: Address }

/**
 * The protocol's contracts as typed objects, their addresses checksummed as in logs. Of extensions that the set lacks
 * there are methods too: they revert. `errors`: all that the set's contracts may revert with, since they call each
 * other and any error may come back from any call.
 */
export const bindContracts = (at: ContractAddresses, errors: Abi) => ({
  token: bindContract(atnTokenAbi, getAddress(at.token), { name: "ATNToken", errors }),
  projectToken: bindContract(projectTokenAbi, getAddress(at.projectToken), { name: "ProjectToken", errors }),
  staking: bindContract(participantStakingAbi, getAddress(at.staking), {
    name: "ParticipantStaking",
    errors,
  }),
  project: bindContract(wholeProjectAbi, getAddress(at.project), { name: "Project", errors }),
  tasks: bindContract(taskContractAbi, getAddress(at.tasks), { name: "TaskContract", errors }),
  results: bindContract(resultsRewardsAbi, getAddress(at.results), { name: "ResultsRewards", errors }),
  forcedErrors: bindContract(forcedErrorRegistryAbi, getAddress(at.forcedErrors), {
    name: "ForcedErrorRegistry",
    errors,
  }),
  ...bindExtensions(at, errors),
})

/** The contracts that not every set has; undefined where it lacks one. */
const bindExtensions = (at: ContractAddresses, errors: Abi) => {
  const bind = <const A extends Abi>(abi: A, address: Address | undefined, name: string) =>
    address === undefined ? undefined : bindContract(abi, getAddress(address), { name, errors })
  return {
    dao: bind(autonetDAOAbi, at.dao, "AutonetDAO"),
    timelock: bind(timelockAbi, at.timelock, "Timelock"),
    treasury: bind(treasuryAbi, at.timelock === undefined ? undefined : at.treasury, "Treasury"),
    constitution: bind(constitutionAbi, at.constitution, "Constitution"),
    scorecard: bind(capabilityScorecardAbi, at.scorecard, "CapabilityScorecard"),
    shards: bind(modelShardRegistryAbi, at.shards, "ModelShardRegistry"),
    disputes: bind(aggregationDisputesAbi, at.disputes, "AggregationDisputes"),
  }
}

export type Contracts = ReturnType<typeof bindContracts>

/** Deploys and wires a contract set at genesis. */
import { type Address, type Hex, stringToHex } from "viem"
import { atnTokenAbi } from "./abi/atnToken.ts"
import { forcedErrorRegistryAbi } from "./abi/forcedErrorRegistry.ts"
import { participantStakingAbi } from "./abi/participantStaking.ts"
import { projectAbi } from "./abi/project.ts"
import { resultsRewardsAbi } from "./abi/resultsRewards.ts"
import { taskContractAbi } from "./abi/taskContract.ts"
import type { Genesis } from "./genesis.ts"

/** Where the contracts of a set are deployed. */
export interface SuiteAddresses {
  readonly token: Address
  readonly staking: Address
  readonly project: Address
  readonly tasks: Address
  readonly results: Address
  readonly forcedErrors: Address
}

/** The contracts that have parameters. */
export type SuiteContract =
  "ForcedErrorRegistry" | "ParticipantStaking" | "Project" | "ResultsRewards" | "TaskContract"

/** A parameter to set at genesis. `value` is in the parameter's own unit. */
export interface SuiteParameter {
  readonly contract: SuiteContract
  readonly key: string
  readonly value: bigint
}

export interface DeploySuiteOptions {
  readonly genesis: Genesis
  /** Deploys the set and governs it; also the token's DAO. */
  readonly governance: Address
  /** Receives slashes and forfeited bonds. */
  readonly treasury: Address
  /** Receives the whole supply; distribute from it with `distributeAtn`. */
  readonly genesisHolder: Address
  /** In whole ATN. */
  readonly supplyAtn?: bigint
  /** Commits and opens forced errors; nobody when absent. */
  readonly keeper?: Address
  readonly parameters?: readonly SuiteParameter[]
}

/** Whole ATN that exist in the default world. */
export const defaultSupplyAtn = 10_000_000n

/**
 * `projects(uint256)` of Project: on the wire like every other function, but answered by the contract's fallback,
 * because the compiler cannot return that many values. Hence it is not in `projectAbi`.
 */
export const projectDirectoryAbi = [
  {
    type: "function",
    name: "projects",
    stateMutability: "view",
    inputs: [{ name: "projectId", type: "uint256" }],
    outputs: [
      { name: "id", type: "uint256" },
      { name: "name", type: "string" },
      { name: "descriptionCid", type: "string" },
      { name: "founder", type: "address" },
      { name: "status", type: "uint8" },
      { name: "creationTime", type: "uint256" },
      { name: "projectToken", type: "address" },
      { name: "totalPTsIssued", type: "uint256" },
      { name: "fundingGoalATN", type: "uint256" },
      { name: "currentFundingATN", type: "uint256" },
      { name: "taskRewardBudgetATN", type: "uint256" },
      { name: "matureModelWeightsCid", type: "string" },
      { name: "atnPricePerInference", type: "uint256" },
      { name: "inferenceFeeRecipient", type: "address" },
    ],
  },
] as const

/** Everything that Project answers to. */
export const wholeProjectAbi = [...projectAbi, ...projectDirectoryAbi] as const

/** A parameter's key on chain: ASCII, padded with zeros on the right to 32 bytes. Throws if it is longer. */
export const parameterKey = (name: string): Hex => stringToHex(name, { size: 32 })

/** Deploys the built-in set, wires it, sets the parameters. Rejects with `GenesisFailed`. */
export const deploySuite = async (options: DeploySuiteOptions): Promise<SuiteAddresses> => {
  const { genesis, governance, genesisHolder, supplyAtn = defaultSupplyAtn } = options
  const token = await genesis.deploy(governance, "ATNToken", [genesisHolder, supplyAtn])
  const staking = await genesis.deploy(governance, "ParticipantStaking", [token, governance])
  const project = await genesis.deploy(governance, "Project", [token, governance])
  const tasks = await genesis.deploy(governance, "TaskContract", [staking, governance])
  const results = await genesis.deploy(governance, "ResultsRewards", [tasks, staking, governance])
  const forcedErrors = await genesis.deploy(governance, "ForcedErrorRegistry", [token, staking, governance])
  const at = { token, staking, project, tasks, results, forcedErrors }
  await wireStaking(options, at)
  await wireProjectAndTasks(options, at)
  await wireForcedErrors(options, at)
  for (const parameter of options.parameters ?? []) await setParameter(options, at, parameter)
  return at
}

/** Who may slash, and who may hold participants to their work. */
const wireStaking = async ({ genesis, governance, treasury }: DeploySuiteOptions, at: SuiteAddresses) => {
  const staking = { from: governance, to: at.staking, abi: participantStakingAbi } as const
  for (const slasher of [at.results, at.forcedErrors]) {
    await genesis.call({ ...staking, functionName: "setAuthorizedSlasher", args: [slasher, true] })
  }
  for (const keeper of [at.tasks, at.results]) {
    await genesis.call({ ...staking, functionName: "setAuthorizedDutyKeeper", args: [keeper, true] })
  }
  await genesis.call({ ...staking, functionName: "setTreasury", args: [treasury] })
}

const wireProjectAndTasks = async ({ genesis, governance }: DeploySuiteOptions, at: SuiteAddresses) => {
  const project = { from: governance, to: at.project, abi: projectAbi } as const
  await genesis.call({ ...project, functionName: "setAuthorizedDisburser", args: [at.results, true] })
  await genesis.call({ ...project, functionName: "setTaskRewards", args: [at.results] })
  await genesis.call({ ...project, functionName: "setStaking", args: [at.staking] })
  const tasks = { from: governance, to: at.tasks, abi: taskContractAbi } as const
  await genesis.call({ ...tasks, functionName: "setResultsRewardsContract", args: [at.results] })
  const results = { from: governance, to: at.results, abi: resultsRewardsAbi } as const
  await genesis.call({ ...results, functionName: "setProjectContract", args: [at.project] })
  await genesis.call({ ...results, functionName: "setForcedErrorRegistry", args: [at.forcedErrors] })
}

const wireForcedErrors = async (
  { genesis, governance, treasury, keeper }: DeploySuiteOptions,
  at: SuiteAddresses,
) => {
  const registry = { from: governance, to: at.forcedErrors, abi: forcedErrorRegistryAbi } as const
  const args = [at.tasks, at.results, treasury] as const
  await genesis.call({ ...registry, functionName: "setContracts", args })
  if (keeper !== undefined) await genesis.call({ ...registry, functionName: "setKeeper", args: [keeper] })
}

const setParameter = async (
  { genesis, governance }: DeploySuiteOptions,
  at: SuiteAddresses,
  { contract, key, value }: SuiteParameter,
) => {
  const to = {
    ForcedErrorRegistry: at.forcedErrors,
    ParticipantStaking: at.staking,
    Project: at.project,
    ResultsRewards: at.results,
    TaskContract: at.tasks,
  }[contract]
  // Every contract with parameters offers the same function.
  const args = [parameterKey(key), value] as const
  await genesis.call({ from: governance, to, abi: taskContractAbi, functionName: "setParameter", args })
}

/** Pays ATN out of one account, in the order given. Amounts in wei. Rejects with `GenesisFailed`. */
export const distributeAtn = async (options: {
  readonly genesis: Genesis
  readonly token: Address
  readonly from: Address
  readonly payments: readonly { readonly to: Address; readonly amount: bigint }[]
}): Promise<void> => {
  const { genesis, token, from } = options
  for (const { to, amount } of options.payments) {
    const args = [to, amount] as const
    await genesis.call({ from, to: token, abi: atnTokenAbi, functionName: "transfer", args })
  }
}

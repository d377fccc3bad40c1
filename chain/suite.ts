/** Deploys and wires a contract set at genesis. */
import type { Address } from "viem"
import { atnTokenAbi } from "./abi/atnToken.ts"
import type { Genesis } from "./genesis.ts"
import type { BuiltInAddresses, CoreAddresses } from "./suite/addresses.ts"
import { deployCapability } from "./suite/capability.ts"
import {
  deployGovernment,
  endowTreasury,
  enactConstitution,
  handOver,
  wireGovernment,
} from "./suite/government.ts"
import type { DeploySuiteOptions, WiredSuiteOptions } from "./suite/options.ts"
import { setParameter } from "./suite/parameters.ts"
import { wireForcedErrors, wireProjectAndTasks, wireStaking } from "./suite/wiring.ts"

export type {
  BuiltInAddresses,
  CapabilityAddresses,
  CoreAddresses,
  GovernanceAddresses,
  SuiteAddresses,
} from "./suite/addresses.ts"
export type { DeploySuiteOptions, WiredSuiteOptions } from "./suite/options.ts"
export {
  addressOfContract,
  parameterKey,
  suiteContractsOf,
  type SuiteBounds,
  type SuiteContract,
  type SuiteParameter,
} from "./suite/parameters.ts"
export { principlesAtGenesis, protectedArguments, protectedFunctions } from "./suite/constitutionText.ts"
export { projectDirectoryAbi, wholeProjectAbi } from "./suite/projectDirectory.ts"

/** Whole ATN that exist in the default world. */
export const defaultSupplyAtn = 10_000_000n

/**
 * Deploys the built-in set, wires it, sets the parameters, fills the jackpot pool, and hands every power to the
 * timelock. Rejects with `GenesisFailed`.
 */
export const deploySuite = async (options: DeploySuiteOptions): Promise<BuiltInAddresses> =>
  configureSuite(options, await deployWiredSuite(options))

/** The first part of `deploySuite`, which depends on nothing but these options. Rejects with `GenesisFailed`. */
export const deployWiredSuite = async (options: WiredSuiteOptions): Promise<BuiltInAddresses> => {
  const { genesis, governance, genesisHolder, supplyAtn = defaultSupplyAtn } = options
  const token = await genesis.deploy(governance, "ATNToken", [genesisHolder, supplyAtn])
  const staking = await genesis.deploy(governance, "ParticipantStaking", [token, governance])
  const project = await genesis.deploy(governance, "Project", [token, governance])
  const tasks = await genesis.deploy(governance, "TaskContract", [staking, governance])
  const results = await genesis.deploy(governance, "ResultsRewards", [tasks, staking, governance])
  const forcedErrors = await genesis.deploy(governance, "ForcedErrorRegistry", [token, staking, governance])
  const core: CoreAddresses = { token, staking, project, tasks, results, forcedErrors }
  const governed = { ...core, ...(await deployGovernment(options, core)) }
  await wireStaking(options, governed)
  await wireProjectAndTasks(options, core)
  await wireForcedErrors(options, governed)
  const at = { ...governed, ...(await deployCapability(options, governed)) }
  await wireGovernment(options, at)
  return at
}

/** The rest of `deploySuite`, on wired contracts. Rejects with `GenesisFailed`. */
export const configureSuite = async (
  options: DeploySuiteOptions,
  at: BuiltInAddresses,
): Promise<BuiltInAddresses> => {
  for (const parameter of options.parameters ?? []) await setParameter(options, at, parameter)
  await enactConstitution(options, at)
  await endowTreasury(options, at)
  await options.beforeHandOver?.(at)
  if (options.governedBy !== "deployer") await handOver(options, at)
  return at
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

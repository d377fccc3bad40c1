/** The built-in set's government: deployed with the rest, wired, and at last given every power. */
import { type Address, toFunctionSelector } from "viem"
import { atnTokenAbi } from "../abi/atnToken.ts"
import { autonetDAOAbi } from "../abi/autonetDAO.ts"
import { constitutionAbi } from "../abi/constitution.ts"
import { participantStakingAbi } from "../abi/participantStaking.ts"
import { timelockAbi } from "../abi/timelock.ts"
import { treasuryAbi } from "../abi/treasury.ts"
import type { CoreAddresses, GovernanceAddresses, SuiteAddresses } from "./addresses.ts"
import { principlesAtGenesis, protectedArguments, protectedSelectors } from "./constitutionText.ts"
import type { DeploySuiteOptions, WiredSuiteOptions } from "./options.ts"
import { addressOfContract, parameterKey, suiteContractsOf } from "./parameters.ts"

/** Wei that juries may cost before governance renews the constitution's allowance. */
const defaultJuryAllowanceWei = 10_000n * 10n ** 18n

/** Rejects with `GenesisFailed`. */
export const deployGovernment = async (
  { genesis, governance }: WiredSuiteOptions,
  { token, staking }: CoreAddresses,
): Promise<GovernanceAddresses> => {
  const treasury = await genesis.deploy(governance, "Treasury", [token, governance])
  const timelock = await genesis.deploy(governance, "Timelock", [governance])
  const texts = [principlesAtGenesis, protectedSelectors()] as const
  const constitution = await genesis.deploy(governance, "Constitution", [staking, governance, ...texts])
  const dao = await genesis.deploy(governance, "AutonetDAO", [token, treasury])
  return { timelock, dao, treasury, constitution }
}

/** DAO, timelock and constitution know each other; juries hold validators to their duty and pay them. */
export const wireGovernment = async (
  { genesis, governance: from, guardian, juryAllowanceWei = defaultJuryAllowanceWei }: WiredSuiteOptions,
  at: CoreAddresses & GovernanceAddresses,
): Promise<void> => {
  const dao = { from, to: at.dao, abi: autonetDAOAbi } as const
  await genesis.call({ ...dao, functionName: "setTimelock", args: [at.timelock] })
  if (guardian !== undefined) await genesis.call({ ...dao, functionName: "setGuardian", args: [guardian] })
  const timelock = { from, to: at.timelock, abi: timelockAbi } as const
  await genesis.call({ ...timelock, functionName: "setDao", args: [at.dao] })
  const constitution = { from, to: at.constitution, abi: constitutionAbi } as const
  await genesis.call({ ...constitution, functionName: "setInstitutions", args: [at.dao, at.treasury] })
  const staking = { from, to: at.staking, abi: participantStakingAbi } as const
  await genesis.call({ ...staking, functionName: "setAuthorizedSlasher", args: [at.constitution, true] })
  await genesis.call({ ...staking, functionName: "setAuthorizedDutyKeeper", args: [at.constitution, true] })
  const treasury = { from, to: at.treasury, abi: treasuryAbi } as const
  await genesis.call({ ...treasury, functionName: "setForcedErrorRegistry", args: [at.forcedErrors] })
  const allowance = [at.constitution, juryAllowanceWei] as const
  await genesis.call({ ...treasury, functionName: "setAllowance", args: allowance })
}

/** From now on the constitution bounds every parameter, and protects those that government itself rests on. */
export const enactConstitution = async (
  { genesis, governance: from, bounds = [] }: DeploySuiteOptions,
  at: SuiteAddresses & CoreAddresses & GovernanceAddresses,
): Promise<void> => {
  for (const contract of suiteContractsOf(at)) {
    const to = addressOfContract(at, contract)
    // Every contract with parameters offers the same function.
    const args = [at.constitution] as const
    await genesis.call({ from, to, abi: timelockAbi, functionName: "setConstitution", args })
  }
  const constitution = { from, to: at.constitution, abi: constitutionAbi } as const
  for (const { contract, key, min, max } of bounds) {
    const args = [addressOfContract(at, contract), parameterKey(key), min, max] as const
    await genesis.call({ ...constitution, functionName: "setBounds", args })
  }
  for (const { target, signature, firstArguments } of protectedArguments) {
    const args = [at[target], toFunctionSelector(signature), firstArguments, true] as const
    await genesis.call({ ...constitution, functionName: "setProtectedArguments", args })
  }
}

/** The treasury gets its share of the supply and fills the jackpot pool from it. */
export const endowTreasury = async (
  { genesis, governance, genesisHolder, treasuryWei = 0n, jackpotPoolWei = 0n }: DeploySuiteOptions,
  at: CoreAddresses & GovernanceAddresses,
): Promise<void> => {
  if (treasuryWei > 0n) {
    const token = { from: genesisHolder, to: at.token, abi: atnTokenAbi } as const
    await genesis.call({ ...token, functionName: "transfer", args: [at.treasury, treasuryWei] })
  }
  if (jackpotPoolWei > 0n) {
    const treasury = { from: governance, to: at.treasury, abi: treasuryAbi } as const
    await genesis.call({ ...treasury, functionName: "fundJackpots", args: [jackpotPoolWei] })
  }
}

/** After this the deployer has no power over anything: the timelock governs and owns every contract, itself too. */
export const handOver = async (
  { genesis, governance: from }: DeploySuiteOptions,
  at: SuiteAddresses & GovernanceAddresses,
): Promise<void> => {
  const args = [at.timelock] as const
  for (const to of ownedContracts(at)) {
    await genesis.call({ from, to, abi: autonetDAOAbi, functionName: "transferOwnership", args })
  }
  await genesis.call({ from, to: at.token, abi: atnTokenAbi, functionName: "setDaoAddress", args })
  for (const contract of suiteContractsOf(at)) {
    const to = addressOfContract(at, contract)
    await genesis.call({ from, to, abi: timelockAbi, functionName: "setGovernance", args })
  }
}

/** Contracts with an owner. */
const ownedContracts = (at: SuiteAddresses & GovernanceAddresses): readonly Address[] =>
  [at.project, at.dao, at.shards].filter((address) => address !== undefined)

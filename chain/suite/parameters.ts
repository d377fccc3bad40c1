/** Parameters of the deployed contracts. */
import { type Address, type Hex, stringToHex } from "viem"
import { taskContractAbi } from "../abi/taskContract.ts"
import { type Genesis, GenesisFailed } from "../genesis.ts"
import type { SuiteAddresses } from "./addresses.ts"

/** The contracts that have parameters, and where a set's addresses have them. */
const places = {
  AggregationDisputes: "disputes",
  AutonetDAO: "dao",
  CapabilityScorecard: "scorecard",
  Constitution: "constitution",
  ForcedErrorRegistry: "forcedErrors",
  ModelShardRegistry: "shards",
  ParticipantStaking: "staking",
  Project: "project",
  ResultsRewards: "results",
  TaskContract: "tasks",
  Timelock: "timelock",
  Treasury: "treasury",
} as const satisfies Readonly<Record<string, keyof SuiteAddresses>>

export type SuiteContract = keyof typeof places

/** A parameter to set at genesis. `value` is in the parameter's own unit. */
export interface SuiteParameter {
  readonly contract: SuiteContract
  readonly key: string
  readonly value: bigint
}

/** Bounds of a parameter, in its own unit, inclusive. */
export interface SuiteBounds {
  readonly contract: SuiteContract
  readonly key: string
  readonly min: bigint
  readonly max: bigint
}

/** The contracts with parameters that a set has. */
export const suiteContractsOf = (at: SuiteAddresses): readonly SuiteContract[] =>
  (Object.keys(places) as SuiteContract[]).filter((contract) => at[places[contract]] !== undefined)

/** A parameter's key on chain: ASCII, padded with zeros on the right to 32 bytes. Throws if it is longer. */
export const parameterKey = (name: string): Hex => stringToHex(name, { size: 32 })

/** Where a contract with parameters is. Throws `GenesisFailed` where the set has no such contract. */
export const addressOfContract = (at: SuiteAddresses, contract: SuiteContract): Address => {
  const address = at[places[contract]]
  if (address === undefined) throw new GenesisFailed(`Genesis: this set has no ${contract}.`)
  return address
}

/** Sets a parameter as governance. Rejects with `GenesisFailed`, also where the set has no such contract. */
export const setParameter = async (
  { genesis, governance }: { readonly genesis: Genesis; readonly governance: Address },
  at: SuiteAddresses,
  { contract, key, value }: SuiteParameter,
): Promise<void> => {
  const to = addressOfContract(at, contract)
  // Every contract with parameters offers the same function.
  const args = [parameterKey(key), value] as const
  await genesis.call({ from: governance, to, abi: taskContractAbi, functionName: "setParameter", args })
}

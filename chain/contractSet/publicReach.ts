/** What the public interface allows with a parameter on a set without `setParameter`, and what it refuses. */
import type { Genesis } from "../genesis.ts"
import { publicAbiOf } from "../publicInterface/publicInterface.ts"
import { type SuiteAddresses, type SuiteParameter, addressOfContract } from "../suite.ts"
import { numberByName } from "./callsByName.ts"
import { has } from "./capabilities.ts"
import type { ContractSet } from "./contractSet.ts"
import type { FixedParameter } from "./errors.ts"

/** A parameter and how the public interface reaches it; an entry of the parameter registry fits. */
export interface PublicParameter extends Pick<SuiteParameter, "contract"> {
  /** A call of the same contract; the value comes behind the arguments. */
  readonly publicSetter?: { readonly functionName: string; readonly args: readonly number[] }
  /** A view of the same contract, which shows the value plus the offset. */
  readonly publicView?: {
    readonly functionName: string
    readonly args: readonly number[]
    readonly offset?: bigint
  }
}

/** The call, where the set has it. */
export const offered = <Call extends { readonly functionName: string }>(
  set: ContractSet,
  contract: string,
  call: Call | undefined,
): Call | undefined => (call !== undefined && has(set, `${contract}.${call.functionName}`) ? call : undefined)

/** The value that the set has now; nothing where no view tells. Rejects with `GenesisFailed`. */
export const shownValue = async (
  { genesis, set }: { readonly genesis: Genesis; readonly set: ContractSet },
  at: SuiteAddresses,
  { contract, publicView }: PublicParameter,
): Promise<bigint | undefined> => {
  const view = offered(set, contract, publicView)
  if (view === undefined) return undefined
  const { functionName, args, offset = 0n } = view
  const to = addressOfContract(at, contract)
  return (await numberByName(genesis, { to, abi: publicAbiOf(contract), functionName, args })) - offset
}

/** What is asked of a set, and how values of that parameter are written; as digits where absent. */
export interface Asked {
  readonly name: string
  readonly value: bigint
  readonly write?: (value: bigint) => string
}

/** Why it cannot be had where the set has no setter; nothing where it has that value anyway. */
export const refusalOf = (
  { name, value, write = String }: Asked,
  fixedAt: bigint | undefined,
): FixedParameter | undefined => {
  if (fixedAt === value) return undefined
  if (fixedAt === undefined) return { name, value, written: write(value) }
  return { name, value, written: write(value), fixedAt, fixedAtWritten: write(fixedAt) }
}

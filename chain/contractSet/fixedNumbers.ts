/** The numbers that a set shows and has no setter for. */
import type { Address } from "viem"
import type { Genesis } from "../genesis.ts"
import { publicAbiOf } from "../publicInterface/publicInterface.ts"
import type { SuiteAddresses } from "../suite.ts"
import { numberByName } from "./callsByName.ts"
import type { ContractSet } from "./contractSet.ts"

export interface FixedNumber {
  readonly contract: string
  /** The public view that shows it. */
  readonly view: string
  /** As the view gives it, in the contract's own unit. */
  readonly value: bigint
}

/** In the order of `capabilities.fixedViews`. Rejects with `GenesisFailed`. */
export const readFixedNumbers = async (
  { genesis, set }: { readonly genesis: Genesis; readonly set: ContractSet },
  at: SuiteAddresses,
): Promise<readonly FixedNumber[]> => {
  const addresses: Readonly<Record<string, Address | undefined>> = {
    ResultsRewards: at.results,
    ModelShardRegistry: at.shards,
    AutonetDAO: at.dao,
  }
  const numbers: FixedNumber[] = []
  for (const name of set.capabilities.fixedViews) {
    const [contract = "", view = ""] = name.split(".")
    const to = addresses[contract]
    if (to === undefined) continue
    const abi = publicAbiOf(contract)
    const value = await numberByName(genesis, { to, abi, functionName: view, args: [] })
    numbers.push({ contract, view, value })
  }
  return numbers
}

import type { Abi, AbiError } from "abitype"
import type { ContractSet } from "./contractSet.ts"

/** Every custom error of a set's contracts, each once. */
export const errorsOf = ({ suite }: ContractSet): Abi => {
  const errors = new Map<string, AbiError>()
  for (const { abi } of Object.values(suite.contracts)) {
    for (const item of abi) if (item.type === "error") errors.set(JSON.stringify(item), item)
  }
  return [...errors.values()]
}

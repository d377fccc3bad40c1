/** From what a scenario names to contracts that can be deployed. */
import { compileContracts } from "../compile/compileContracts.ts"
import { capabilitiesOf } from "./capabilities.ts"
import type { ContractChoice, ContractSet } from "./contractSet.ts"

export interface LoadOptions {
  /** Where compiled contracts are kept between starts. Absent: nothing is kept. */
  readonly cacheDirectory: string | undefined
}

/** Compiles the built-in set. Rejects with `CompilationFailed`. */
export const loadContractSet = async (choice: ContractChoice, options: LoadOptions): Promise<ContractSet> => {
  const { cacheDirectory } = options
  const suite = await compileContracts({ cacheDirectory })
  return { choice, suite, capabilities: capabilitiesOf(suite) }
}

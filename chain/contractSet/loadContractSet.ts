/** From what a scenario names to contracts that can be deployed. */
import type { CompiledSuite } from "../compile/artifact.ts"
import { compileContracts } from "../compile/compileContracts.ts"
import { mutantOverrides } from "../mutants/mutants.ts"
import { readArtifacts } from "./artifacts/readArtifacts.ts"
import { capabilitiesOf } from "./capabilities.ts"
import type { ContractChoice, ContractSet } from "./contractSet.ts"
import { ContractSetRefused } from "./errors.ts"
import { problemsOf } from "./requirements.ts"

export interface LoadOptions {
  /** Where compiled contracts are kept between starts. Absent: nothing is kept. */
  readonly cacheDirectory: string | undefined
}

/**
 * Compiles the built-in set, without the rules that are off, or reads a folder of artifacts. Rejects with
 * `ContractSetRefused`, `UnknownMutant`, `MutantOutdated` or `CompilationFailed`.
 */
export const loadContractSet = async (choice: ContractChoice, options: LoadOptions): Promise<ContractSet> => {
  if (choice.source !== "builtin") return loadFolder(choice)
  const { cacheDirectory } = options
  const overrides = mutantOverrides(choice.rulesOff)
  return setOf(choice, await compileContracts({ cacheDirectory, overrides }))
}

const setOf = (choice: ContractChoice, suite: CompiledSuite): ContractSet => ({
  choice,
  suite,
  capabilities: capabilitiesOf(suite),
})

const loadFolder = (choice: ContractChoice): ContractSet => {
  const { source, rulesOff } = choice
  if (rulesOff.length > 0) {
    throw new ContractSetRefused({
      source,
      problems: [
        {
          kind: "rules-off",
          where: rulesOff.join(", "),
          wrong: "rules can be switched off in the built-in contracts only",
          right: "choose builtin, or leave the rules on",
        },
      ],
    })
  }
  const read = readArtifacts(source)
  const set = setOf(choice, read.suite)
  const problems = problemsOf(read, set.capabilities)
  if (problems.length > 0) throw new ContractSetRefused({ source, problems })
  return set
}

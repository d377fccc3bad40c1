/** All curated mutants of the built-in set, one file a contract, and how to compile a set without their rules. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { builtInContractsDirectory } from "../compile/compileContracts.ts"
import { aggregationDisputesMutants } from "./aggregationDisputes.ts"
import { atnTokenMutants } from "./atnToken.ts"
import { autonetDaoMutants } from "./autonetDao.ts"
import { capabilityScorecardMutants } from "./capabilityScorecard.ts"
import { constitutionMutants } from "./constitution.ts"
import { forcedErrorRegistryMutants } from "./forcedErrorRegistry.ts"
import type { Edit, Mutant } from "./mutant.ts"
import { modelShardRegistryMutants } from "./modelShardRegistry.ts"
import { parameterisedMutants } from "./parameterised.ts"
import { participantStakingMutants } from "./participantStaking.ts"
import { projectMutants } from "./project.ts"
import { resultsRewardsMutants } from "./resultsRewards.ts"
import { resultsSettlementMutants } from "./resultsSettlement.ts"
import { taskContractMutants } from "./taskContract.ts"
import { timelockMutants } from "./timelock.ts"
import { treasuryMutants } from "./treasury.ts"

export type { Edit, Killer, Mutant } from "./mutant.ts"

export const mutants: readonly Mutant[] = [
  ...atnTokenMutants,
  ...parameterisedMutants,
  ...participantStakingMutants,
  ...projectMutants,
  ...taskContractMutants,
  ...resultsRewardsMutants,
  ...resultsSettlementMutants,
  ...forcedErrorRegistryMutants,
  ...aggregationDisputesMutants,
  ...modelShardRegistryMutants,
  ...capabilityScorecardMutants,
  ...autonetDaoMutants,
  ...timelockMutants,
  ...constitutionMutants,
  ...treasuryMutants,
]

/** A rule is to be off that no mutant takes away. */
export class UnknownMutant extends Error {
  override readonly name = "UnknownMutant"
  readonly mutant: string
  constructor(mutant: string) {
    super(
      `There is no rule "${mutant}" to turn off. There are: ${mutants.map(({ name }) => name).join(", ")}.`,
    )
    this.mutant = mutant
  }
}

/** What a mutant changes does not stand in the source exactly once: the contracts moved on, or two mutants clash. */
export class MutantOutdated extends Error {
  override readonly name = "MutantOutdated"
  readonly mutant: string
  constructor(mutant: string, { file, find }: Edit, occurrences: number) {
    super(
      `Mutant ${mutant}: ${file} must hold exactly once, and holds ${occurrences} times:\n${find}\n` +
        "Bring the mutant up to the contract, or turn off one rule at a time where two change the same lines.",
    )
    this.mutant = mutant
  }
}

/** Throws `UnknownMutant`. */
export const mutantNamed = (name: string): Mutant => {
  const mutant = mutants.find((candidate) => candidate.name === name)
  if (mutant === undefined) throw new UnknownMutant(name)
  return mutant
}

/**
 * The sources of the built-in set without these rules, by path below `chain/contracts`: for
 * `compileContracts({ overrides })`. Throws `UnknownMutant` or `MutantOutdated`.
 */
export const mutantOverrides = (names: readonly string[]): Readonly<Record<string, string>> => {
  const sources: Record<string, string> = {}
  for (const name of new Set(names)) {
    const mutant = mutantNamed(name)
    for (const edit of [mutant, ...(mutant.also ?? [])]) {
      const source = sources[edit.file] ?? readFileSync(join(builtInContractsDirectory, edit.file), "utf8")
      const parts = source.split(edit.find)
      if (parts.length !== 2) throw new MutantOutdated(name, edit, parts.length - 1)
      sources[edit.file] = parts.join(edit.replace)
    }
  }
  return sources
}

/** From Solidity sources to artifacts, through a cache that is keyed by content. */
import { createHash } from "node:crypto"
import { fileURLToPath } from "node:url"
import type { CompiledContract, CompiledSuite } from "./artifact.ts"
import { readCached, writeCached } from "./cache.ts"
import { CompilationFailed } from "./errors.ts"
import { compileUnits } from "./compileUnits.ts"
import { settings, solcPackageVersion } from "./solc.ts"
import { type SourceUnits, closeOverImports, ownPrefix, readOwnSources } from "./sources.ts"

export interface CompileOptions {
  /** Where compiled suites are kept between starts. Absent: nothing is kept. */
  readonly cacheDirectory?: string | undefined
  /** A folder of `.sol` files; the built-in contract set when absent. */
  readonly contractsDirectory?: string
  /** Sources that replace or join those of the folder, by path relative to it. For mutants and variants. */
  readonly overrides?: Readonly<Record<string, string>>
}

/** Where the built-in contract set lives. */
export const builtInContractsDirectory = fileURLToPath(new URL("../contracts/", import.meta.url))

/**
 * Compiles every contract of a set in one invocation of the compiler, or takes the result from the cache,
 * in which case the compiler is not even loaded. Rejects with `CompilationFailed`.
 */
export const compileContracts = async (options: CompileOptions = {}): Promise<CompiledSuite> => {
  const own = readOwnSources(options.contractsDirectory ?? builtInContractsDirectory)
  for (const [path, content] of Object.entries(options.overrides ?? {})) own.set(ownPrefix + path, content)
  const units = closeOverImports(own)
  const contentHash = contentHashOf(units)
  const cached =
    options.cacheDirectory === undefined ? undefined : readCached(options.cacheDirectory, contentHash)
  if (cached !== undefined) return cached
  const { compiler, contracts } = await compileUnits(units)
  const suite = { compiler, contentHash, contracts: byName(contracts) }
  if (options.cacheDirectory !== undefined) writeCached(options.cacheDirectory, suite)
  return suite
}

/** Over everything that the bytecode depends on; lengths separate the parts, so no two inputs collide. */
const contentHashOf = (units: SourceUnits): string => {
  const hash = createHash("sha256")
  for (const part of [solcPackageVersion(), JSON.stringify(settings), ...[...units].flat()]) {
    hash.update(`${Buffer.byteLength(part)}:`).update(part)
  }
  return hash.digest("hex")
}

const byName = (contracts: readonly CompiledContract[]): Record<string, CompiledContract> => {
  const sorted = [...contracts].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const result: Record<string, CompiledContract> = {}
  for (const contract of sorted) {
    const other = result[contract.name]
    if (other !== undefined) {
      throw new CompilationFailed([
        `Two contracts are named ${contract.name}, in ${other.source} and ${contract.source}; names must be unique.`,
      ])
    }
    result[contract.name] = contract
  }
  return result
}

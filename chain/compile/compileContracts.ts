/** From Solidity sources to artifacts, through a cache that is keyed by content, unit by unit. */
import { createHash } from "node:crypto"
import { fileURLToPath } from "node:url"
import type { CompiledContract, CompiledSuite } from "./artifact.ts"
import { readCached, writeCached } from "./cache.ts"
import { createClosures, restrict } from "./closures.ts"
import { CompilationFailed } from "./errors.ts"
import { type CompiledUnit, compileUnits } from "./compileUnits.ts"
import { settings, solcPackageVersion } from "./solc.ts"
import { type SourceUnits, closeOverImports, ownPrefix, readOwnSources } from "./sources.ts"

export interface CompileOptions {
  /** Where compiled units are kept between starts. Absent: nothing is kept. */
  readonly cacheDirectory?: string | undefined
  /** A folder of `.sol` files; the built-in contract set when absent. */
  readonly contractsDirectory?: string
  /** Sources that replace or join those of the folder, by path relative to it. For mutants and variants. */
  readonly overrides?: Readonly<Record<string, string>>
  /** The files whose contracts are wanted, by path relative to the folder; all when absent. */
  readonly only?: readonly string[]
}

/** Where the built-in contract set lives. */
export const builtInContractsDirectory = fileURLToPath(new URL("../contracts/", import.meta.url))

/**
 * Compiles every contract of a set. What depends on nothing that changed comes from the cache: after a change of one
 * file only the units that import it, directly or not, are compiled; where that is none, the compiler is not even
 * loaded. The bytecode is that of one invocation for all. Rejects with `CompilationFailed`.
 */
export const compileContracts = async (options: CompileOptions = {}): Promise<CompiledSuite> => {
  const sources = readOwnSources(options.contractsDirectory ?? builtInContractsDirectory)
  for (const [path, content] of Object.entries(options.overrides ?? {}))
    sources.set(ownPrefix + path, content)
  const units = closeOverImports(sources)
  const { only } = options
  const own = [...units.keys()].filter((unit) => unit.startsWith(ownPrefix))
  const wanted = only === undefined ? own : own.filter((unit) => only.includes(unit.slice(ownPrefix.length)))
  const keys = keysOf(units, wanted)
  const done = new Map<string, CompiledUnit>()
  for (const [unit, key] of keys.ofUnit) {
    const cached = options.cacheDirectory === undefined ? undefined : readCached(options.cacheDirectory, key)
    if (cached !== undefined) done.set(unit, cached)
  }
  const missing = [...keys.ofUnit.keys()].filter((unit) => !done.has(unit))
  if (missing.length > 0) {
    const needed = restrict(units, missing.flatMap(keys.closureOf))
    for (const [unit, compiled] of await compileUnits(needed, { emit: missing })) {
      done.set(unit, compiled)
      const key = keys.ofUnit.get(unit)
      if (options.cacheDirectory !== undefined && key !== undefined) {
        writeCached(options.cacheDirectory, key, compiled)
      }
    }
  }
  return suiteOf(done, keys.ofAll)
}

interface Keys {
  /** By wanted unit, in code-unit order. */
  readonly ofUnit: ReadonlyMap<string, string>
  /** Over everything. */
  readonly ofAll: string
  readonly closureOf: (unit: string) => readonly string[]
}

/** Over everything that bytecode depends on: compiler, settings, and the sources that are reached. */
const keysOf = (units: SourceUnits, wanted: readonly string[]): Keys => {
  const closureOf = createClosures(units)
  const sources = new Map([...units].map(([name, content]) => [name, hashOf([content])]))
  const keyOf = (names: Iterable<string>): string =>
    hashOf([
      solcPackageVersion(),
      JSON.stringify(settings),
      ...[...names].flatMap((name) => [name, sources.get(name) ?? ""]),
    ])
  return {
    ofUnit: new Map(wanted.map((unit) => [unit, keyOf(closureOf(unit))])),
    ofAll: keyOf(units.keys()),
    closureOf,
  }
}

/** Lengths separate the parts, so no two lists collide. */
const hashOf = (parts: readonly string[]): string => {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest("hex")
}

const suiteOf = (units: ReadonlyMap<string, CompiledUnit>, contentHash: string): CompiledSuite => {
  const all = [...units.values()]
  return {
    compiler: all[0]?.compiler ?? solcPackageVersion(),
    contentHash,
    contracts: byName(all.flatMap(({ contracts }) => contracts)),
  }
}

const byName = (contracts: readonly CompiledContract[]): Record<string, CompiledContract> => {
  const sorted = [...contracts].sort((a, b) => compare(a.name, b.name) || compare(a.source, b.source))
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

/** By code units. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The built-in contracts as tests use them: compiled once for all test files, into a cache of their own. */
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { CompiledSuite } from "../chain/compile/artifact.ts"
import { compileContracts } from "../chain/compile/compileContracts.ts"

export const testCacheDirectory = join(tmpdir(), "autonet-sim-test-cache")

/** `overrides`: source texts by path below `chain/contracts`, for mutants. */
export const compiledContracts = (overrides?: Readonly<Record<string, string>>): Promise<CompiledSuite> =>
  compileContracts({ cacheDirectory: testCacheDirectory, ...(overrides === undefined ? {} : { overrides }) })

/** Vitest's global set-up: fills the cache before any test file asks for it. */
export const setup = async (): Promise<void> => {
  await compiledContracts()
}

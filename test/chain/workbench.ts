/** The test contract, compiled once a test file. */
import { join } from "node:path"
import type { BlockEnvironment, Address } from "../../chain/engine/engine.ts"
import { type CompiledContract, contractOf } from "../../chain/compile/artifact.ts"
import { compileContracts } from "../../chain/compile/compileContracts.ts"
import { testCacheDirectory } from "../compiledContracts.ts"

export const compileWorkbench = async (): Promise<CompiledContract> => {
  const contractsDirectory = join(import.meta.dirname, "../fixtures/contracts")
  return contractOf(
    await compileContracts({ contractsDirectory, cacheDirectory: testCacheDirectory }),
    "Workbench",
  )
}

export const blockAt = (number: bigint): BlockEnvironment => ({
  number,
  timestampSeconds: 1_000_000n + 12n * number,
  prevRandao: `0x${number.toString(16).padStart(64, "0")}`,
  coinbase: account(0xcc),
  gasLimit: 30_000_000n,
})

export const account = (index: number): Address => `0x${(0x1000 + index).toString(16).padStart(40, "0")}`

import type { Abi } from "abitype"
import type { Hex } from "viem"

/** One compiled contract. Interfaces and abstract contracts have empty bytecode (`0x`). */
export interface CompiledContract {
  readonly name: string
  /** The source unit that defines it, e.g. `contracts/Project.sol`. */
  readonly source: string
  readonly abi: Abi
  /** Init code without constructor arguments. */
  readonly bytecode: Hex
  /** Runtime code; immutables are zero in it. */
  readonly deployedBytecode: Hex
  /** Keccak-256 of `deployedBytecode`: the contract's entry in a run's identity. */
  readonly codeHash: Hex
}

/** Everything that one compilation yields. The same sources give the same suite, byte for byte. */
export interface CompiledSuite {
  /** The compiler's full version, e.g. `0.8.37+commit…`. */
  readonly compiler: string
  /** SHA-256 (hex) over compiler version, settings and every source reached through imports. */
  readonly contentHash: string
  /** By contract name, in code-unit order of the names. */
  readonly contracts: Readonly<Record<string, CompiledContract>>
}

/** The contract of that name; throws an error that lists the names there are. */
export const contractOf = (suite: CompiledSuite, name: string): CompiledContract => {
  const contract = suite.contracts[name]
  if (contract === undefined) {
    throw new Error(
      `No contract "${name}" was compiled. There are: ${Object.keys(suite.contracts).join(", ")}.`,
    )
  }
  return contract
}

/** What a set read from a folder must have to be deployed and played. */
import type { Abi, AbiFunction } from "abitype"
import { builtInAbis } from "../abi/builtInAbis.ts"
import type { CompiledContract } from "../compile/artifact.ts"
import { interfaceDifferences, offersFunction, typesOf } from "../publicInterface/interfaceDifferences.ts"
import {
  type PublicContract,
  cycleContracts,
  publicContracts,
  publicInterface,
} from "../publicInterface/publicInterface.ts"
import type { ReadArtifacts } from "./artifacts/readArtifacts.ts"
import type { Capabilities } from "./capabilities.ts"
import { constructorParameters, matchConstructor } from "./constructorArguments.ts"
import type { ContractProblem } from "./errors.ts"

/** Bytes of runtime code on mainnet (EIP-170), and of init code (EIP-3860). */
const mostRuntimeBytes = 24_576
const mostInitBytes = 49_152

/** Everything that stands in the way, in the order of the public interface. */
export const problemsOf = (read: ReadArtifacts, capabilities: Capabilities): readonly ContractProblem[] => {
  const { contracts } = read.suite
  const missing = cycleContracts.filter((name) => contracts[name] === undefined)
  const problems = missing.map((name) => missingContract(name, read.found))
  for (const name of publicContracts) {
    const contract = contracts[name]
    if (contract !== undefined) problems.push(...problemsOfContract(name, contract, read.interfaces))
  }
  if (problems.length > 0) return problems
  return capabilities.kind === "extended" ? extendedConstructors(contracts) : publicConstructors(contracts)
}

const missingContract = (name: string, found: readonly string[]): ContractProblem => ({
  kind: "missing-contract",
  where: name,
  wrong: "there is no artifact of this contract",
  right: `it takes ${cycleContracts.join(", ")}; found ${found.slice(0, 30).join(", ")}${found.length > 30 ? ", …" : ""}`,
})

const problemsOfContract = (
  name: PublicContract,
  contract: CompiledContract,
  interfaces: readonly Abi[],
): readonly ContractProblem[] => {
  const { abi, bytecode } = contract
  if (bytecode === "0x") {
    const right = "compile the contract that is to be deployed, under this name"
    return [{ kind: "no-bytecode", where: name, wrong: "it is abstract or an interface", right }]
  }
  const offered = [...abi, ...answeredByFallback(name, abi, interfaces)]
  const differences = interfaceDifferences(publicInterface[name], offered, { names: false })
  return [
    ...codeProblems(contract),
    ...differences.map((wrong) => ({
      kind: "interface-differs" as const,
      where: name,
      wrong,
      right: "a set must offer all functions and events of the public interface",
    })),
  ]
}

const codeProblems = ({ name, bytecode, deployedBytecode }: CompiledContract): readonly ContractProblem[] => {
  if (bytecode.includes("__")) {
    return [
      {
        kind: "unlinked-library",
        where: name,
        wrong: "its bytecode waits for the address of an external library",
        right: "make the library's functions internal; libraries are not linked here",
      },
    ]
  }
  const tooLarge = (what: string, bytes: number, most: number): readonly ContractProblem[] =>
    bytes <= most
      ? []
      : [
          {
            kind: "too-large",
            where: name,
            wrong: `its ${what} has ${bytes} bytes`,
            right: `a chain takes at most ${most}; compile with the optimiser, or split the contract`,
          },
        ]
  const sizes = [
    ...tooLarge("code", bytesOf(deployedBytecode), mostRuntimeBytes),
    ...tooLarge("init code", bytesOf(bytecode), mostInitBytes),
  ]
  // What a constructor returns is the code that follows it, so the one field holds the other.
  if (sizes.length > 0 || bytecode.includes(deployedBytecode.slice(2))) return sizes
  return [
    {
      kind: "code-disagrees",
      where: name,
      wrong: "its bytecode deploys other code than its deployedBytecode",
      right: "the two fields must come from one compilation; compile the project again, from scratch",
    },
  ]
}

const bytesOf = (hex: string): number => (hex.length - 2) / 2

/**
 * A function that the compiler cannot put into a contract's ABI may be answered by its fallback, and declared by an
 * interface beside it, as the built-in Project does with `projects`.
 */
const answeredByFallback = (
  name: PublicContract,
  abi: Abi,
  interfaces: readonly Abi[],
): readonly AbiFunction[] => {
  if (!abi.some(({ type }) => type === "fallback")) return []
  const expected: Abi = publicInterface[name]
  return expected
    .filter((item) => item.type === "function")
    .filter((item) => !offersFunction(abi, item))
    .filter((item) => interfaces.some((declared) => offersFunction(declared, item)))
}

const publicConstructors = (
  contracts: Readonly<Record<string, CompiledContract>>,
): readonly ContractProblem[] =>
  publicContracts.flatMap((name) => {
    const contract = contracts[name]
    return contract === undefined ? [] : matchConstructor(name, contract.abi).problems
  })

/** An extended set is deployed like the built-in one. */
const extendedConstructors = (
  contracts: Readonly<Record<string, CompiledContract>>,
): readonly ContractProblem[] =>
  Object.entries<Abi>(builtInAbis).flatMap(([name, builtIn]) => {
    const contract = contracts[name]
    if (contract === undefined) return []
    const [is, right] = [contract.abi, builtIn].map((abi) => `(${typesOf(constructorParameters(abi))})`)
    if (is === right) return []
    return [
      {
        kind: "constructor",
        where: name,
        wrong: `its constructor takes ${is}`,
        right: `it must take ${right}`,
      },
    ]
  })

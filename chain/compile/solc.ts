/** One invocation of the Solidity compiler from npm. Loading it costs about a second: load it late. */
import { createRequire } from "node:module"
import { type Hex, keccak256 } from "viem"
import type { CompiledContract } from "./artifact.ts"
import { CompilationFailed } from "./errors.ts"
import type { SourceUnits } from "./sources.ts"

/** What bytecode depends on besides the sources. `bytecodeHash: none` keeps it free of source metadata. */
export const settings = {
  optimizer: { enabled: true, runs: 200 },
  evmVersion: "cancun",
  metadata: { bytecodeHash: "none", appendCBOR: false },
} as const

interface SolcDiagnostic {
  readonly severity: "error" | "warning" | "info"
  readonly formattedMessage: string
}

interface SolcContract {
  readonly abi: CompiledContract["abi"]
  readonly evm: {
    readonly bytecode: { readonly object: string }
    readonly deployedBytecode: { readonly object: string }
  }
}

interface SolcOutput {
  readonly errors?: readonly SolcDiagnostic[]
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, SolcContract>>>>
}

interface Solc {
  version(): string
  compile(input: string): string
}

const require = createRequire(import.meta.url)

/** The version of the installed compiler, read from its package file without loading the compiler. */
export const solcPackageVersion = (): string => (require("solc/package.json") as { version: string }).version

export interface SolcResult {
  /** The compiler's full version. */
  readonly compiler: string
  readonly contracts: readonly CompiledContract[]
}

/** Compiles units that are closed under import and emits the contracts of some of them. Throws `CompilationFailed` with the compiler's messages. */
export const runSolc = (units: SourceUnits, emit: readonly string[]): SolcResult => {
  const solc = loadSolc()
  const output = JSON.parse(solc.compile(JSON.stringify(standardInput(units, emit)))) as SolcOutput
  const errors = (output.errors ?? []).filter((diagnostic) => diagnostic.severity === "error")
  if (errors.length > 0) throw new CompilationFailed(errors.map((error) => error.formattedMessage))
  const contracts = Object.entries(output.contracts ?? {}).flatMap(([source, inSource]) =>
    Object.entries(inSource).map(([name, contract]) => toArtifact(name, source, contract)),
  )
  return { compiler: solc.version(), contracts }
}

const standardInput = (units: SourceUnits, emit: readonly string[]) => {
  const wanted = { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] }
  return {
    language: "Solidity",
    sources: Object.fromEntries([...units].map(([name, content]) => [name, { content }])),
    settings: { ...settings, outputSelection: Object.fromEntries(emit.map((unit) => [unit, wanted])) },
  }
}

const toArtifact = (name: string, source: string, contract: SolcContract): CompiledContract => {
  const deployedBytecode: Hex = `0x${contract.evm.deployedBytecode.object}`
  const bytecode: Hex = `0x${contract.evm.bytecode.object}`
  if (!/^0x[0-9a-f]*$/.test(bytecode)) {
    throw new CompilationFailed([
      `${source}: ${name} needs an external library; external libraries are not linked.`,
    ])
  }
  return {
    name,
    source,
    abi: contract.abi,
    bytecode,
    deployedBytecode,
    codeHash: keccak256(deployedBytecode),
  }
}

/** The compiler's module installs handlers for uncaught errors on the process; they are taken off again. */
const loadSolc = (): Solc => {
  const events = ["uncaughtException", "unhandledRejection"] as const
  const before = events.map((event) => new Set(process.listeners(event as "uncaughtException")))
  const solc = require("solc") as Solc
  events.forEach((event, index) => {
    for (const listener of process.listeners(event as "uncaughtException")) {
      if (!before[index]?.has(listener)) process.removeListener(event, listener)
    }
  })
  return solc
}

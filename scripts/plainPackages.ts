/** The plain contract set as Hardhat and as Foundry would leave it behind: artifact files by path. */
import { readFileSync, readdirSync } from "node:fs"
import { createRequire } from "node:module"
import { createHash } from "node:crypto"
import { basename, join, relative, sep } from "node:path"
import { solcPackageVersion } from "../chain/compile/solc.ts"
import { closeOverImports, ownPrefix, readOwnSources } from "../chain/compile/sources.ts"

const root = join(import.meta.dirname, "..")
export const plainFolder = join(root, "chain/plain")
/** The folders below `plainFolder` that are generated, whole. */
export const packagedFolders = ["hardhat/artifacts", "foundry/out"] as const
/** Says what the packages were made from and what they are, so that a stale one is seen without compiling. */
export const stampFile = "packaged.json"

/** Files by path below `plainFolder`. */
export type Files = ReadonlyMap<string, string>

interface CodeOutput {
  readonly object: string
  readonly linkReferences: object
  readonly immutableReferences?: object
}
interface ContractOutput {
  readonly abi: readonly unknown[]
  readonly metadata: string
  readonly evm: {
    readonly bytecode: CodeOutput
    readonly deployedBytecode: CodeOutput
    readonly methodIdentifiers?: object
  }
}
interface SolcOutput {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[]
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, ContractOutput>>>>
}

const settings = {
  optimizer: { enabled: true, runs: 200 },
  evmVersion: "cancun",
  metadata: { bytecodeHash: "none" },
} as const

/** `projects(uint256)` returns more values than the other pipeline can; this one takes five times as long. */
const throughIntermediateCode = ["contracts/Project.sol"]

export interface PackageOptions {
  /** Sources that replace those of the set, by path below `contracts`; only what is in them is packaged. */
  readonly instead?: Readonly<Record<string, string>>
}

/** Both packages; compiles, which takes some ten seconds. Throws with the compiler's messages. */
export const packagePlain = ({ instead }: PackageOptions = {}): Files => {
  const sources = readOwnSources(join(plainFolder, "contracts"))
  const replaced = Object.entries(instead ?? {}).map(([path, source]) => [ownPrefix + path, source] as const)
  for (const [unit, source] of replaced) sources.set(unit, source)
  const units = closeOverImports(sources)
  const own =
    instead === undefined
      ? [...units.keys()].filter((unit) => unit.startsWith(ownPrefix))
      : replaced.map(([unit]) => unit)
  const direct = own.filter((unit) => !throughIntermediateCode.includes(unit))
  const files = new Map<string, string>()
  for (const [emit, viaIR] of [
    [direct, false],
    [own.filter((unit) => throughIntermediateCode.includes(unit)), true],
  ] as const) {
    if (emit.length === 0) continue
    const output = compile(units, emit, viaIR)
    for (const [unit, contracts] of Object.entries(output)) {
      for (const [name, contract] of Object.entries(contracts)) {
        files.set(`hardhat/artifacts/${unit}/${name}.json`, hardhatArtifact(unit, name, contract))
        files.set(`foundry/out/${basename(unit)}/${name}.json`, foundryArtifact(contract))
      }
    }
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What the packages are made from: compiler, this script, sources. */
export const inputsHash = (): string => {
  const units = closeOverImports(readOwnSources(join(plainFolder, "contracts")))
  return hashOf([solcPackageVersion(), readFileSync(import.meta.filename, "utf8"), ...[...units].flat()])
}

export const filesHash = (files: Files): string => hashOf([...files].flat())

/** The packages that lie there. */
export const packagedFiles = (): Files => {
  const paths = packagedFolders.flatMap((folder) =>
    readdirSync(join(plainFolder, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(plainFolder, join(entry.parentPath, entry.name)).split(sep).join("/")),
  )
  return new Map(paths.sort().map((path) => [path, readFileSync(join(plainFolder, path), "utf8")]))
}

const compile = (units: ReadonlyMap<string, string>, emit: readonly string[], viaIR: boolean) => {
  const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string }
  const wanted = {
    "*": [
      "abi",
      "metadata",
      "evm.bytecode.object",
      "evm.bytecode.linkReferences",
      "evm.deployedBytecode.object",
      "evm.deployedBytecode.linkReferences",
      "evm.deployedBytecode.immutableReferences",
      "evm.methodIdentifiers",
    ],
  }
  const input = {
    language: "Solidity",
    sources: Object.fromEntries([...units].map(([name, content]) => [name, { content }])),
    settings: {
      ...settings,
      viaIR,
      outputSelection: Object.fromEntries(emit.map((unit) => [unit, wanted])),
    },
  }
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as SolcOutput
  const errors = (output.errors ?? []).filter(({ severity }) => severity === "error")
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join("\n"))
  return output.contracts ?? {}
}

const hardhatArtifact = (unit: string, name: string, { abi, evm }: ContractOutput): string =>
  json({
    _format: "hh-sol-artifact-1",
    contractName: name,
    sourceName: unit,
    abi,
    bytecode: `0x${evm.bytecode.object}`,
    deployedBytecode: `0x${evm.deployedBytecode.object}`,
    linkReferences: evm.bytecode.linkReferences,
    deployedLinkReferences: evm.deployedBytecode.linkReferences,
  })

const foundryArtifact = ({ abi, evm, metadata }: ContractOutput): string =>
  json({
    abi,
    bytecode: {
      object: `0x${evm.bytecode.object}`,
      sourceMap: "",
      linkReferences: evm.bytecode.linkReferences,
    },
    deployedBytecode: {
      object: `0x${evm.deployedBytecode.object}`,
      sourceMap: "",
      linkReferences: evm.deployedBytecode.linkReferences,
      immutableReferences: evm.deployedBytecode.immutableReferences ?? {},
    },
    methodIdentifiers: evm.methodIdentifiers ?? {},
    metadata: JSON.parse(metadata) as unknown,
  })

const json = (value: unknown): string => `${JSON.stringify(value)}\n`

const hashOf = (parts: readonly string[]): string => {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest("hex")
}

/** A folder of Hardhat or Foundry artifacts as a compiled suite. */
import { createHash } from "node:crypto"
import { dirname, relative } from "node:path"
import type { Abi } from "abitype"
import { keccak256 } from "viem"
import { canonicalJson } from "../../../sim/kernel/canonicalJson.ts"
import { builtInAbis } from "../../abi/builtInAbis.ts"
import type { CompiledContract, CompiledSuite } from "../../compile/artifact.ts"
import { publicInterface } from "../../publicInterface/publicInterface.ts"
import { type ContractProblem, ContractSetRefused } from "../errors.ts"
import { findArtifacts } from "./findArtifacts.ts"
import { type Artifact, type Layout, NotAnArtifact, readArtifact } from "./readArtifact.ts"

export interface ReadArtifacts {
  /** The contracts that this program knows by name; what else lies there (tests, mocks) does not count. */
  readonly suite: CompiledSuite
  /** Of every interface and abstract contract in the folder. */
  readonly interfaces: readonly Abi[]
  /** Names of everything that lies there, for messages. */
  readonly found: readonly string[]
}

const known = new Set([...Object.keys(publicInterface), ...Object.keys(builtInAbis)])

/** Throws `ContractSetRefused` where the folder holds no readable artifacts of one layout with unambiguous names. */
export const readArtifacts = (folder: string): ReadArtifacts => {
  const problems: ContractProblem[] = []
  const artifacts = findArtifacts(folder).flatMap((file) => tryRead(folder, file, problems))
  const relevant = artifacts.filter(({ name }) => known.has(name))
  problems.push(...layoutProblems(folder, relevant))
  if (problems.length === 0) problems.push(...duplicates(folder, relevant))
  if (problems.length > 0) throw new ContractSetRefused({ source: folder, problems })
  return {
    suite: suiteOf(relevant),
    interfaces: artifacts.filter(({ bytecode }) => bytecode === "0x").map(({ abi }) => abi),
    found: [...new Set(artifacts.map(({ name }) => name))].sort(),
  }
}

const tryRead = (folder: string, file: string, problems: ContractProblem[]): readonly Artifact[] => {
  try {
    return [readArtifact(file)]
  } catch (error) {
    if (!(error instanceof NotAnArtifact)) throw error
    problems.push({
      kind: "malformed-artifact",
      where: relative(folder, file),
      wrong: `this is no artifact: ${error.message}`,
      right: "compile the project again, from scratch",
    })
    return []
  }
}

const layoutProblems = (folder: string, artifacts: readonly Artifact[]): readonly ContractProblem[] => {
  const folderOf = (layout: Layout): string | undefined => {
    const folders = artifacts
      .filter((artifact) => artifact.layout === layout)
      .map(({ file }) => dirname(file))
    return folders.length === 0 ? undefined : commonFolder(folders)
  }
  const [hardhat, foundry] = [folderOf("Hardhat"), folderOf("Foundry")]
  if (hardhat === undefined || foundry === undefined) return []
  return [
    {
      kind: "both-layouts",
      where: folder,
      wrong: "it holds artifacts of Hardhat and of Foundry",
      right: `name one of the two, ${hardhat} or ${foundry}`,
    },
  ]
}

const duplicates = (folder: string, artifacts: readonly Artifact[]): readonly ContractProblem[] => {
  const byName = Map.groupBy(artifacts, ({ name }) => name)
  return [...byName].flatMap(([name, same]) => {
    if (same.length === 1) return []
    const files = same.map(({ file }) => relative(folder, file)).join(" and ")
    return [
      {
        kind: "duplicate-contract" as const,
        where: name,
        wrong: `${same.length} artifacts have this name, ${files}`,
        right: "name a folder that holds one of them, or remove what an earlier compilation left behind",
      },
    ]
  })
}

/** Hardhat's artifacts do not say which compiler made them. */
const unstated = "not stated by the artifacts"

const suiteOf = (artifacts: readonly Artifact[]): CompiledSuite => {
  const sorted = [...artifacts].sort((a, b) => (a.name < b.name ? -1 : 1))
  const contracts = sorted.map(({ name, source, abi, bytecode, deployedBytecode, unlinked }) => {
    const codeHash = unlinked ? keccak256("0x") : keccak256(deployedBytecode)
    return { name, source, abi, bytecode, deployedBytecode, codeHash } satisfies CompiledContract
  })
  const compilers = new Set(sorted.flatMap(({ compiler }) => compiler ?? []))
  return {
    compiler: compilers.size === 0 ? unstated : [...compilers].sort().join(", "),
    contentHash: contentHashOf(contracts),
    contracts: Object.fromEntries(contracts.map((contract) => [contract.name, contract])),
  }
}

/** Over what a run depends on, so that both layouts of one project have one hash. */
const contentHashOf = (contracts: readonly CompiledContract[]): string => {
  const content = contracts.map(({ name, abi, bytecode, deployedBytecode }) => {
    return [name, JSON.stringify(abi), bytecode, deployedBytecode]
  })
  return createHash("sha256").update(canonicalJson(content)).digest("hex")
}

const commonFolder = (folders: readonly string[]): string =>
  folders.reduce((common, folder) => {
    let shared = common
    while (shared !== folder && !folder.startsWith(`${shared}/`) && shared !== dirname(shared)) {
      shared = dirname(shared)
    }
    return shared
  })

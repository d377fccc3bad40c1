/** Finds the artifact files below a folder: `…/X.sol/Y.json`, as Hardhat and Foundry both lay them out. */
import { type Dirent, readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { type ContractProblem, ContractSetRefused } from "../errors.ts"

/** Folders that hold something else: packages, caches, whole compiler inputs. */
const skipped = new Set(["node_modules", "build-info", "cache", "cache_hardhat", "typechain-types"])
const mostFiles = 50_000
const deepest = 16

/** Absolute paths in code-unit order, at least one. Throws `ContractSetRefused`. */
export const findArtifacts = (folder: string): readonly string[] => {
  const refuse = (problem: Omit<ContractProblem, "where">) =>
    new ContractSetRefused({ source: folder, problems: [{ where: folder, ...problem }] })
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory() !== true) {
    throw refuse({
      kind: "not-a-folder",
      wrong: found === undefined ? "there is no such folder" : "it is a file and no folder",
      right: "name a Hardhat or Foundry project that is compiled, or its folder artifacts or out",
    })
  }
  const walk = { files: [] as string[], seen: 0 }
  if (!collect(folder, 0, walk)) {
    throw refuse({
      kind: "too-many-files",
      wrong: `it holds more than ${mostFiles} files`,
      right: "name the folder artifacts or out itself",
    })
  }
  if (walk.files.length === 0) {
    throw refuse({
      kind: "no-artifacts",
      wrong: "it holds no artifacts, files like Project.sol/Project.json",
      right: "compile the project first (npx hardhat compile, or forge build), or name another folder",
    })
  }
  return walk.files
}

interface Walk {
  readonly files: string[]
  seen: number
}

/** Whether the limits were kept. */
const collect = (folder: string, depth: number, walk: Walk): boolean => {
  for (const entry of entriesOf(folder)) {
    walk.seen += 1
    if (walk.seen > mostFiles) return false
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      const enters = depth < deepest && !entry.name.startsWith(".") && !skipped.has(entry.name)
      if (enters && !collect(path, depth + 1, walk)) return false
    } else if (folder.endsWith(".sol") && isArtifactName(entry.name)) walk.files.push(path)
  }
  return true
}

/** A folder that may not be read holds nothing that could be used. */
const entriesOf = (folder: string): readonly Dirent[] => {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}

/** Hardhat's debug files and the compiler's bare metadata lie beside the artifacts. */
const isArtifactName = (name: string): boolean =>
  name.endsWith(".json") && !name.endsWith(".dbg.json") && !name.endsWith(".metadata.json")

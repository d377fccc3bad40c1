/** Finds every Solidity source that a compilation reaches, without loading the compiler. */
import { existsSync, readFileSync, readdirSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join, relative, sep } from "node:path"
import { CompilationFailed } from "./errors.ts"

/** Source unit name (as `solc` sees it) to content, in code-unit order of the names. */
export type SourceUnits = ReadonlyMap<string, string>

/** Units under this prefix are the contract set's own; the others come from npm packages. */
export const ownPrefix = "contracts/"

/** The `.sol` files below a directory as units named `contracts/<relative path>`. */
export const readOwnSources = (directory: string): Map<string, string> => {
  if (!existsSync(directory)) {
    throw new CompilationFailed([`No contracts: the directory ${directory} does not exist.`])
  }
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".sol"))
    .map((entry) => join(entry.parentPath, entry.name))
  const units = files.map(
    (file) =>
      [ownPrefix + relative(directory, file).split(sep).join("/"), readFileSync(file, "utf8")] as const,
  )
  return sortByName(new Map(units))
}

/**
 * The given units and all that they import, directly or not. Imports of packages (`@openzeppelin/…`)
 * are resolved as Node resolves them from here. Throws `CompilationFailed` naming the missing import.
 */
export const closeOverImports = (own: SourceUnits): SourceUnits => {
  const closed = new Map(own)
  const queue = [...own.keys()]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const path of importsOf(closed.get(name) as string)) {
      const imported = resolveUnitName(name, path)
      if (closed.has(imported)) continue
      closed.set(imported, readPackageSource(imported, name))
      queue.push(imported)
    }
  }
  return sortByName(closed)
}

/** The paths in a source's import directives. Comments and strings elsewhere are skipped. */
export const importsOf = (source: string): readonly string[] => {
  const tokens = source.matchAll(
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|\bimport\b[^"';]*(["'])((?:(?!\1).)+)\1[^;]*;|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g,
  )
  return [...tokens].flatMap((token) => (token[2] === undefined ? [] : [token[2]]))
}

/** The unit that an import path means in the unit that imports it. */
export const resolveUnitName = (importer: string, path: string): string => {
  if (!path.startsWith("./") && !path.startsWith("../")) return path
  const segments = importer.split("/").slice(0, -1)
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop()
    else if (segment !== ".") segments.push(segment)
  }
  return segments.join("/")
}

const require = createRequire(import.meta.url)

const readPackageSource = (unit: string, importer: string): string => {
  const missing = (): never => {
    throw new CompilationFailed([
      `${importer}: imports "${unit}", which is neither a file of the contract set nor of an installed package.`,
    ])
  }
  const [scope = "", name = "", ...rest] = unit.split("/")
  if (!scope.startsWith("@") || rest.length === 0 || rest.includes("..")) return missing()
  const packageFile = tryResolve(`${scope}/${name}/package.json`)
  if (packageFile === undefined) return missing()
  const file = join(dirname(packageFile), ...rest)
  return existsSync(file) ? readFileSync(file, "utf8") : missing()
}

const tryResolve = (specifier: string): string | undefined => {
  try {
    return require.resolve(specifier)
  } catch {
    return undefined
  }
}

const sortByName = (units: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...units].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))

/** What each unit's bytecode depends on: itself and all that it imports, directly or not. */
import { type SourceUnits, importsOf, resolveUnitName } from "./sources.ts"

/** The names that a unit reaches, itself included, in code-unit order. Units must be closed under import. */
export const createClosures = (units: SourceUnits): ((unit: string) => readonly string[]) => {
  const imports = new Map(
    [...units].map(([name, content]) => [
      name,
      importsOf(content).map((path) => resolveUnitName(name, path)),
    ]),
  )
  return (unit) => {
    const reached = new Set([unit])
    for (const name of reached) for (const imported of imports.get(name) ?? []) reached.add(imported)
    return [...reached].sort()
  }
}

/** Those of the units that are named, in the order of all. */
export const restrict = (units: SourceUnits, names: Iterable<string>): SourceUnits => {
  const wanted = new Set(names)
  return new Map([...units].filter(([name]) => wanted.has(name)))
}

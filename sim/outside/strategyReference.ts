/** How a scenario names a strategy that is not the program's: `./my-strategy.ts`, or `./mine.ts#name` of several. */
import { resolve } from "node:path"

export interface StrategyReference {
  /** As written, without the part behind `#`. */
  readonly file: string
  /** The export that is meant: `default`, or what stands behind `#`. */
  readonly exportName: string
}

/** Undefined for the name of a strategy that ships: such names have neither an extension nor a leading dot or slash. */
export function strategyReference(text: string): StrategyReference | undefined {
  const hash = text.indexOf("#")
  const file = hash < 0 ? text : text.slice(0, hash)
  const isPath = /^\.{0,2}[\\/]|^[A-Za-z]:[\\/]/.test(file) || /\.[cm]?[jt]sx?$/.test(file)
  return isPath ? { file, exportName: hash < 0 ? "default" : text.slice(hash + 1) } : undefined
}

/** The same reference with an absolute path; `given` is told the path with the one that it was given as. */
export function absoluteReference(
  text: string,
  base: string,
  given: (path: string, file: string) => void,
): string {
  const reference = strategyReference(text)
  if (reference === undefined) return text
  const path = resolve(base, reference.file)
  if (path !== reference.file) given(path, reference.file)
  return path + text.slice(reference.file.length)
}

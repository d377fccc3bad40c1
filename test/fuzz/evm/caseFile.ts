/** A case that engines disagreed on, as a file: what was wrong, how it was found, and all that replays it. */
import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import type { Finding } from "./search.ts"
import { type Scenario, fromJson, toJson } from "./scenario.ts"

export interface CaseFile {
  /** What the engines said. */
  readonly what: string
  /** On which pair of engines, or with which deliberate fault in one of them, and fast-check's way to it. */
  readonly found: { readonly seed?: number; readonly path?: string } & (
    { readonly pair: string } | { readonly lie: string }
  )
  /** Why stock EthereumJS ends otherwise than the engines here, when it does. */
  readonly stockDiffers?: string
  readonly scenario: Scenario
}

export const findingToJson = (pair: string, { what, seed, path, scenario }: Finding): string =>
  `${toJson({ what, found: { pair, seed, path }, scenario } satisfies CaseFile)}\n`

/** The cases of a folder by file name. */
export const readCases = (directory: string): readonly (readonly [name: string, file: CaseFile])[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => [name, fromJson(readFileSync(join(directory, name), "utf8")) as CaseFile])

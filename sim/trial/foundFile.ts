/** What a search has found, kept beside the trial: `found/NAME.json`. */
import { existsSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Exit, Schema } from "effect"
import { writeAtomically } from "../experiment/atomicFile.ts"
import { canonicalJson } from "../kernel/canonicalJson.ts"
import { sha256Hex } from "../kernel/hash.ts"
import { readYaml } from "../scenario/yamlDocument.ts"
import type { Trial } from "./readTrial.ts"

const Found = Schema.Struct({
  /** Values by path. */
  setting: Schema.Record(Schema.String, Schema.Unknown),
  score: Schema.NullOr(Schema.Finite),
  nominalScore: Schema.NullOr(Schema.Finite),
  settings: Schema.Int,
  runs: Schema.Int,
  failures: Schema.Int,
  failure: Schema.NullOr(Schema.String),
})

export const FoundFile = Schema.Struct({
  version: Schema.Literal(1),
  trial: Schema.String,
  /** Of what the search was about; another one in the file means that it has to be searched anew. */
  hash: Schema.String,
  trainingSeeds: Schema.Array(Schema.Int),
  off: Found,
  on: Found,
})
export type FoundFile = typeof FoundFile.Type

export type Kept =
  | { readonly _tag: "none" }
  /** The trial has changed since, or the file is damaged. */
  | { readonly _tag: "stale"; readonly found: FoundFile | undefined }
  | { readonly _tag: "found"; readonly found: FoundFile }

/** The folder in which the findings of a trial belong. */
export const foundFolder = ({ file }: Pick<Trial, "file">): string => join(dirname(file), "found")

/** In the first of the folders that has any. */
export function readFound(trial: Trial, folders: readonly string[]): Kept {
  const file = folders.map((folder) => foundFile(folder, trial)).find((path) => existsSync(path))
  if (file === undefined) return { _tag: "none" }
  const found = decode(readFileSync(file, "utf8"))
  return found === undefined || found.hash !== hashOfTrial(trial)
    ? { _tag: "stale", found }
    : { _tag: "found", found }
}

/** Throws where the folder can't be written to. */
export function writeFound(
  trial: Trial,
  folder: string,
  found: Omit<FoundFile, "version" | "trial" | "hash">,
): void {
  const file: FoundFile = { version: 1, trial: trial.name, hash: hashOfTrial(trial), ...found }
  writeAtomically(foundFile(folder, trial), `${JSON.stringify(file, null, 2)}\n`)
}

const foundFile = (folder: string, { name }: Trial): string => join(folder, `${name}.json`)

function decode(text: string): FoundFile | undefined {
  try {
    const exit = Schema.decodeUnknownExit(FoundFile)(JSON.parse(text))
    return Exit.isSuccess(exit) ? exit.value : undefined
  } catch {
    return undefined
  }
}

/** Keys of the document that say what a trial is about in words, or are not played in it. */
const WORDS = ["title", "description", "seed", "replicates", "expectations", "comparisons"]

/** Of the document's values: comments, order and explanations may change. */
function hashOfTrial({ text }: Trial): string {
  const yaml = readYaml(text)
  if (yaml._tag === "failed") throw new Error("a trial that was read before can't be read")
  const document = { ...(yaml.document.value as Record<string, unknown>) }
  for (const key of WORDS) delete document[key]
  const { attack: _attack, role: _role, defence, ...trial } = document["trial"] as Record<string, unknown>
  const { off } = defence as { readonly off: unknown }
  return sha256Hex(canonicalJson({ ...document, trial: { ...trial, off } }))
}

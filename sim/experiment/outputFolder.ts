/**
 * The folder of an experiment: what is where, and what of it can be trusted.
 *
 *     manifest.json      what the experiment was made from (`Manifest`)
 *     journal.jsonl      one line per finished run, with the SHA-256 of its files
 *     runs/base-1.json   the result of a run: setting and seed (`RunResult`)
 *     audits.jsonl       runs that another engine has repeated (`auditFolder.ts`)
 *     experiment.json    tables, verdicts, comparisons (`ExperimentResult`)
 *
 * A run counts as finished if the journal says so and its files have the hashes that the journal states. Everything is
 * written atomically or appended line by line, so that a kill at any moment leaves a folder that can be continued.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { Exit, Schema } from "effect"
import { sha256Hex } from "../kernel/hash.ts"
import { Manifest, MANIFEST_VERSION } from "../results/manifest.ts"
import { RunResult } from "../results/runResult.ts"
import { endLine, writeAtomically } from "./atomicFile.ts"

export const MANIFEST_FILE = "manifest.json"
export const RESULT_FILE = "experiment.json"
/** Held by the process that writes here; see `claimFolder.ts`. */
export const LOCK_FILE = "in-use.lock"
const JOURNAL_FILE = "journal.jsonl"
const RUNS_FOLDER = "runs"

/** A line of the journal. */
export const FinishedRun = Schema.Struct({
  setting: Schema.String,
  seed: Schema.Int,
  identity: Schema.String,
  /** The EVM engine that played it. */
  engine: Schema.String,
  digest: Schema.String,
  contentHash: Schema.String,
  traceHash: Schema.NullOr(Schema.String),
})
export type FinishedRun = typeof FinishedRun.Type

/** A folder that can't be used, and what to do about it. */
export class FolderRefused extends Schema.TaggedError<FolderRefused>()("FolderRefused", {
  folder: Schema.String,
  message: Schema.String,
}) {}

export type FolderState =
  | { readonly _tag: "free" }
  | { readonly _tag: "foreign"; readonly found: string; /** Not by this version. */ readonly ours?: true }
  | { readonly _tag: "experiment"; readonly manifest: Manifest }

const OtherManifest = Schema.Struct({
  format: Schema.Literal("autonet-sim experiment"),
  version: Schema.Int.check(Schema.makeFilter((version: number) => version !== MANIFEST_VERSION)),
})

/** Looks at what is there. A manifest that can't be read makes the folder foreign. */
export function inspectFolder(folder: string): FolderState {
  if (!existsSync(folder)) return { _tag: "free" }
  if (!statSync(folder).isDirectory()) return { _tag: "foreign", found: "a file" }
  const names = readdirSync(folder)
    .filter((name) => name !== LOCK_FILE)
    .sort()
  if (names.length === 0) return { _tag: "free" }
  if (!names.includes(MANIFEST_FILE)) return { _tag: "foreign", found: names.slice(0, 5).join(", ") }
  try {
    const text = readFileSync(join(folder, MANIFEST_FILE), "utf8")
    const found: unknown = JSON.parse(text)
    const exit = Schema.decodeUnknownExit(Manifest)(found)
    if (Exit.isSuccess(exit)) return { _tag: "experiment", manifest: exit.value }
    if (Schema.is(OtherManifest)(found)) {
      return { _tag: "foreign", found: "an experiment of another version of the program", ours: true }
    }
  } catch {
    // Not JSON: as foreign as any other file of this name.
  }
  return { _tag: "foreign", found: `a ${MANIFEST_FILE} that is not an experiment's` }
}

export function resultFile(setting: string, seed: number): string {
  return `${RUNS_FOLDER}/${setting}-${seed}.json`
}

export function traceFile(setting: string, seed: number): string {
  return `${RUNS_FOLDER}/${setting}-${seed}.trace.jsonl.gz`
}

const OWN_RUN_FILE = /^[a-z0-9-]+-\d+\.(json|trace\.jsonl\.gz)(\.part)?$/

/**
 * Makes the folder an empty experiment. Removes what an earlier experiment wrote there, and nothing else: `derived`
 * are the files that are made from results, such as reports.
 */
export function beginFolder(folder: string, manifest: Manifest, derived: readonly string[]): void {
  const runs = join(folder, RUNS_FOLDER)
  for (const file of [RESULT_FILE, JOURNAL_FILE, ...derived]) rmSync(join(folder, file), { force: true })
  if (existsSync(runs)) {
    for (const name of readdirSync(runs)) if (OWN_RUN_FILE.test(name)) rmSync(join(runs, name))
  }
  mkdirSync(runs, { recursive: true })
  writeManifest(folder, manifest)
}

/** Moves an experiment out of the way, to a name that says which it is, and returns its new folder. */
export function setAside(folder: string, { identity }: Manifest): string {
  const name = `${resolve(folder)}-${identity.slice(0, 8)}`
  let aside = name
  for (let count = 2; existsSync(aside); count++) aside = `${name}-${count}`
  renameSync(folder, aside)
  mkdirSync(folder)
  if (existsSync(join(aside, LOCK_FILE))) renameSync(join(aside, LOCK_FILE), join(folder, LOCK_FILE))
  return join(dirname(folder), basename(aside))
}

export function noteFinished(folder: string, run: FinishedRun): void {
  appendFileSync(join(folder, JOURNAL_FILE), `${JSON.stringify(run)}\n`)
}

/**
 * Goes on with the experiment that is there: its manifest says what is asked for now. A line of the journal that a kill
 * tore is no entry: its run is played again.
 */
export function continueFolder(folder: string, manifest: Manifest): void {
  endLine(join(folder, JOURNAL_FILE))
  writeManifest(folder, manifest)
}

function writeManifest(folder: string, manifest: Manifest): void {
  writeAtomically(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`)
}

/** Finished runs whose files are as the journal states. `key` of a run is `setting-seed`. */
export function finishedRuns(folder: string): ReadonlyMap<string, FinishedRun> {
  const runs = new Map<string, FinishedRun>()
  const file = join(folder, JOURNAL_FILE)
  if (!existsSync(file)) return runs
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const run = readLine(line)
    if (run !== undefined && isIntact(folder, run)) runs.set(runKey(run), run)
  }
  return runs
}

export function runKey({ setting, seed }: { readonly setting: string; readonly seed: number }): string {
  return `${setting}-${seed}`
}

function readLine(line: string): FinishedRun | undefined {
  try {
    const exit = Schema.decodeUnknownExit(FinishedRun)(JSON.parse(line))
    return Exit.isSuccess(exit) ? exit.value : undefined
  } catch {
    return undefined
  }
}

function isIntact(folder: string, run: FinishedRun): boolean {
  const hashOf = (file: string) => {
    const path = join(folder, file)
    return existsSync(path) ? sha256Hex(readFileSync(path)) : undefined
  }
  if (hashOf(resultFile(run.setting, run.seed)) !== run.contentHash) return false
  return run.traceHash === null || hashOf(traceFile(run.setting, run.seed)) === run.traceHash
}

/** The result of a finished run. */
export function readRun(folder: string, run: { readonly setting: string; readonly seed: number }): RunResult {
  const text = readFileSync(join(folder, resultFile(run.setting, run.seed)), "utf8")
  return Schema.decodeUnknownSync(RunResult)(JSON.parse(text))
}

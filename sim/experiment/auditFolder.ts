/**
 * What an audit keeps in an experiment's folder.
 *
 *     audits.jsonl                            a line per run that the judge has played
 *     audits/base-1.wasm.trace.jsonl.gz       both traces, and results, of a run that came out differently
 *     audits/base-1.ethereumjs.trace.jsonl.gz
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { Exit, Schema, Struct } from "effect"
import { endLine } from "./atomicFile.ts"
import { FinishedRun, runKey } from "./outputFolder.ts"

const JOURNAL_FILE = "audits.jsonl"
export const AUDITS_FOLDER = "audits"

/** A line of the journal: the run as the engine that audits played it. */
export const JudgedRun = FinishedRun.mapFields(Struct.omit(["traceHash"]))
export type JudgedRun = typeof JudgedRun.Type

const OWN_FILE = /^[a-z0-9-]+-\d+\.[a-z0-9-]+\.(json|trace\.jsonl\.gz)(\.part)?$/

/** Removes what an earlier experiment's audit left, and nothing else. */
export function clearAudits(folder: string): void {
  rmSync(join(folder, JOURNAL_FILE), { force: true })
  const audits = join(folder, AUDITS_FOLDER)
  if (!existsSync(audits)) return
  for (const name of readdirSync(audits)) if (OWN_FILE.test(name)) rmSync(join(audits, name))
}

export function noteJudged(folder: string, run: JudgedRun): void {
  appendFileSync(join(folder, JOURNAL_FILE), `${JSON.stringify(run)}\n`)
}

/** By run. A line that a kill tore is no line: its run is judged again. */
export function judgedRuns(folder: string): ReadonlyMap<string, JudgedRun> {
  const file = join(folder, JOURNAL_FILE)
  if (!existsSync(file)) return new Map()
  endLine(file)
  const runs = readFileSync(file, "utf8").split("\n").flatMap(readLine)
  return new Map(runs.map((run) => [runKey(run), run]))
}

function readLine(line: string): readonly JudgedRun[] {
  try {
    const exit = Schema.decodeUnknownExit(JudgedRun)(JSON.parse(line))
    return Exit.isSuccess(exit) ? [exit.value] : []
  } catch {
    return []
  }
}

/** Where both playings of a run are kept, to see where they part. */
export function divergenceFiles(
  folder: string,
  run: { readonly setting: string; readonly seed: number },
  engine: string,
) {
  const name = join(folder, AUDITS_FOLDER, `${runKey(run)}.${engine}`)
  return { resultFile: `${name}.json`, traceFile: `${name}.trace.jsonl.gz` }
}

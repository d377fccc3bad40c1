/**
 * An experiment: every setting on every seed, on worker threads, into a folder that survives a kill.
 *
 * The result is a function of the plan and the program. The number of workers, the order in which they finish, an
 * interruption and a resume leave no mark on it.
 */
import { join } from "node:path"
import { analyse } from "../results/analyse.ts"
import type { ExperimentResult, FailedRun } from "../results/experimentResult.ts"
import type { Manifest } from "../results/manifest.ts"
import type { ExperimentPlan } from "../scenario/plan.ts"
import { seedsOf, settingsOf } from "../scenario/plan.ts"
import { writeAtomically } from "./atomicFile.ts"
import { asJson, experimentDigest, runIdentity } from "./identity.ts"
import { manifestOf } from "./manifestOf.ts"
import {
  beginFolder,
  finishedRuns,
  mendJournal,
  noteFinished,
  readRun,
  RESULT_FILE,
  resultFile,
  runKey,
  setAside,
  traceFile,
  type FinishedRun,
} from "./outputFolder.ts"
import { openFolder, refuseForeign, type Opened } from "./openFolder.ts"
import { prepareAside } from "./prepareAside.ts"
import { type Mismatch, replay } from "./replay.ts"
import type { Job } from "./workerMessages.ts"
import { playAll } from "./workerPool.ts"

export interface ExperimentOptions {
  readonly plan: ExperimentPlan
  /** Where results go. The caller has claimed it (`claimFolder`). */
  readonly folder: string
  /** Whether another experiment that is in the folder is kept, under a name beside it; else it is written over. */
  readonly keepOther: boolean
  /** Files of the folder that are made from results; those of an earlier experiment are removed. */
  readonly derivedFiles: () => Promise<readonly string[]>
  /** Address of the run module: a `file:` URL. */
  readonly runModule: string
  readonly workers: number
  readonly watchdogSeconds: number
  readonly trace: boolean
  /** Plays every run a second time in fresh workers and compares results. */
  readonly check: boolean
  /** Continue what is in the folder, and refuse if it was something else. */
  readonly resume: boolean
  readonly cacheDirectory: string | undefined
  /** Interrupts: finished runs are kept. */
  readonly signal: AbortSignal
  readonly observer: ExperimentObserver
  /** For the manifest. */
  readonly source: Pick<
    Manifest,
    "scenarioFile" | "scenarioText" | "set" | "seed" | "replicates" | "contracts" | "rulesOff"
  >
  /** A command that does the same again. */
  readonly command: string
}

/** What was in the folder instead of this experiment. */
export interface OtherExperiment {
  /** In what it differs, a line each. */
  readonly changed: readonly string[]
  /** Where it is now; null = written over. */
  readonly movedTo: string | null
}

/** Told what happens, for a progress line. */
export interface ExperimentObserver {
  readonly prepared: (info: {
    readonly identity: string
    readonly runs: number
    readonly finished: number
    readonly checks: number
    readonly other: OtherExperiment | undefined
  }) => void
  readonly progress: (job: { readonly setting: string; readonly seed: number }, fraction: number) => void
  readonly done: (job: { readonly setting: string; readonly seed: number }) => void
  readonly failed: (failure: FailedRun) => void
}

export interface ExperimentOutcome {
  /** Undefined where the signal came first. */
  readonly result: ExperimentResult | undefined
  readonly interrupted: boolean
  /** False where the signal came before anything in the folder was changed. */
  readonly begun: boolean
  /** Runs whose second playing differed from the first; empty without `check`. */
  readonly mismatches: readonly Mismatch[]
  readonly finished: number
  readonly planned: number
}

/**
 * Runs an experiment. Rejects with `FolderRefused` where the folder holds something else, `IdentityChanged` where a
 * resume would mix two experiments, `PreparationFailed` where its
 * contracts can't be used; a run that hangs, crashes or fails is no rejection but a failure in the result.
 */
export async function runExperiment(options: ExperimentOptions): Promise<ExperimentOutcome> {
  const { plan, folder, observer, signal } = options
  refuseForeign(folder)
  const scenarios = settingsOf(plan).map(({ scenario }) => scenario)
  const { runModule, cacheDirectory } = options
  const world = await prepareAside(runModule, { cacheDirectory, scenarios }, signal)
  if (world === undefined) {
    const planned = scenarios.length * seedsOf(plan).length
    return { result: undefined, interrupted: true, mismatches: [], finished: 0, planned, begun: false }
  }
  const manifest = manifestOf(plan, world, options)
  const { inputs } = manifest
  const opened = openFolder(folder, manifest, options.resume)
  const other = opened._tag === "other" ? clear(opened, options) : undefined
  if (opened._tag === "continue") mendJournal(folder)
  else beginFolder(folder, manifest, opened._tag === "free" ? [] : await options.derivedFiles())

  const planned = seedsOf(plan).flatMap((seed) =>
    settingsOf(plan).map(({ name, scenario }): Job => ({
      setting: name,
      scenario,
      seed,
      identity: runIdentity(inputs, { name, scenario }, seed),
      resultFile: join(folder, resultFile(name, seed)),
      traceFile: options.trace ? join(folder, traceFile(name, seed)) : null,
    })),
  )
  const done = new Map(opened._tag === "continue" ? finishedRuns(folder) : [])
  const open = planned.filter((job) => !isDone(job, done.get(runKey(job))))
  for (const job of open) done.delete(runKey(job))
  const checks = options.check ? planned.length : 0
  observer.prepared({ identity: manifest.identity, runs: planned.length, finished: done.size, checks, other })

  const failures: FailedRun[] = []
  const pool = {
    runModule: options.runModule,
    artifacts: world.artifacts,
    workers: options.workers,
    watchdogSeconds: options.watchdogSeconds,
    signal,
    onProgress: observer.progress,
    onFailed: (_job: Job, failure: FailedRun) => {
      failures.push(failure)
      observer.failed(failure)
    },
  }
  await playAll(open, {
    ...pool,
    onDone: (job, { digest, contentHash, traceHash }) => {
      const { setting, seed, identity } = job
      const run: FinishedRun = { setting, seed, identity, digest, contentHash, traceHash }
      noteFinished(folder, run)
      done.set(runKey(job), run)
      observer.done(job)
    },
  })
  const again = planned.filter((job) => done.has(runKey(job)))
  const mismatches = options.check && !signal.aborted ? await replay(again, done, pool, observer.done) : []
  const counts = { finished: done.size, planned: planned.length, mismatches, begun: true }
  if (signal.aborted) return { result: undefined, interrupted: true, ...counts }

  const result = analyse({
    name: plan.base.name,
    title: plan.base.title,
    description: plan.base.description,
    manifest,
    settings: settingsOf(plan).map(({ name }) => ({
      name,
      ...asked(plan, name),
      runs: planned
        .filter((job) => job.setting === name && done.has(runKey(job)))
        .map((job) => ({
          result: readRun(folder, job),
          file: resultFile(job.setting, job.seed),
          trace: options.trace ? traceFile(job.setting, job.seed) : null,
        })),
    })),
    failures: inOrder(failures, planned),
    expectations: plan.expectations,
    comparisons: plan.comparisons,
    digest:
      failures.length === 0 && mismatches.length === 0 ? digestOf(manifest.identity, planned, done) : null,
    command: options.command,
  })
  writeAtomically(join(folder, RESULT_FILE), `${JSON.stringify(result, null, 1)}\n`)
  return { result, interrupted: false, ...counts }
}

/** Makes room where another experiment is: it is moved aside, or written over. */
function clear(
  { manifest, changed }: Extract<Opened, { _tag: "other" }>,
  { folder, keepOther }: ExperimentOptions,
): OtherExperiment {
  return { changed, movedTo: keepOther ? setAside(folder, manifest) : null }
}

/** A run of an earlier start counts if it is of the same inputs and kept what is asked for now. */
function isDone(job: Job, run: FinishedRun | undefined): boolean {
  return (
    run !== undefined && run.identity === job.identity && (job.traceFile === null || run.traceHash !== null)
  )
}

function asked(plan: ExperimentPlan, setting: string) {
  const comparison = plan.comparisons.find(({ name }) => name === setting)
  if (comparison === undefined) return { question: null, changes: {} }
  const changes = Object.entries(comparison.set).map(([path, value]) => [path, asJson(value)] as const)
  return { question: comparison.question, changes: Object.fromEntries(changes) }
}

function inOrder(failures: readonly FailedRun[], planned: readonly Job[]): readonly FailedRun[] {
  const place = new Map(planned.map((job, index) => [runKey(job), index]))
  return failures.toSorted((a, b) => (place.get(runKey(a)) ?? 0) - (place.get(runKey(b)) ?? 0))
}

function digestOf(identity: string, planned: readonly Job[], done: ReadonlyMap<string, FinishedRun>): string {
  const runs = planned.map((job) => ({
    setting: job.setting,
    seed: job.seed,
    digest: done.get(runKey(job))!.digest,
  }))
  return experimentDigest(identity, runs)
}

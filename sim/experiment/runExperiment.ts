/**
 * An experiment: every setting on every seed, on worker threads, into a folder that survives a kill.
 *
 * The result is a function of the plan and the program. The number of workers, the order in which they finish, an
 * interruption and a resume leave no mark on it.
 */
import { rmSync } from "node:fs"
import { join } from "node:path"
import { programKey } from "../cache/memoStores.ts"
import { analyse } from "../results/analyse.ts"
import type { ExperimentResult, FailedRun } from "../results/experimentResult.ts"
import type { Manifest } from "../results/manifest.ts"
import type { ExperimentPlan } from "../scenario/plan.ts"
import { seedsOf, settingsOf } from "../scenario/plan.ts"
import type { AuditResult } from "../results/audit.ts"
import { writeAtomically } from "./atomicFile.ts"
import { Audit } from "./audit.ts"
import { auditFailure } from "./auditFailure.ts"
import { clearAudits, judgedRuns, type JudgedRun } from "./auditFolder.ts"
import { findDivergence } from "./divergence.ts"
import type { ExperimentOptions, OtherExperiment } from "./experimentOptions.ts"
import { asJson, experimentDigest, runIdentity } from "./identity.ts"
import { keptAudit } from "./keptAudit.ts"
import { manifestOf } from "./manifestOf.ts"
import {
  beginFolder,
  finishedRuns,
  continueFolder,
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
import { isDecided, stagesOf } from "./stages.ts"
import type { Job, JobDone } from "./workerMessages.ts"
import { playAll } from "./workerPool.ts"

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
 * contracts can't be used, `AuditFailed` where the judge disagrees (the folder then has the result, marked so, and no
 * files made from it); a run that hangs, crashes or fails is no rejection but a failure in the result.
 */
export async function runExperiment(options: ExperimentOptions): Promise<ExperimentOutcome> {
  const { plan, folder, observer, signal } = options
  refuseForeign(folder)
  const scenarios = settingsOf(plan).map(({ scenario }) => scenario)
  const { runModule, cacheDirectory } = options
  const engines = [...new Set([options.engine, options.audit?.engine ?? options.engine])]
  const world = await prepareAside(runModule, { cacheDirectory, scenarios, engines }, signal)
  if (world === undefined) {
    const planned = scenarios.length * seedsOf(plan).length
    return { result: undefined, interrupted: true, mismatches: [], finished: 0, planned, begun: false }
  }
  const asked = manifestOf(plan, world, options)
  const planned = plannedJobs(asked, options)
  const opened = openFolder(folder, asked, options.resume)
  const other = opened._tag === "other" ? clear(opened, options) : undefined
  const resumed = opened._tag === "continue"
  const judged = resumed ? judgedRuns(folder) : new Map<string, JudgedRun>()
  const manifest = resumed ? { ...asked, audit: keptAudit(asked, opened.manifest, judged, planned) } : asked
  if (resumed) continueFolder(folder, manifest)
  else {
    clearAudits(folder)
    beginFolder(folder, manifest, opened._tag === "free" ? [] : await options.derivedFiles())
  }

  const done = new Map(resumed ? finishedRuns(folder) : [])
  const open = planned.filter((job) => !isDone(job, done.get(runKey(job))))
  for (const job of open) done.delete(runKey(job))
  const audit = new Audit(folder, manifest.audit, planned, judged)
  const audits = new Set(audit.open)
  const checks = (options.check ? planned.length : 0) + audits.size
  const [shareNow, share] = [asked.audit?.share ?? 0, manifest.audit?.share ?? 0]
  const keptAuditShare = share > shareNow ? share : undefined
  const counted = { runs: planned.length, finished: done.size, checks }
  observer.prepared({ identity: manifest.identity, ...counted, other, keptAuditShare })

  const failures: FailedRun[] = []
  const pool = {
    runModule: options.runModule,
    artifacts: world.artifacts,
    cache:
      cacheDirectory === undefined
        ? undefined
        : { directory: cacheDirectory, program: programKey(manifest.inputs) },
    workers: options.workers,
    watchdogSeconds: options.watchdogSeconds,
    signal,
    onProgress: (job: Job, fraction: number) => {
      if (!audits.has(job)) observer.progress(job, fraction)
    },
    onFailed: (job: Job, failure: FailedRun) => {
      if (audits.has(job)) {
        audit.failed(job, failure)
        return observer.audited(job)
      }
      failures.push(failure)
      observer.failed(failure)
    },
  }
  // The judge is the slow one: it starts first, and nobody waits for it at the end.
  const watched = {
    ...pool,
    onDone: (job: Job, played: JobDone) => {
      if (audits.has(job)) {
        audit.done(job, played)
        return observer.audited(job)
      }
      const { setting, seed, identity, engine } = job
      const { digest, contentHash, traceHash } = played
      const run: FinishedRun = { setting, seed, identity, engine, digest, contentHash, traceHash }
      noteFinished(folder, run)
      done.set(runKey(job), run)
      observer.done(job)
    },
  }
  const stages = stagesOf(plan, planned)
  let due: readonly Job[] = []
  for (const stage of stages) {
    const judges = due.length === 0 ? audit.open : []
    due = stage
    const isDue = new Set(due)
    await playAll([...judges, ...open.filter((job) => isDue.has(job) && !done.has(runKey(job)))], watched)
    if (signal.aborted || failures.length > 0 || isDecided(plan, folder, due)) break
  }
  const again = due.filter((job) => done.has(runKey(job)))
  const mismatches = options.check && !signal.aborted ? await replay(again, done, pool, observer.done) : []
  const counts = { finished: done.size, planned: due.length, mismatches, begun: true }
  if (signal.aborted) return { result: undefined, interrupted: true, ...counts }
  const audited = manifest.audit === null ? null : await explained(audit, due, done, folder, pool)
  if (signal.aborted) return { result: undefined, interrupted: true, ...counts }
  const isSound = failures.length === 0 && mismatches.length === 0 && (audited?.unequal.length ?? 0) === 0

  const result = analyse({
    name: plan.base.name,
    title: plan.base.title,
    description: plan.base.description,
    manifest,
    settings: settingsOf(plan).map(({ name }) => ({
      name,
      ...question(plan, name),
      runs: due
        .filter((job) => job.setting === name && done.has(runKey(job)))
        .map((job) => ({
          result: readRun(folder, job),
          file: resultFile(job.setting, job.seed),
          trace: options.trace ? traceFile(job.setting, job.seed) : null,
        })),
    })),
    failures: inOrder(failures, due),
    looks: stages.length,
    expectations: plan.expectations,
    comparisons: plan.comparisons,
    audit: audited,
    digest: isSound ? digestOf(manifest.identity, due, done) : null,
    command: options.command,
  })
  writeAtomically(join(folder, RESULT_FILE), `${JSON.stringify(result, null, 1)}\n`)
  if (manifest.audit !== null && audited !== null && audited.unequal.length > 0) {
    for (const file of await options.derivedFiles()) rmSync(join(folder, file), { force: true })
    const strategyFiles = (manifest.strategyFiles ?? []).map(({ file }) => file)
    throw auditFailure(folder, options.engine, manifest.audit, audited.unequal, strategyFiles)
  }
  return { result, interrupted: false, ...counts }
}

/** The audit's result, with the place where the first run parts that did not come out the same. */
async function explained(
  audit: Audit,
  planned: readonly Job[],
  done: ReadonlyMap<string, FinishedRun>,
  folder: string,
  pool: Parameters<typeof findDivergence>[3],
): Promise<AuditResult> {
  const result = audit.result(done)
  const [first, ...others] = result.unequal
  if (first === undefined) return result
  const [job, judge] = [planned, audit.jobs].map((jobs) =>
    jobs.find((each) => runKey(each) === runKey(first)),
  )
  if (job === undefined || judge === undefined || first.judgeDigest === null) return result
  const divergence = await findDivergence(folder, job, judge, pool)
  return { ...result, unequal: [{ ...first, divergence }, ...others] }
}

/** Every setting on every seed, in the order that results have. */
function plannedJobs({ inputs }: Manifest, options: ExperimentOptions): readonly Job[] {
  const { plan, folder } = options
  return seedsOf(plan).flatMap((seed) =>
    settingsOf(plan).map(({ name, scenario }): Job => ({
      setting: name,
      scenario,
      seed,
      identity: runIdentity(inputs, { name, scenario }, seed),
      engine: options.engine,
      resultFile: join(folder, resultFile(name, seed)),
      traceFile: options.trace ? join(folder, traceFile(name, seed)) : null,
    })),
  )
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
    run !== undefined &&
    run.identity === job.identity &&
    run.engine === job.engine &&
    (job.traceFile === null || run.traceHash !== null)
  )
}

function question(plan: ExperimentPlan, setting: string) {
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

/** Repeats a sample of runs on the engine that judges, and compares. */
import { Schema } from "effect"
import { AuditMismatch, type AuditPlan, type AuditResult, type EngineRecord } from "../results/audit.ts"
import type { FailedRun } from "../results/experimentResult.ts"
import { noteJudged, type JudgedRun } from "./auditFolder.ts"
import { auditSample } from "./auditSample.ts"
import { isJudgedBy } from "./keptAudit.ts"
import { runKey, type FinishedRun } from "./outputFolder.ts"
import type { Job, JobDone } from "./workerMessages.ts"

/** How much is repeated, on which engine. */
export interface AuditOptions {
  /** Of all runs, 0 to 1. */
  readonly share: number
  readonly engine: string
}

/**
 * The judge came to other results, so that none of the experiment's can be relied on. Runs and traces are kept in the
 * folder, and `experiment.json` says that the audit failed.
 */
export class AuditFailed extends Schema.TaggedError<AuditFailed>()("AuditFailed", {
  folder: Schema.String,
  mismatches: Schema.Array(AuditMismatch),
  message: Schema.String,
}) {}

/** Without runs where the share is 0, and null where the judge itself plays. Throws a `RangeError`. */
export function auditPlan(
  runs: AuditPlan["runs"],
  { share, seed, played, judge }: { share: number; seed: string; played: string; judge: EngineRecord },
): AuditPlan | null {
  const sample = auditSample(runs, share, seed)
  return played === judge.name ? null : { share, engine: judge, seed, runs: sample }
}

/** The audit of one experiment: what is left to be played for it, and what came of it. */
export class Audit {
  /** Jobs for the judge, in the order of the plan. */
  readonly jobs: readonly Job[]
  /** Those that were not played at an earlier start. */
  readonly open: readonly Job[]
  readonly #folder: string
  readonly #judged: Map<string, JudgedRun>
  readonly #failures = new Map<string, FailedRun>()

  constructor(
    folder: string,
    plan: AuditPlan | null,
    planned: readonly Job[],
    judged: ReadonlyMap<string, JudgedRun>,
  ) {
    const names = new Set(plan?.runs.map(runKey))
    const engine = plan?.engine.name ?? ""
    this.#folder = folder
    this.jobs = planned
      .filter((job) => names.has(runKey(job)))
      .map((job) => ({ ...job, engine, resultFile: null, traceFile: null }))
    this.#judged = new Map(judged)
    this.open = this.jobs.filter((job) => !isJudgedBy(engine, job, this.#judged.get(runKey(job))))
    for (const job of this.open) this.#judged.delete(runKey(job))
  }

  done(job: Job, { digest, contentHash }: JobDone): void {
    const { setting, seed, identity, engine } = job
    const run: JudgedRun = { setting, seed, identity, engine, digest, contentHash }
    noteJudged(this.#folder, run)
    this.#judged.set(runKey(job), run)
  }

  failed(job: Job, failure: FailedRun): void {
    this.#failures.set(runKey(job), failure)
  }

  /** Compares digests, and the bytes of results. */
  result(done: ReadonlyMap<string, FinishedRun>): AuditResult {
    const result = { equal: [] as Name[], unequal: [] as AuditMismatch[], missing: [] as Name[] }
    for (const { setting, seed } of this.jobs) {
      const run = done.get(runKey({ setting, seed }))
      const judged = this.#judged.get(runKey({ setting, seed }))
      if (run === undefined) result.missing.push({ setting, seed })
      else if (run.digest === judged?.digest && run.contentHash === judged.contentHash)
        result.equal.push({ setting, seed })
      else result.unequal.push(this.#mismatch(run, judged))
    }
    return result
  }

  #mismatch({ setting, seed, engine, digest }: FinishedRun, judged: JudgedRun | undefined): AuditMismatch {
    const judgeDigest = judged?.digest ?? null
    const failure = this.#failures.get(runKey({ setting, seed }))
    const judge = this.jobs[0]?.engine ?? ""
    const message =
      failure === undefined
        ? `${setting} seed ${seed}: digest ${digest} on ${engine}, ${judgeDigest} on ${judge}`
        : `${setting} seed ${seed}: digest ${digest} on ${engine}, no result on ${judge} (${failure.reason}: ${failure.message})`
    return { setting, seed, digest, judgeDigest, message, divergence: null }
  }
}

type Name = AuditResult["equal"][number]

/** What an experiment is told, and what it tells while it goes on. */
import type { FailedRun } from "../results/experimentResult.ts"
import type { Manifest } from "../results/manifest.ts"
import type { ExperimentPlan } from "../scenario/plan.ts"
import type { AuditOptions } from "./audit.ts"

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
  /** The EVM engine; results do not depend on it. */
  readonly engine: string
  /** Repeats a random sample of runs on another engine, and fails with `AuditFailed` where it disagrees. */
  readonly audit: AuditOptions | undefined
  /** Continue what is in the folder, and refuse if it was something else. */
  readonly resume: boolean
  /** Where compiled contracts and results of learning are kept between experiments; undefined = nowhere. */
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
    /** Of an earlier start, where less was asked for now. */
    readonly keptAuditShare?: number | undefined
  }) => void
  readonly progress: (job: { readonly setting: string; readonly seed: number }, fraction: number) => void
  readonly done: (job: { readonly setting: string; readonly seed: number }) => void
  readonly failed: (failure: FailedRun) => void
  /** The judge has played a run again, or could not. */
  readonly audited: (job: { readonly setting: string; readonly seed: number }) => void
}

/** What the main thread and its workers say to each other. */
import type { ResultCache } from "../cache/memoStores.ts"
import type { RunResult } from "../results/runResult.ts"
import type { Scenario } from "../scenario/scenario.ts"

/** Given to a worker when it starts. */
export interface WorkerSetup {
  readonly runModule: string
  readonly artifacts: unknown
  readonly cache: ResultCache | undefined
  readonly heartbeat: SharedArrayBuffer
}

/** One run to do. */
export interface Job {
  readonly setting: string
  readonly scenario: Scenario
  readonly seed: number
  readonly identity: string
  /** The EVM engine that plays it. */
  readonly engine: string
  /** Where the result goes; null = nowhere, only its hashes are wanted. */
  readonly resultFile: string | null
  /** Where the trace goes, gzipped lines of canonical JSON; null = it is not kept. */
  readonly traceFile: string | null
  /** Whether the result comes back in the message as well: for those who need thousands and keep none. */
  readonly returnsResult?: boolean
}

export interface JobDone {
  readonly type: "done"
  readonly digest: string
  /** SHA-256 of the result's bytes. */
  readonly contentHash: string
  /** SHA-256 of the trace's bytes as written. */
  readonly traceHash: string | null
  /** Where the job asks for it. */
  readonly result?: RunResult
}

/** A run that failed inside its world, with what its error says about where. */
export interface JobFailed {
  readonly type: "failed"
  readonly message: string
  /** Name of the error's class. */
  readonly tag: string
  readonly agent: string | null
  readonly timeSeconds: number | null
}

export type FromWorker =
  | { readonly type: "agents"; readonly names: readonly string[] }
  | { readonly type: "progress"; readonly fraction: number }
  | JobDone
  | JobFailed

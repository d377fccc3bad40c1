/** One worker thread, which plays one run at a time. */
import type { Worker } from "node:worker_threads"
import type { ResultCache } from "../cache/memoStores.ts"
import { microsToSeconds } from "../kernel/time.ts"
import type { FailedRun } from "../results/experimentResult.ts"
import { createHeartbeatMemory } from "./sharedHeartbeat.ts"
import { startWorker } from "./startWorker.ts"
import { UNPLAYABLE } from "./unplayable.ts"
import { watch } from "./watchdog.ts"
import type { FromWorker, Job, JobDone, WorkerSetup } from "./workerMessages.ts"

export interface SeatOptions {
  readonly runModule: string
  readonly artifacts: unknown
  /** What earlier runs worked out and later ones may use; undefined = everything is worked out anew. */
  readonly cache: ResultCache | undefined
  readonly watchdogSeconds: number
  /** Ends everything at once; runs that are not done have no result. */
  readonly signal: AbortSignal
  readonly onProgress: (job: Job, fraction: number) => void
  readonly onDone: (job: Job, done: JobDone) => void
  readonly onFailed: (job: Job, failed: FailedRun) => void
}

/**
 * Whether the thread is of no use after the run: code from outside can leave traces where nobody looks, in prototypes
 * without a name or in Effect's own functions, and the next run must not depend on who played before.
 */
export const needsFreshThread = ({ scenario }: Job): boolean => scenario.strategyFiles !== undefined

// TypeScript is run as it is in a clone; an installed package has JavaScript here.
const WORKER = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url)

/** One worker thread and what is known about it. */
export class Seat {
  readonly #options: SeatOptions
  readonly #memory = createHeartbeatMemory()
  readonly #worker: Worker
  #exitCode: number | undefined

  constructor(options: SeatOptions) {
    this.#options = options
    const setup: WorkerSetup = {
      runModule: options.runModule,
      artifacts: options.artifacts,
      cache: options.cache,
      heartbeat: this.#memory,
    }
    this.#worker = startWorker(WORKER, setup)
    // Between runs nobody listens, and an error that nobody hears would end the process.
    this.#worker.on("error", () => undefined)
    this.#worker.on("exit", (code) => (this.#exitCode = code))
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  /** Plays one run; resolves to whether the worker can go on. */
  play(job: Job): Promise<boolean> {
    const { signal, watchdogSeconds, onProgress, onDone, onFailed } = this.#options
    const worker = this.#worker
    const names: string[] = []
    return new Promise((resolve, reject) => {
      const settle = (alive: boolean, report: () => void) => {
        stopWatching()
        signal.removeEventListener("abort", aborted)
        worker.off("message", heard).off("error", threw).off("exit", exited)
        try {
          report()
          resolve(alive)
        } catch (error) {
          reject(error as Error)
        }
      }
      // What a failed run leaves in memory is unknown, so that no failure leaves the worker alive.
      const fail = (failure: Omit<FailedRun, "setting" | "seed">) =>
        settle(false, () => onFailed(job, { setting: job.setting, seed: job.seed, ...failure }))
      const crashed = (message: string) => fail({ reason: "crash", agent: null, timeSeconds: null, message })
      const aborted = () => settle(false, () => undefined)
      const threw = (error: unknown) =>
        crashed(`the worker failed: ${error instanceof Error ? error.message : String(error)}`)
      const exited = (code: number) => crashed(`the worker ended with exit code ${code}`)
      const heard = (message: FromWorker) => {
        if (message.type === "agents") names.push(...message.names)
        else if (message.type === "progress") onProgress(job, message.fraction)
        else if (message.type === "done") settle(!needsFreshThread(job), () => onDone(job, message))
        else {
          const { agent, timeSeconds, tag } = message
          fail({
            reason: UNPLAYABLE.includes(tag) ? "input" : "error",
            agent,
            timeSeconds,
            message: message.message,
          })
        }
      }
      const stopWatching = watch(this.#memory, watchdogSeconds, (pulse) => {
        const agent = names[pulse.agentIndex] ?? `agent ${pulse.agentIndex}`
        const timeSeconds = microsToSeconds(pulse.timeMicros)
        const message = `${agent} hangs at ${timeSeconds} s of virtual time: one step took over ${watchdogSeconds} s`
        fail({ reason: "hang", agent, timeSeconds, message })
      })
      if (signal.aborted) return aborted()
      if (this.#exitCode !== undefined) return exited(this.#exitCode)
      signal.addEventListener("abort", aborted)
      worker.on("message", heard).on("error", threw).on("exit", exited)
      worker.postMessage(job, [])
    })
  }
}

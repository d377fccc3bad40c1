/** Plays runs of many scenarios on warm workers. Their contracts are compiled once, before the first run. */
import { programKey } from "../cache/memoStores.ts"
import { openPool, type OpenPool } from "../experiment/openPool.ts"
import { prepareAside } from "../experiment/prepareAside.ts"
import { programIdentity } from "../experiment/programIdentity.ts"
import type { FailedRun } from "../results/experimentResult.ts"
import type { RunResult } from "../results/runResult.ts"
import type { Scenario } from "../scenario/scenario.ts"

export interface PlayerOptions {
  /** Address of the run module: a `file:` URL. */
  readonly runModule: string
  /** Scenarios with all the contracts, data sets and surrogates that runs will ask for. */
  readonly scenarios: readonly Scenario[]
  readonly engine: string
  readonly workers: number
  readonly watchdogSeconds: number
  readonly cacheDirectory: string | undefined
  readonly signal: AbortSignal
  /** A run is done or has failed. */
  readonly onPlayed: () => void
}

export interface Player {
  /**
   * The result of a run, or how it failed. Of the runs that wait for a worker, the one with the least `order` is next.
   * Rejects with `Interrupted`.
   */
  readonly play: (scenario: Scenario, seed: number, order: number) => Promise<RunResult | FailedRun>
  readonly close: () => Promise<void>
}

export const isFailed = (played: RunResult | FailedRun): played is FailedRun => "reason" in played

/** The signal came. */
export class Interrupted extends Error {
  readonly _tag = "Interrupted"
}

/** Rejects with `PreparationFailed` where contracts can't be used, and with `Interrupted`. */
export async function openPlayer(options: PlayerOptions): Promise<Player> {
  const { runModule, scenarios, engine, workers, watchdogSeconds, cacheDirectory, signal } = options
  const world = await prepareAside(runModule, { cacheDirectory, scenarios, engines: [engine] }, signal)
  if (world === undefined) throw new Interrupted("interrupted before the first run")
  const program = programKey({ ...programIdentity(), node: process.version })
  const pool: OpenPool = openPool({
    runModule,
    artifacts: world.artifacts,
    cache: cacheDirectory === undefined ? undefined : { directory: cacheDirectory, program },
    workers,
    watchdogSeconds,
    signal,
  })
  return {
    play: async (scenario, seed, order) => {
      const job = {
        setting: "base",
        scenario,
        seed,
        identity: "trial",
        engine,
        resultFile: null,
        traceFile: null,
        returnsResult: true,
      }
      const played = await pool.play(job, order)
      if (played._tag === "interrupted") throw new Interrupted("interrupted")
      options.onPlayed()
      return played._tag === "done" ? played.result : played.failure
    },
    close: pool.close,
  }
}

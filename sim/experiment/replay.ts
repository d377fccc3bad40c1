/** Plays finished runs a second time and compares: the cheapest proof that they are reproducible. */
import { runKey, type FinishedRun } from "./outputFolder.ts"
import type { Job } from "./workerMessages.ts"
import { playAll, type PoolOptions } from "./workerPool.ts"

/** A run that did not come out the same twice. */
export interface Mismatch {
  readonly setting: string
  readonly seed: number
  readonly first: string
  readonly second: string
}

/**
 * Plays the jobs in fresh workers without the cache, last first, so that neither a memory nor the order of runs can
 * hide a difference. Compares digests and the bytes of results.
 */
export async function replay(
  jobs: readonly Job[],
  done: ReadonlyMap<string, FinishedRun>,
  pool: Omit<PoolOptions, "onDone">,
  onDone: (job: Job) => void,
): Promise<readonly Mismatch[]> {
  const mismatches = new Map<string, Mismatch>()
  const unkept = jobs.toReversed().map((job): Job => ({ ...job, resultFile: null, traceFile: null }))
  await playAll(unkept, {
    ...pool,
    cache: undefined,
    onDone: (job, { digest, contentHash }) => {
      const first = done.get(runKey(job))!
      if (first.digest !== digest || first.contentHash !== contentHash) {
        const { setting, seed } = job
        mismatches.set(runKey(job), { setting, seed, first: first.digest, second: digest })
      }
      onDone(job)
    },
  })
  return jobs.flatMap((job) => mismatches.get(runKey(job)) ?? [])
}

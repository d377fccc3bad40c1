/**
 * Plays runs on worker threads. Which worker plays what, and which is done first, leaves no mark on the results.
 *
 * A worker that hangs or dies costs its one run: the failure is reported and a fresh worker takes the next.
 */
import type { Seat, SeatOptions } from "./seat.ts"
import { Seats } from "./seats.ts"
import type { Job } from "./workerMessages.ts"

export interface PoolOptions extends SeatOptions {
  readonly workers: number
}

/** Plays all jobs; resolves when each is done or has failed, or when the signal came. */
export async function playAll(jobs: readonly Job[], options: PoolOptions): Promise<void> {
  const waiting = [...jobs]
  const begun = new Set<number>()
  const seats = new Seats(options)
  const lane = async () => {
    let seat: Seat | undefined
    let seed: number | undefined
    try {
      while (!options.signal.aborted) {
        const job = takeJob(waiting, seed, begun)
        if (job === undefined) break
        seed = job.seed
        begun.add(seed)
        seat ??= seats.take()
        seats.prepareBeside(job, waiting.length)
        const alive = await seat.play(job)
        if (!alive) {
          await seat.end()
          seat = undefined
        }
      }
    } finally {
      await seat?.end()
    }
  }
  const lanes = Math.max(1, Math.min(options.workers, jobs.length))
  try {
    await Promise.all(Array.from({ length: lanes }, lane))
  } finally {
    await seats.end()
  }
}

/**
 * The next job of a lane: another setting of the seed that it has just played, since a worker remembers training that
 * both have in common; else a seed that nobody has begun; else the first that is left.
 */
function takeJob(waiting: Job[], seed: number | undefined, begun: ReadonlySet<number>): Job | undefined {
  const places = [
    waiting.findIndex((job) => job.seed === seed),
    waiting.findIndex((job) => !begun.has(job.seed)),
    0,
  ]
  return waiting.splice(places.find((place) => place >= 0) ?? 0, 1)[0]
}

/** Worker threads that stay warm: for work whose next runs are known only when earlier ones are done. */
import type { FailedRun } from "../results/experimentResult.ts"
import type { RunResult } from "../results/runResult.ts"
import type { Job } from "./workerMessages.ts"
import { Seats } from "./seats.ts"
import type { Seat, SeatOptions } from "./seat.ts"
import type { PoolOptions } from "./workerPool.ts"

export type Played =
  | { readonly _tag: "done"; readonly result: RunResult }
  | { readonly _tag: "failed"; readonly failure: FailedRun }
  | { readonly _tag: "interrupted" }

export interface OpenPool {
  /** Plays a run when a worker is free; of those that wait, the one with the least `order` is next. Never rejects. */
  readonly play: (job: Job, order: number) => Promise<Played>
  /** Ends the workers. Runs that are not done never will be. */
  readonly close: () => Promise<void>
}

interface Waiting {
  readonly job: Job
  readonly order: number
  readonly settle: (played: Played) => void
}

/** The signal interrupts all runs, those that wait and those that come later. */
export function openPool(options: Omit<PoolOptions, "onProgress" | "onDone" | "onFailed">): OpenPool {
  const { workers, signal } = options
  const waiting: Waiting[] = []
  const idle: Seat[] = []
  const open = new Set<Seat>()
  const outcomes = new Map<Job, Played>()
  const seatOptions: SeatOptions = {
    ...options,
    onProgress: () => undefined,
    onDone: (job, { result }) => {
      if (result === undefined) throw new Error("the worker was asked for a result and gave none")
      outcomes.set(job, { _tag: "done", result })
    },
    onFailed: (job, failure) => void outcomes.set(job, { _tag: "failed", failure }),
  }

  const seats = new Seats(seatOptions)

  const newSeat = () => {
    const seat = seats.take()
    open.add(seat)
    return seat
  }
  const leave = async (seat: Seat) => {
    open.delete(seat)
    await seat.end()
  }
  const playOn = async (seat: Seat, { job, settle }: Waiting) => {
    seats.prepareBeside(job, waiting.length)
    const alive = await seat.play(job)
    const played = outcomes.get(job) ?? { _tag: "interrupted" as const }
    outcomes.delete(job)
    if (alive) idle.push(seat)
    else await leave(seat)
    settle(played)
    pump()
  }
  const pump = () => {
    if (signal.aborted) for (const { settle } of waiting.splice(0)) settle({ _tag: "interrupted" })
    while (waiting.length > 0 && (idle.length > 0 || open.size < workers)) {
      void playOn(idle.pop() ?? newSeat(), waiting.shift()!)
    }
  }
  signal.addEventListener("abort", pump, { once: true })

  return {
    play: (job, order) =>
      new Promise((settle) => {
        const later = waiting.findIndex((other) => other.order > order)
        waiting.splice(later < 0 ? waiting.length : later, 0, { job, order, settle })
        pump()
      }),
    close: async () => {
      signal.removeEventListener("abort", pump)
      await Promise.all([seats.end(), ...[...open].map(leave)])
    },
  }
}

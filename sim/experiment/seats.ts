/** Seats of a pool, and one to spare where the one that plays will not be used again. */
import { needsFreshThread, Seat, type SeatOptions } from "./seat.ts"
import type { Job } from "./workerMessages.ts"

export class Seats {
  readonly #options: SeatOptions
  #spare: Seat | undefined

  constructor(options: SeatOptions) {
    this.#options = options
  }

  take(): Seat {
    const seat = this.#spare ?? new Seat(this.#options)
    this.#spare = undefined
    return seat
  }

  /** Starts a worker while `job` is played on another, if it will be wanted: a start takes about a second. */
  prepareBeside(job: Job, waiting: number): void {
    if (waiting > 0 && needsFreshThread(job)) this.#spare ??= new Seat(this.#options)
  }

  async end(): Promise<void> {
    await this.#spare?.end()
    this.#spare = undefined
  }
}

/** Who keeps what in the content store since when: storage costs by size and time, as they stand at any moment. */
import { Clock, Effect } from "effect"

const BYTES_PER_MIB = 1_048_576n
const MILLIS_PER_DAY = 86_400_000n

interface Kept {
  readonly agent: string
  readonly bytes: number
  readonly sinceMillis: number
  /** Undefined while it is kept. */
  readonly untilMillis: number | undefined
}

export class StorageLedger {
  /** What was kept once is paid for after it was discarded: several times, if it was kept several times. */
  readonly #kept = new Map<string, Kept[]>()

  /** The agent pays for these bytes from now on; the same content kept twice by one agent is paid once. */
  keep(agent: string, cid: string, bytes: number): Effect.Effect<void> {
    return Effect.map(Clock.currentTimeMillis, (sinceMillis) => {
      const times = this.#times(agent, cid)
      if (times.some(({ untilMillis }) => untilMillis === undefined)) return
      times.push({ agent, bytes, sinceMillis, untilMillis: undefined })
    })
  }

  /** The agent pays for it no longer; nothing where it keeps no such content. */
  discard(agent: string, cid: string): Effect.Effect<void> {
    return Effect.map(Clock.currentTimeMillis, (untilMillis) => {
      const times = this.#times(agent, cid)
      const last = times.at(-1)
      if (last?.untilMillis === undefined && last !== undefined)
        times[times.length - 1] = { ...last, untilMillis }
    })
  }

  /** Wei owed by an agent for storage until `nowMillis`, rounded up to a whole wei for each content. */
  owed(agent: string, nowMillis: number, weiPerMibDay: bigint): bigint {
    let sum = 0n
    for (const kept of [...this.#kept.values()].flat()) {
      if (kept.agent !== agent) continue
      const until = Math.min(nowMillis, kept.untilMillis ?? nowMillis)
      const byteMillis = BigInt(kept.bytes) * BigInt(Math.round(Math.max(0, until - kept.sinceMillis)))
      const unit = BYTES_PER_MIB * MILLIS_PER_DAY
      sum += (byteMillis * weiPerMibDay + unit - 1n) / unit
    }
    return sum
  }

  #times(agent: string, cid: string): Kept[] {
    const key = `${agent}\n${cid}`
    const times = this.#kept.get(key) ?? []
    this.#kept.set(key, times)
    return times
  }
}

/** Who keeps what in the content store since when: storage costs by size and time, as they stand at any moment. */
import { Clock, Effect } from "effect"

const BYTES_PER_MIB = 1_048_576n
const MILLIS_PER_DAY = 86_400_000n

interface Kept {
  readonly agent: string
  readonly bytes: number
  readonly sinceMillis: number
}

export class StorageLedger {
  readonly #kept = new Map<string, Kept>()

  /** The agent pays for these bytes from now on; the same content kept twice by one agent is paid once. */
  keep(agent: string, cid: string, bytes: number): Effect.Effect<void> {
    return Effect.map(Clock.currentTimeMillis, (sinceMillis) => {
      const key = `${agent}\n${cid}`
      if (!this.#kept.has(key)) this.#kept.set(key, { agent, bytes, sinceMillis })
    })
  }

  /** Wei owed by an agent for storage until `nowMillis`, rounded up to a whole wei for each content. */
  owed(agent: string, nowMillis: number, weiPerMibDay: bigint): bigint {
    let sum = 0n
    for (const kept of this.#kept.values()) {
      if (kept.agent !== agent) continue
      const byteMillis = BigInt(kept.bytes) * BigInt(Math.round(nowMillis - kept.sinceMillis))
      const unit = BYTES_PER_MIB * MILLIS_PER_DAY
      sum += (byteMillis * weiPerMibDay + unit - 1n) / unit
    }
    return sum
  }
}

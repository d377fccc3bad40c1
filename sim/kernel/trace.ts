import { createHash } from "node:crypto"
import { canonicalJson } from "./canonicalJson.ts"
import type { Micros } from "./time.ts"

/** Something that happened in a run. `data` must be acceptable to `canonicalJson`. */
export interface TraceEvent {
  readonly time: Micros
  /** Who says so: an agent's name, `chain`, `kernel`. */
  readonly source: string
  readonly kind: string
  readonly data: unknown
}

/** The ordered record of a run, and the digest of all of it. */
export interface Trace {
  /** Appends. Throws `NotCanonical` when `data` has no canonical encoding; then nothing was appended. */
  record(event: TraceEvent): void
  /** SHA-256 over the canonical encodings of all events so far, in order, as hex. */
  readonly digest: () => string
  /** How many events were recorded. */
  readonly length: number
  /** The first events, as many as `eventLimit` allows; the digest and the sink get all of them. */
  readonly events: readonly TraceEvent[]
}

export interface TraceOptions {
  /** How many events are kept in memory. Default 100,000. */
  readonly eventLimit?: number
  /** Gets each event with its canonical line (without newline), in order. */
  readonly sink?: (event: TraceEvent, line: string) => void
}

const DEFAULT_EVENT_LIMIT = 100_000
/** Text is hashed in pieces of about this length: one call into OpenSSL an event would dominate. */
const FLUSH_LENGTH = 1 << 16

/** An empty trace. */
export const createTrace = (options: TraceOptions = {}): Trace => new HashingTrace(options)

class HashingTrace implements Trace {
  readonly events: TraceEvent[] = []
  length = 0
  readonly #eventLimit: number
  readonly #sink: ((event: TraceEvent, line: string) => void) | undefined
  readonly #hash = createHash("sha256")
  #unhashed = ""

  constructor(options: TraceOptions) {
    this.#eventLimit = options.eventLimit ?? DEFAULT_EVENT_LIMIT
    this.#sink = options.sink
  }

  record(event: TraceEvent): void {
    // JSON text holds no raw newline, so lines cannot run into each other.
    const line = canonicalJson([event.time, event.source, event.kind, event.data ?? null])
    this.#unhashed += `${line}\n`
    if (this.#unhashed.length >= FLUSH_LENGTH) this.#flush()
    if (this.events.length < this.#eventLimit) this.events.push(event)
    this.length++
    this.#sink?.(event, line)
  }

  readonly digest = (): string => {
    this.#flush()
    return this.#hash.copy().digest("hex")
  }

  #flush(): void {
    this.#hash.update(this.#unhashed)
    this.#unhashed = ""
  }
}

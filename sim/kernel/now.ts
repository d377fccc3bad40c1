import { Clock, Effect } from "effect"
import type { Micros } from "./time.ts"

/** Virtual time from the fiber's clock: microseconds since the run began. */
export const nowMicros: Effect.Effect<Micros> = Effect.map(Clock.currentTimeNanos, (nanos) =>
  Number(nanos / 1000n),
)

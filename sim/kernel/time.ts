/**
 * Virtual time: whole microseconds since the run began. Integers, because sums of fractions depend on order.
 *
 * A safe integer holds 285 years of microseconds.
 */
export type Micros = number

export const MICROS_PER_SECOND = 1_000_000
export const MICROS_PER_MILLI = 1_000

/** Whole microseconds nearest to `seconds`. Throws a `RangeError` when the result is negative or not a safe integer. */
export const secondsToMicros = (seconds: number): Micros => {
  const micros = Math.round(seconds * MICROS_PER_SECOND)
  if (!Number.isSafeInteger(micros) || micros < 0) {
    throw new RangeError(`secondsToMicros: expected 0 to 285 years in seconds, got ${String(seconds)}`)
  }
  return micros
}

/** Seconds as a float, for people and for statistics; never feed the result back into virtual time. */
export const microsToSeconds = (micros: Micros): number => micros / MICROS_PER_SECOND

import type { Micros } from "./time.ts"

/** What waits in a heap. */
export interface Timer {
  /** Set through `TimerHeap.cancel` alone. */
  cancelled: boolean
  /** Called when a cancelled timer has left the heap, and may be used again. */
  dropped(): void
}

/** Priorities are whole numbers from -128 to 127; smaller runs first. */
export const PRIORITY_MIN = -128
export const PRIORITY_MAX = 127

/** Sequence numbers below this share one exact float with the priority. */
const SEQUENCE_SPAN = 17_592_186_044_416
const INITIAL_CAPACITY = 64
/** Below this size, cancelled timers are left to be popped. */
const COMPACT_FROM = 1024
const ARITY = 4

/**
 * Timers in the total order (time, priority, sequence): a 4-ary heap whose keys lie side by side in one typed array.
 *
 * Cancelling marks the timer and leaves it where it is; marked timers are skipped, and swept out when they are the
 * majority, so that a program which cancels timeouts for ever does not grow.
 */
export class TimerHeap<T extends Timer> {
  /** Pairs of (time, priority and sequence in one number). */
  #keys = new Float64Array(2 * INITIAL_CAPACITY)
  #timers: (T | undefined)[] = []
  #size = 0
  #cancelled = 0

  /** Timers that will fire. */
  get live(): number {
    return this.#size - this.#cancelled
  }

  /** The time of the first live timer, or `Infinity`. */
  nextTime(): Micros {
    while (this.#size > 0 && (this.#timers[0] as T).cancelled) {
      const timer = this.#timers[0] as T
      this.#removeFirst()
      this.#cancelled--
      timer.dropped()
    }
    return this.#size === 0 ? Infinity : (this.#keys[0] as number)
  }

  /** Adds a timer. `sequence` must be a whole number from 0 to 2^44. */
  push(time: Micros, priority: number, sequence: number, timer: T): void {
    const order = (priority - PRIORITY_MIN) * SEQUENCE_SPAN + sequence
    const at = this.#size++
    if (2 * this.#size > this.#keys.length) this.#grow()
    this.#siftUp(at, time, order, timer)
  }

  /** Takes the first timer out. Call `nextTime` before, which drops cancelled ones. */
  pop(): T {
    const first = this.#timers[0] as T
    this.#removeFirst()
    return first
  }

  /** Withdraws a timer that is still in the heap. A second call does nothing. */
  cancel(timer: T): void {
    if (timer.cancelled) return
    timer.cancelled = true
    this.#cancelled++
    if (this.#size >= COMPACT_FROM && 2 * this.#cancelled > this.#size) this.#sweep()
  }

  /** Live timers in no particular order. */
  *liveTimers(): Iterable<T> {
    for (let at = 0; at < this.#size; at++) {
      const timer = this.#timers[at] as T
      if (!timer.cancelled) yield timer
    }
  }

  #grow(): void {
    const keys = new Float64Array(2 * this.#keys.length)
    keys.set(this.#keys)
    this.#keys = keys
  }

  #siftUp(from: number, time: number, order: number, timer: T): void {
    const keys = this.#keys
    const timers = this.#timers
    let at = from
    while (at > 0) {
      const parent = ((at - 1) / ARITY) | 0
      const parentTime = keys[2 * parent] as number
      if (parentTime < time || (parentTime === time && (keys[2 * parent + 1] as number) < order)) break
      keys[2 * at] = parentTime
      keys[2 * at + 1] = keys[2 * parent + 1] as number
      timers[at] = timers[parent]
      at = parent
    }
    keys[2 * at] = time
    keys[2 * at + 1] = order
    timers[at] = timer
  }

  #removeFirst(): void {
    const last = --this.#size
    const timer = this.#timers[last] as T
    this.#timers[last] = undefined
    if (last > 0) this.#siftDown(0, this.#keys[2 * last] as number, this.#keys[2 * last + 1] as number, timer)
  }

  #siftDown(from: number, time: number, order: number, timer: T): void {
    const keys = this.#keys
    const timers = this.#timers
    const size = this.#size
    let at = from
    for (;;) {
      const first = ARITY * at + 1
      if (first >= size) break
      const end = first + ARITY < size ? first + ARITY : size
      let child = first
      let childTime = keys[2 * first] as number
      let childOrder = keys[2 * first + 1] as number
      for (let other = first + 1; other < end; other++) {
        const otherTime = keys[2 * other] as number
        if (otherTime > childTime) continue
        const otherOrder = keys[2 * other + 1] as number
        if (otherTime === childTime && otherOrder > childOrder) continue
        child = other
        childTime = otherTime
        childOrder = otherOrder
      }
      if (childTime > time || (childTime === time && childOrder > order)) break
      keys[2 * at] = childTime
      keys[2 * at + 1] = childOrder
      timers[at] = timers[child]
      at = child
    }
    keys[2 * at] = time
    keys[2 * at + 1] = order
    timers[at] = timer
  }

  /** Drops cancelled timers. The order of the rest does not change: their keys are a total order. */
  #sweep(): void {
    const keys = this.#keys
    const timers = this.#timers
    let kept = 0
    for (let at = 0; at < this.#size; at++) {
      const timer = timers[at] as T
      if (timer.cancelled) {
        timer.dropped()
        continue
      }
      keys[2 * kept] = keys[2 * at] as number
      keys[2 * kept + 1] = keys[2 * at + 1] as number
      timers[kept++] = timer
    }
    timers.length = kept
    this.#size = kept
    this.#cancelled = 0
    for (let at = ((kept - 2) / ARITY) | 0; at >= 0; at--) {
      this.#siftDown(at, keys[2 * at] as number, keys[2 * at + 1] as number, timers[at] as T)
    }
  }
}

/**
 * Sleeping: the one thing that every agent does all the time.
 *
 * `Effect.callback` would do, but allocates eleven objects a sleep, of which most live until the timer fires and are
 * copied by the garbage collector meanwhile: with thousands of sleepers, that is most of a run. So a sleep is an effect
 * of its own kind, made with Effect's public `Effectable.Prototype`, and its timers are recycled. It needs two methods
 * of a fiber that Effect does not document (`SuspendableFiber`); `test/kernel/sleep.test.ts` compares it with
 * `Effect.callback`, and fails when an update changes them.
 */
import { type Clock, Duration, Effect, Effectable } from "effect"
import type { Agent, AnyFiber } from "./agent.ts"
import { MICROS_PER_MILLI, type Micros } from "./time.ts"
import type { Timer } from "./timerHeap.ts"

/** What this file needs of Effect's fibers. */
interface SuspendableFiber extends AnyFiber {
  /** Suspends. `leave` is called once, just before the fiber runs again, whatever made it run. */
  yieldWith(leave: () => void): Effect.Effect<never>
  /** Resumes a suspended fiber with an effect. */
  evaluate(effect: Effect.Effect<unknown>): void
}

/** A timer of the kernel: `fire` makes something of `agent` run. */
export interface Wake extends Timer {
  readonly agent: Agent
  fire(): void
}

/** What sleeping needs of the event loop. */
export interface SleepHost {
  readonly now: Micros
  agentOf(fiber: AnyFiber): Agent
  /** Makes `fiber` the one that runs. */
  switchTo(agent: Agent, fiber: AnyFiber): void
  schedule(agent: Agent, delayMicros: Micros, timer: Wake): void
  cancel(timer: Wake): void
}

/** A place in the timer heap that wakes a fiber, used again and again. */
class SleepTimer implements Wake {
  cancelled = false
  agent!: Agent
  #fiber: SuspendableFiber | undefined = undefined
  #waiting = false
  readonly #bed: Bed
  readonly #leave: () => void

  constructor(bed: Bed) {
    this.#bed = bed
    this.#leave = () => {
      if (this.#waiting) bed.host.cancel(this)
      else bed.free.push(this)
    }
  }

  suspend(agent: Agent, fiber: SuspendableFiber, delayMicros: Micros): Effect.Effect<never> {
    this.agent = agent
    this.#fiber = fiber
    this.#waiting = true
    this.#bed.host.schedule(agent, delayMicros, this)
    return fiber.yieldWith(this.#leave)
  }

  fire(): void {
    const fiber = this.#fiber as SuspendableFiber
    this.#waiting = false
    this.#bed.host.switchTo(this.agent, fiber)
    fiber.evaluate(Effect.void)
  }

  /** Cancelled, and now out of the heap. */
  dropped(): void {
    this.#waiting = false
    this.#fiber = undefined
    this.cancelled = false
    this.#bed.free.push(this)
  }
}

/** The timers of one kernel that nobody uses at the moment. */
interface Bed {
  readonly host: SleepHost
  readonly free: SleepTimer[]
}

const SleepPrototype = Effectable.Prototype<VirtualSleep & Effect.Effect<void>>({
  label: "VirtualSleep",
  evaluate(fiber) {
    return this.suspend(fiber as SuspendableFiber)
  },
})

/** The effect of sleeping for so long. A value like any other effect: it can be kept and run many times. */
class VirtualSleep {
  readonly bed: Bed
  readonly delayMicros: Micros

  constructor(bed: Bed, delayMicros: Micros) {
    this.bed = bed
    this.delayMicros = delayMicros
  }

  suspend(fiber: SuspendableFiber): Effect.Effect<never> {
    const timer = this.bed.free.pop() ?? new SleepTimer(this.bed)
    return timer.suspend(this.bed.host.agentOf(fiber), fiber, this.delayMicros)
  }
}
Object.setPrototypeOf(VirtualSleep.prototype, SleepPrototype)

/** Virtual time as Effect's `Clock`, shared by all agents; a timer carries the priority of the agent that sets it. */
export class VirtualClock implements Clock.Clock {
  readonly currentTimeMillis: Effect.Effect<number> = Effect.sync(() => this.currentTimeMillisUnsafe())
  readonly currentTimeNanos: Effect.Effect<bigint> = Effect.sync(() => this.currentTimeNanosUnsafe())
  readonly monotonicTimeNanos: Effect.Effect<bigint> = this.currentTimeNanos
  readonly #host: SleepHost
  readonly #bed: Bed

  constructor(host: SleepHost) {
    this.#host = host
    this.#bed = { host, free: [] }
  }

  /** Milliseconds with three decimals: exact microseconds. */
  currentTimeMillisUnsafe(): number {
    return this.#host.now / MICROS_PER_MILLI
  }

  currentTimeNanosUnsafe(): bigint {
    return BigInt(this.#host.now) * 1000n
  }

  monotonicTimeNanosUnsafe(): bigint {
    return this.currentTimeNanosUnsafe()
  }

  sleep(duration: Duration.Duration): Effect.Effect<void> {
    const delayMicros = durationToMicros(duration)
    if (delayMicros === 0) return Effect.yieldNow
    if (delayMicros === Infinity) return Effect.never
    return new VirtualSleep(this.#bed, delayMicros) as unknown as Effect.Effect<void>
  }
}

/** Whole microseconds, rounded up so that nobody wakes early; negative durations are zero. */
const durationToMicros = (duration: Duration.Duration): Micros => {
  const { value } = duration
  if (value._tag === "Millis") return value.millis <= 0 ? 0 : Math.ceil(value.millis * MICROS_PER_MILLI)
  if (value._tag === "Nanos") return value.nanos <= 0n ? 0 : Number((value.nanos + 999n) / 1000n)
  return value._tag === "Infinity" ? Infinity : 0
}

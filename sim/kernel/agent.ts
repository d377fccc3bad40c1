import { type Clock, Duration, Effect, type Exit, type Fiber, type Scheduler } from "effect"
import { type Micros, MICROS_PER_MILLI } from "./time.ts"
import type { Timer } from "./timerHeap.ts"

/** What agents need of their kernel on the hot path. */
export interface Host {
  now: Micros
  /** The agent whose fiber has the thread, or had it last. */
  running: Agent | undefined
  readonly maxOperationsPerResume: number
  enter(agent: Agent): boolean
  adopt(agent: Agent, fiber: AnyFiber): void
  livelock(agent: Agent): void
  ready(task: () => void, priority: number): void
  schedule(agent: Agent, delayMicros: Micros, timer: Wake): void
  cancel(timer: Wake): void
}

export type AnyFiber = Fiber.Fiber<unknown, unknown>

/** A timer that wakes something of an agent. */
export abstract class Wake implements Timer {
  cancelled = false
  readonly agent: Agent
  constructor(agent: Agent) {
    this.agent = agent
  }
  abstract fire(): void
}

/** One agent: its identity, its fibers, and its scheduler and clock. */
export class Agent {
  readonly index: number
  readonly name: string
  readonly priority: number
  readonly scheduler: AgentScheduler
  readonly clock: AgentClock
  main: AnyFiber | undefined = undefined
  exit: Exit.Exit<unknown, unknown> | undefined = undefined
  /** Fibers that it forked and that have not ended, in the order of their first resume. */
  readonly forked = new Set<AnyFiber>()

  constructor(host: Host, index: number, name: string, priority: number) {
    this.index = index
    this.name = name
    this.priority = priority
    this.scheduler = new AgentScheduler(host, this)
    this.clock = new AgentClock(host, this)
  }
}

/**
 * All agents share the kernel's ready queue. Each has a scheduler object of its own, so that the kernel knows whose
 * fiber runs: Effect asks the fiber's scheduler before each operation.
 */
class AgentScheduler implements Scheduler.Scheduler {
  readonly executionMode = "async"
  readonly #host: Host
  readonly #agent: Agent
  readonly #dispatcher: Scheduler.SchedulerDispatcher

  constructor(host: Host, agent: Agent) {
    this.#host = host
    this.#agent = agent
    this.#dispatcher = {
      scheduleTask: (task, priority) => {
        host.ready(task, priority)
      },
      // The kernel alone decides when tasks run.
      flush: () => {},
    }
  }

  /** Never for fairness. Where it says yes, the run is over and the fiber must give the thread back. */
  shouldYield(fiber: AnyFiber): boolean {
    const host = this.#host
    const agent = this.#agent
    if (fiber.currentOpCount === 1) {
      if (fiber !== agent.main) host.adopt(agent, fiber)
      return host.enter(agent)
    }
    // A fiber that was resumed inside another's operation has returned.
    if (host.running !== agent) return host.enter(agent)
    if (fiber.currentOpCount > host.maxOperationsPerResume) {
      host.livelock(agent)
      return true
    }
    return false
  }

  makeDispatcher(): Scheduler.SchedulerDispatcher {
    return this.#dispatcher
  }
}

/** Virtual time as Effect's `Clock`. Timers that it sets carry the agent's priority. */
class AgentClock implements Clock.Clock {
  readonly #host: Host
  readonly #agent: Agent
  readonly currentTimeMillis: Effect.Effect<number> = Effect.sync(() => this.currentTimeMillisUnsafe())
  readonly currentTimeNanos: Effect.Effect<bigint> = Effect.sync(() => this.currentTimeNanosUnsafe())
  readonly monotonicTimeNanos: Effect.Effect<bigint> = this.currentTimeNanos

  constructor(host: Host, agent: Agent) {
    this.#host = host
    this.#agent = agent
  }

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
    return Effect.callback<void>((resume) => {
      const timer = new Sleep(this.#agent, resume)
      this.#host.schedule(this.#agent, delayMicros, timer)
      return Effect.sync(() => {
        this.#host.cancel(timer)
      })
    })
  }
}

/** Whole microseconds, rounded up so that nobody wakes early; negative durations are zero. */
const durationToMicros = (duration: Duration.Duration): number => {
  const millis = Duration.toMillis(duration)
  if (millis <= 0) return 0
  if (Number.isInteger(millis) || millis === Infinity) return millis * MICROS_PER_MILLI
  return Number((Duration.toNanosUnsafe(duration) + 999n) / 1000n)
}

class Sleep extends Wake {
  readonly #resume: (effect: Effect.Effect<void>) => void
  constructor(agent: Agent, resume: (effect: Effect.Effect<void>) => void) {
    super(agent)
    this.#resume = resume
  }
  fire(): void {
    this.#resume(Effect.void)
  }
}

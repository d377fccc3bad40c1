import type { Scheduler } from "effect"
import { type Agent, type AnyFiber, CurrentAgent } from "./agent.ts"
import type { ForeignOutcome } from "./ambient.ts"
import {
  AgentLivelock,
  type HostCallTrapped,
  type PromiseTrapped,
  ResumedOutsideKernel,
  type RunError,
} from "./errors.ts"
import type { Heartbeat } from "./heartbeat.ts"
import type { RandomStream } from "./randomStream.ts"
import { ReadyQueue } from "./readyQueue.ts"
import type { SleepHost, Wake } from "./sleep.ts"
import type { Micros } from "./time.ts"
import { TimerHeap } from "./timerHeap.ts"
import { armTraps, type TrapWatcher } from "./traps.ts"

const CHAOS_SEQUENCE_MAX = 17_592_186_044_415

const laneHex = (lane: number): string => (lane >>> 0).toString(16).padStart(8, "0")

export interface ForeignCall {
  readonly agent: string
  readonly label: string
  readonly promise: () => unknown
  readonly settle: (outcome: ForeignOutcome) => void
  withdrawn: boolean
}

export interface EventLoopOptions {
  readonly maxOperationsPerResume: number
  readonly maxResumesPerInstant: number
  readonly heartbeat: Heartbeat | undefined
  readonly chaos: RandomStream | undefined
  readonly onForkedExit: (agent: Agent, fiber: AnyFiber) => void
  /** Who runs called the host; the error may be caught, and ends the run all the same. */
  readonly onTrapped: (error: HostCallTrapped | PromiseTrapped) => void
}

/**
 * Ready tasks, timers and host promises in their total order, and who runs at the moment.
 *
 * It decides what runs next and stops at the first thing that ends the run (`fatal`); starting and ending agents is
 * the kernel's business.
 */
export class EventLoop implements SleepHost {
  now: Micros = 0
  fatal: RunError | undefined = undefined
  events = 0
  foreignCalls = 0
  lastEventMicros: Micros = 0
  /** While the end of the run is being awaited, timers fire without moving the clock. */
  frozen = false
  /** Shared by all fibers. It sees each fiber before each operation, and so knows who runs. */
  readonly scheduler: Scheduler.Scheduler
  readonly #options: EventLoopOptions
  readonly #ready: ReadyQueue
  readonly #timers = new TimerHeap<Wake>()
  readonly #foreign: ForeignCall[] = []
  /** The fiber that has the thread, or had it last, and whose it is. */
  #fiber: AnyFiber | undefined = undefined
  #running: Agent | undefined = undefined
  readonly #trapWatcher: TrapWatcher
  #sequence = 0
  #pumping = false
  #eventsAtInstantStart = 0
  /** Two lanes of a running hash over who was resumed when, in order. */
  #orderA = 0x243f6a88
  #orderB = 0x85a308d3

  constructor(options: EventLoopOptions) {
    this.#options = options
    this.#trapWatcher = {
      runningAgent: () => this.#running?.name ?? "kernel",
      onTrapped: options.onTrapped,
    }
    this.#ready = new ReadyQueue(options.chaos)
    const dispatcher: Scheduler.SchedulerDispatcher = {
      scheduleTask: (task, priority) => {
        this.#ready.push(task, priority)
      },
      // The loop alone decides when tasks run.
      flush: () => {},
    }
    this.scheduler = {
      executionMode: "async",
      shouldYield: (fiber) => this.#shouldYield(fiber),
      makeDispatcher: () => dispatcher,
    }
  }

  /** Hash over the order of all resumes so far. */
  get order(): string {
    return laneHex(this.#orderA) + laneHex(this.#orderB)
  }

  /** What ended the run, which then may go on. */
  takeFatal(): RunError | undefined {
    const fatal = this.fatal
    this.fatal = undefined
    return fatal
  }

  agentOf(fiber: AnyFiber): Agent {
    return fiber === this.#fiber ? (this.#running as Agent) : (fiber.getRef(CurrentAgent) as Agent)
  }

  switchTo(agent: Agent, fiber: AnyFiber): void {
    this.#fiber = fiber
    this.#running = agent
  }

  /** Never for fairness: where it says yes, the run is over, and the fiber must give the thread back. */
  #shouldYield(fiber: AnyFiber): boolean {
    const operations = fiber.currentOpCount
    if (operations === 1) return this.#beginResume(fiber)
    // A fiber that was resumed inside an operation of this one has given the thread back.
    if (fiber !== this.#fiber) this.switchTo(fiber.getRef(CurrentAgent) as Agent, fiber)
    if (operations <= this.#options.maxOperationsPerResume) return false
    this.#livelock(this.#running as Agent)
    return true
  }

  #beginResume(fiber: AnyFiber): boolean {
    const agent = this.agentOf(fiber)
    this.switchTo(agent, fiber)
    if (!this.#pumping) {
      this.fatal ??= new ResumedOutsideKernel({ agent: agent.name, timeMicros: this.now })
      return true
    }
    this.#orderA = Math.imul(this.#orderA ^ agent.index, 0x9e3779b1) + this.#orderB
    this.#orderB = Math.imul(this.#orderB ^ (this.now | 0), 0x85ebca6b) ^ (this.#orderA >>> 15)
    if (agent.index >= 0) this.#options.heartbeat?.beforeResume(agent.index, this.now)
    if (fiber !== agent.main) this.#adopt(agent, fiber)
    return false
  }

  #adopt(agent: Agent, fiber: AnyFiber): void {
    if (agent.main === undefined) {
      agent.main = fiber
      return
    }
    agent.adopt(fiber, () => {
      this.#options.onForkedExit(agent, fiber)
    })
  }

  #livelock(agent: Agent): void {
    this.fatal ??= new AgentLivelock({
      agent: agent.name,
      timeMicros: this.now,
      measure: "operations",
      limit: this.#options.maxOperationsPerResume,
    })
  }

  schedule(agent: Agent, delayMicros: Micros, timer: Wake): void {
    const chaos = this.#options.chaos
    const sequence = chaos === undefined ? this.#sequence++ : chaos.int(0, CHAOS_SEQUENCE_MAX)
    this.#timers.push(this.now + delayMicros, agent.priority, sequence, timer)
  }

  cancel(timer: Wake): void {
    this.#timers.cancel(timer)
  }

  enqueueForeign(call: ForeignCall): void {
    this.#foreign.push(call)
  }

  /** Agents that wait for a timer. */
  sleepers(): Set<Agent> {
    return new Set(Array.from(this.#timers.liveTimers(), (timer) => timer.agent))
  }

  /** Runs everything due up to `until`, host promises included, or until `fatal` or `eventLimit`. */
  async run(until: Micros, eventLimit: number): Promise<void> {
    for (;;) {
      this.#pump(until, eventLimit)
      if (this.fatal !== undefined || this.events >= eventLimit) return
      const call = this.#foreign.shift()
      if (call === undefined) return
      if (!call.withdrawn) await this.#perform(call)
    }
  }

  /** Runs `action`, which may resume fibers, as part of the loop. */
  inside(action: () => void): void {
    const outerTraps = armTraps(this.#trapWatcher)
    const [pumping, fiber, running] = [this.#pumping, this.#fiber, this.#running]
    this.#pumping = true
    try {
      action()
    } finally {
      this.#pumping = pumping
      this.#fiber = fiber
      this.#running = running
      armTraps(outerTraps)
      if (!pumping) this.#options.heartbeat?.afterResume()
    }
  }

  #pump(until: Micros, eventLimit: number): void {
    this.inside(() => {
      while (this.fatal === undefined && this.events < eventLimit) {
        const task = this.#ready.shift()
        if (task !== undefined) {
          this.#runReady(task)
        } else if (this.#foreign.length > 0 || !this.#fireNext(until)) {
          return
        }
      }
    })
  }

  #runReady(task: () => void): void {
    this.events++
    task()
    if (this.events - this.#eventsAtInstantStart > this.#options.maxResumesPerInstant) {
      this.fatal ??= new AgentLivelock({
        agent: this.#running?.name ?? "kernel",
        timeMicros: this.now,
        measure: "resumes",
        limit: this.#options.maxResumesPerInstant,
      })
    }
  }

  #fireNext(until: Micros): boolean {
    const time = this.#timers.nextTime()
    if (time > until || time === Infinity) return false
    const timer = this.#timers.pop()
    if (!this.frozen && time > this.now) {
      this.now = time
      this.#eventsAtInstantStart = this.events
    }
    if (!this.frozen) this.lastEventMicros = this.now
    this.events++
    timer.fire()
    return true
  }

  async #perform(call: ForeignCall): Promise<void> {
    this.foreignCalls++
    this.#options.heartbeat?.foreignStart(call.label, call.agent)
    let outcome: ForeignOutcome
    try {
      outcome = { ok: true, value: await call.promise() }
    } catch (error) {
      outcome = { ok: false, error }
    }
    this.#options.heartbeat?.foreignEnd()
    this.events++
    this.inside(() => {
      call.settle(outcome)
    })
  }
}

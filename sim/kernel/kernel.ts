import type { Effect, Scope } from "effect"
import type { Heartbeat } from "./heartbeat.ts"
import type { RandomStream } from "./randomStream.ts"
import type { Micros } from "./time.ts"
import type { Trace } from "./trace.ts"

/**
 * A deterministic discrete-event kernel on which ordinary Effect programs run in virtual time.
 *
 * The order of everything is total: what is ready at the present instant runs first in, first out (Effect's own task
 * priority first); when nothing is ready, the next timer fires, by (time, priority of its agent, sequence of
 * scheduling). One fiber runs at a time. Virtual time costs nothing when nothing happens.
 */
export interface Kernel {
  readonly trace: Trace
  /** The random stream of a source of noise (`network/latency`). The same name gives the same stream object. */
  stream(name: string): RandomStream
  /** Virtual time, in microseconds since the run began. */
  now(): Micros
  /**
   * Adds an agent; it starts at the present virtual time, after what is ready. May be called before and during a run.
   *
   * The program gets a scope of its own, Effect's `Random` from the stream `agent/NAME`, virtual `Clock`, and its
   * `AgentName`. A failure, or a defect in any of its fibers (even a forked one that somebody would have caught), ends
   * the run. Throws `KernelMisuse` for a name already taken, a priority out of range, or a run that is over.
   */
  spawn(name: string, program: Effect.Effect<unknown, unknown, Scope.Scope>, options?: AgentOptions): void
  /**
   * Runs a program that does not wait, as part of the kernel, under the name `world`: for what agents share.
   *
   * *Gotchas*: a `Queue`, `PubSub` or `Semaphore` wakes those who wait through the scheduler of the fiber that made it.
   * Made outside of the kernel, it resumes them behind its back, which ends the run with `ResumedOutsideKernel`. Make
   * it here or in an agent.
   *
   * Throws what the program fails with, or `KernelMisuse` if it waits.
   */
  assemble<A, E>(program: Effect.Effect<A, E>): A
  /**
   * Runs to the horizon, then interrupts every fiber and runs its finalisers with virtual time standing still.
   * Rejects with a `RunError`; then the run has no result and no digest. Can be called once.
   */
  run(): Promise<RunSummary>
}

export interface KernelOptions {
  /** The run's seed: every random stream derives from it and a name. */
  readonly seed: string
  /** Virtual time of the end; what is due exactly then still happens. */
  readonly horizonMicros: Micros
  readonly heartbeat?: Heartbeat
  /** More operations of one fiber in one resume are a livelock. Default 10,000,000. */
  readonly maxOperationsPerResume?: number
  /** More ready tasks at one instant are a livelock. Default 10,000,000. */
  readonly maxResumesPerInstant?: number
  /**
   * A promise that is made while a fiber runs ends the run: for programs that the host's microtasks must not carry on.
   * Default false.
   */
  readonly trapsPromises?: boolean
  /** Permutes what is ready at the same instant, and timers of one time and priority. */
  readonly chaosSeed?: string
  /** Default: an empty trace. */
  readonly trace?: Trace
}

export interface AgentOptions {
  /** Whole number from -128 to 127; of timers due at the same time, smaller fires first. Default 0. */
  readonly priority?: number
}

/** What a run that reached its horizon says about itself. */
export interface RunSummary {
  /** Timers fired and ready tasks run. */
  readonly events: number
  /** Virtual time at the end: the horizon. */
  readonly endMicros: Micros
  /** When the last event before the end took place. */
  readonly lastEventMicros: Micros
  readonly agents: number
  /** Agents whose program ended by itself. */
  readonly finished: number
  /** Agents that had not ended and waited for something other than a timer, in order of adding. */
  readonly stuck: readonly string[]
  /** Host promises that were run. */
  readonly foreignCalls: number
  /** Failures of forked fibers with a typed error: handled by whoever joined them, or by nobody. */
  readonly forkedFailures: number
  /** Digest of the trace, the order of all resumes, and one more draw of each random stream. */
  readonly digest: string
}

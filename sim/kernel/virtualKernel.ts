import {
  Cause,
  Clock,
  Context,
  Effect,
  Exit,
  Logger,
  Metric,
  Random,
  References,
  Scheduler,
  Scope,
} from "effect"
import { Agent, type AnyFiber, CurrentAgent } from "./agent.ts"
import { AgentName, CurrentKernel, type ForeignOutcome, type KernelLink } from "./ambient.ts"
import { AgentFailed, FibersLeftBehind, KernelMisuse, type RunError } from "./errors.ts"
import { EventLoop, type ForeignCall } from "./eventLoop.ts"
import type { AgentOptions, Kernel, KernelOptions, RunSummary } from "./kernel.ts"
import { deriveStream, type RandomStream } from "./randomStream.ts"
import type { Micros } from "./time.ts"
import { VirtualClock, type Wake } from "./sleep.ts"
import { PRIORITY_MAX, PRIORITY_MIN } from "./timerHeap.ts"
import { createTrace, type Trace } from "./trace.ts"
import { installTraps, trapPromises, uninstallTraps } from "./traps.ts"

const DEFAULT_LIMIT = 10_000_000
/** Events that finalisers may take for each agent, on average, before fibers count as left behind. */
const CLOSING_EVENTS_PER_AGENT = 10_000

/** Whoever assembles the world is no agent of the run. */
const WORLD_INDEX = -1

type Program = Effect.Effect<unknown, unknown, Scope.Scope>

/** The implementation of `Kernel`. See there. */
export class VirtualKernel implements Kernel {
  readonly trace: Trace
  readonly #options: KernelOptions
  readonly #loop: EventLoop
  readonly #clock: VirtualClock
  readonly #agents: Agent[] = []
  readonly #names = new Set<string>()
  readonly #streams = new Map<string, RandomStream>()
  readonly #shared: Context.Context<never>
  #phase: "new" | "running" | "closing" | "over" = "new"
  #liveFibers = 0
  #forkedFailures = 0

  constructor(options: KernelOptions) {
    if (!Number.isSafeInteger(options.horizonMicros) || options.horizonMicros < 0) {
      throw new KernelMisuse({
        reason: `horizonMicros must be a whole number of microseconds, got ${options.horizonMicros}`,
      })
    }
    this.#options = options
    this.trace = options.trace ?? createTrace()
    this.#loop = new EventLoop({
      maxOperationsPerResume: options.maxOperationsPerResume ?? DEFAULT_LIMIT,
      maxResumesPerInstant: options.maxResumesPerInstant ?? DEFAULT_LIMIT,
      heartbeat: options.heartbeat,
      chaos: options.chaosSeed === undefined ? undefined : deriveStream(options.chaosSeed, "kernel/chaos"),
      onForkedExit: (agent, fiber) => {
        this.#onForkedExit(agent, fiber)
      },
      onTrapped: (error) => {
        this.#fail(error.agent, Cause.die(error))
      },
    })
    this.#clock = new VirtualClock(this.#loop)
    this.#shared = this.#sharedContext()
  }

  now(): Micros {
    return this.#loop.now
  }

  stream(name: string): RandomStream {
    const known = this.#streams.get(name)
    if (known !== undefined) return known
    const stream = deriveStream(this.#options.seed, name)
    this.#streams.set(name, stream)
    return stream
  }

  spawn(name: string, program: Program, options: AgentOptions = {}): void {
    const priority = options.priority ?? 0
    if (this.#phase === "closing" || this.#phase === "over") {
      throw new KernelMisuse({ reason: `agent ${name} cannot be added: the run is over` })
    }
    if (this.#names.has(name)) throw new KernelMisuse({ reason: `two agents are called ${name}` })
    if (!Number.isInteger(priority) || priority < PRIORITY_MIN || priority > PRIORITY_MAX) {
      throw new KernelMisuse({
        reason: `priority of ${name} must be a whole number from -128 to 127, got ${priority}`,
      })
    }
    const agent = new Agent(this.#agents.length, name, priority)
    this.#names.add(name)
    this.#agents.push(agent)
    this.#options.heartbeat?.agentAdded(agent.index, name)
    this.#loop.schedule(agent, 0, new Start(agent, () => this.#start(agent, program)))
  }

  assemble<A, E>(program: Effect.Effect<A, E>): A {
    const world = new Agent(WORLD_INDEX, "world", 0)
    let exit: Exit.Exit<A, E> | undefined
    this.#loop.inside(() => {
      const context = this.#shared.pipe(
        Context.add(CurrentAgent, world),
        Context.add(AgentName, world.name),
        Context.add(Random.Random, new StreamRandom(this.stream("world"))),
        Context.add(Clock.Clock, this.#clock),
      )
      exit = Effect.runForkWith(context)(program).pollUnsafe() as Exit.Exit<A, E> | undefined
    })
    if (exit === undefined) throw new KernelMisuse({ reason: "a program given to assemble may not wait" })
    if (Exit.isFailure(exit)) throw Cause.squash(exit.cause)
    return exit.value
  }

  async run(): Promise<RunSummary> {
    if (this.#phase !== "new") throw new KernelMisuse({ reason: "a kernel runs once" })
    this.#phase = "running"
    const loop = this.#loop
    const horizon = this.#options.horizonMicros
    installTraps()
    const untrapPromises = this.#options.trapsPromises === true ? trapPromises() : undefined
    try {
      await loop.run(horizon, Infinity)
      await hostTurn()
      if (loop.fatal === undefined) loop.now = horizon
      const stuck = this.#stuck()
      const finished = this.#agents.filter((agent) => agent.exit !== undefined).length
      const error = await this.#close()
      if (error !== undefined) throw error
      return {
        events: loop.events,
        endMicros: loop.now,
        lastEventMicros: loop.lastEventMicros,
        agents: this.#agents.length,
        finished,
        stuck,
        foreignCalls: loop.foreignCalls,
        forkedFailures: this.#forkedFailures,
        digest: this.#sealTrace(),
      }
    } finally {
      this.#phase = "over"
      untrapPromises?.()
      uninstallTraps()
    }
  }

  #start(agent: Agent, program: Program): void {
    if (this.#phase === "closing") return
    const fiber = this.#fork(agent, program)
    fiber.addObserver((exit) => {
      agent.exit = exit
      this.#onFailure(agent, exit, undefined)
    })
  }

  /**
   * Interruption is how a run ends. Before the end, it is a failure of whoever was interrupted at the top, and of a
   * forked fiber that interrupts itself: it falls silent, and nobody asked it to.
   */
  #onFailure(agent: Agent, exit: Exit.Exit<unknown, unknown>, forked: AnyFiber | undefined): void {
    if (Exit.isSuccess(exit)) return
    const bySelf = forked === undefined || Cause.interruptors(exit.cause).has(forked.id)
    const isInterrupted = Cause.hasInterruptsOnly(exit.cause)
    if (isInterrupted && (!bySelf || this.#phase === "closing")) return
    if (forked !== undefined && !isInterrupted && !Cause.hasDies(exit.cause)) {
      this.#forkedFailures++
      return
    }
    this.#fail(agent.name, exit.cause)
  }

  #fail(agent: string, cause: Cause.Cause<unknown>): void {
    const timeMicros = this.#loop.now
    const reason = Cause.hasInterruptsOnly(cause) ? INTERRUPTED : Cause.pretty(cause)
    this.#loop.fatal ??= new AgentFailed({ agent, timeMicros, reason, cause })
  }

  #onForkedExit(agent: Agent, fiber: AnyFiber): void {
    const exit = fiber.pollUnsafe()
    if (exit !== undefined) this.#onFailure(agent, exit, fiber)
  }

  #stuck(): string[] {
    const sleepers = this.#loop.sleepers()
    return this.#agents
      .filter((agent) => agent.exit === undefined && !sleepers.has(agent))
      .map((agent) => agent.name)
  }

  /**
   * Interrupts all fibers in order of adding, and runs their finalisers with the clock standing still. Gives the first
   * error of the run, if there was one.
   */
  async #close(): Promise<RunError | undefined> {
    const loop = this.#loop
    this.#phase = "closing"
    loop.frozen = true
    let error = loop.takeFatal()
    loop.inside(() => {
      for (const agent of this.#agents) {
        if (agent.exit === undefined) agent.main?.interruptUnsafe()
        for (const fiber of agent.forked) fiber.interruptUnsafe()
      }
    })
    const eventLimit = loop.events + CLOSING_EVENTS_PER_AGENT * Math.max(1, this.#agents.length)
    let latest = loop.takeFatal()
    do {
      error ??= latest
      await loop.run(Infinity, eventLimit)
      latest = loop.takeFatal()
      // A finaliser that fails does not keep those of others from running.
    } while (latest?._tag === "AgentFailed")
    return error ?? latest ?? this.#leftBehind()
  }

  #leftBehind(): FibersLeftBehind | undefined {
    if (this.#liveFibers === 0) return undefined
    const agents = this.#agents.filter((agent) => agent.forked.size > 0 || isOpen(agent))
    return new FibersLeftBehind({
      agents: agents.map((agent) => agent.name),
      fibers: this.#liveFibers,
      timeMicros: this.#loop.now,
    })
  }

  /** What the digest covers beyond the recorded events: the order of resumes and one more draw of each stream. */
  #sealTrace(): string {
    const { now: time, events, order } = this.#loop
    this.trace.record({
      time,
      source: "kernel",
      kind: "end",
      data: { events, order, agents: this.#agents.length },
    })
    const streams = [...this.#streams].sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [name, stream] of streams) {
      const draws = stream.draws
      if (draws === 0) continue
      this.trace.record({
        time,
        source: "kernel",
        kind: "stream",
        data: { name, draws, next: stream.next() },
      })
    }
    return this.trace.digest()
  }

  /**
   * Forks an agent's main fiber in its own scope. The clock comes last because it is looked up most, and a context
   * looks at its latest additions first.
   */
  #fork(agent: Agent, program: Program): AnyFiber {
    const scope = Scope.makeUnsafe()
    const context = this.#shared.pipe(
      Context.add(CurrentAgent, agent),
      Context.add(AgentName, agent.name),
      Context.add(Scope.Scope, scope),
      Context.add(Random.Random, new StreamRandom(this.stream(`agent/${agent.name}`))),
      Context.add(Clock.Clock, this.#clock),
    )
    return Effect.runForkWith(context)(Effect.onExit(program, (exit) => Scope.close(scope, exit)))
  }

  #sharedContext(): Context.Context<never> {
    return Context.empty().pipe(
      // Spans take random identifiers from the host.
      Context.add(References.TracerEnabled, false),
      Context.add(Logger.CurrentLoggers, new Set([this.#traceLogger()])),
      Context.add(CurrentKernel, this.#link()),
      Context.add(Scheduler.Scheduler, this.#loop.scheduler),
      Context.add(Metric.FiberRuntimeMetrics, {
        recordFiberStart: () => {
          this.#liveFibers++
        },
        recordFiberEnd: () => {
          this.#liveFibers--
        },
      }),
    )
  }

  #traceLogger(): Logger.Logger<unknown, void> {
    return Logger.make(({ fiber, logLevel, message }) => {
      const parts = Array.isArray(message) ? message : [message]
      const text = parts.map((part) =>
        typeof part === "string" ? part : (JSON.stringify(part) ?? String(part)),
      )
      this.#recordNow(fiber.getRef(AgentName), "log", { level: logLevel, text: text.join(" ") })
    })
  }

  #link(): KernelLink {
    return {
      now: () => this.#loop.now,
      record: (source, kind, data) => {
        this.#recordNow(source, kind, data)
      },
      enqueueForeign: (agent, label, promise, settle: (outcome: ForeignOutcome) => void) => {
        const call: ForeignCall = { agent, label, promise, settle, withdrawn: false }
        this.#loop.enqueueForeign(call)
        return () => {
          call.withdrawn = true
        }
      },
    }
  }

  #recordNow(source: string, kind: string, data: unknown): void {
    this.trace.record({ time: this.#loop.now, source, kind, data })
  }
}

const INTERRUPTED =
  "it is interrupted before the end of the run, by Effect.interrupt or by what it waited for"

/** The timer that starts an agent. */
class Start implements Wake {
  cancelled = false
  readonly agent: Agent
  readonly fire: () => void
  constructor(agent: Agent, fire: () => void) {
    this.agent = agent
    this.fire = fire
  }
  dropped(): void {}
}

/** An agent's stream as Effect's `Random`. */
class StreamRandom {
  readonly #stream: RandomStream
  constructor(stream: RandomStream) {
    this.#stream = stream
  }
  nextDoubleUnsafe(): number {
    return this.#stream.next()
  }
  nextIntUnsafe(): number {
    return Math.floor(this.#stream.next() * (2 * Number.MAX_SAFE_INTEGER + 1)) - Number.MAX_SAFE_INTEGER
  }
}

const isOpen = (agent: Agent): boolean => agent.main !== undefined && agent.exit === undefined

/**
 * Lets the host settle what it can: a fiber that awaits a host promise by mistake then shows itself, as
 * `ResumedOutsideKernel`, instead of looking merely stuck.
 */
const hostTurn = (): Promise<void> =>
  new Promise((resolve) => {
    // eslint-disable-next-line autonet/no-host-nondeterminism -- outside of any fiber, and nothing depends on when
    setImmediate(resolve)
  })

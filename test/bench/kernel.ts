/**
 * Benchmark of the kernel: `npm run bench:kernel`.
 *
 * Every contender runs the same model: N agents that loop over a sleep of 500 to 1,523 virtual milliseconds, drawn
 * from a linear congruence of their own; an event is one awakening. Agents of the kernel and of `TestClock` are
 * ordinary Effect programs (`Effect.gen` with `Effect.sleep`). Time counts from the first agent's start to the end of
 * the last event; for the kernel that includes starting all fibers, interrupting them and sealing the digest.
 *
 * Contenders are interleaved, so that a busy machine slows all of them; medians over the repetitions. Two rates: by
 * wall clock, and by CPU time of the thread that works, which the machine's other work disturbs less.
 *
 * - `kernel`: this product's, traps installed, with a heartbeat.
 * - `TestClock`: Effect's own, driven by one `TestClock.adjust` over the whole run.
 * - `callback heap`: a 4-ary heap of callbacks without fibers, randomness or digest: what V8 can do at best.
 *
 * Runs on a lean host (`sim/kernel/leanHost.ts`), from which all contenders gain. The young generation's size matters:
 * compare `node --max-semi-space-size=128 test/bench/kernel.ts`.
 */
// eslint-disable-next-line import/no-unassigned-import -- it acts by being loaded before Effect
import "../../sim/kernel/leanHost.ts"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import type { Heartbeat } from "../../sim/kernel/heartbeat.ts"
import { createKernel } from "../../sim/kernel/createKernel.ts"
import { TimerHeap } from "../../sim/kernel/timerHeap.ts"
import { formatInteger } from "../../sim/results/format.ts"

const MEAN_SLEEP_MILLIS = 1011.5
const REPETITIONS = 5

const nextState = (state: number): number => (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
const sleepMillis = (state: number): number => 500 + (state >>> 22)
const horizonMillis = (agents: number, events: number): number =>
  Math.round((events / agents) * MEAN_SLEEP_MILLIS)

interface Counter {
  events: number
}

const agent = (index: number, counter: Counter): Effect.Effect<never> =>
  Effect.gen(function* () {
    let state = nextState(index)
    for (;;) {
      state = nextState(state)
      yield* Effect.sleep(sleepMillis(state))
      counter.events++
    }
  })

/** Writes into shared memory, as the watchdog's does. */
const sharedHeartbeat = (): Heartbeat => {
  const cells = new Float64Array(new SharedArrayBuffer(32))
  return {
    agentAdded: () => {},
    beforeResume: (agentIndex, timeMicros) => {
      cells[0]!++
      cells[1] = agentIndex
      cells[2] = timeMicros
    },
    afterResume: () => {
      cells[1] = -1
    },
    foreignStart: () => {},
    foreignEnd: () => {},
  }
}

/** Prepares a run; gives back what is timed, which resolves with the number of events. */
type Contender = (agents: number, events: number) => () => Promise<number>

const kernelContender: Contender = (agents, events) => {
  const counter = { events: 0 }
  const kernel = createKernel({
    seed: "benchmark",
    horizonMicros: horizonMillis(agents, events) * 1000,
    heartbeat: sharedHeartbeat(),
  })
  for (let index = 0; index < agents; index++) kernel.spawn(`agent ${index}`, agent(index, counter))
  return async () => {
    await kernel.run()
    return counter.events
  }
}

const testClockContender: Contender = (agents, events) => {
  const counter = { events: 0 }
  const program = Effect.gen(function* () {
    for (let index = 0; index < agents; index++) yield* Effect.forkChild(agent(index, counter))
    yield* Effect.yieldNow
    yield* TestClock.adjust(horizonMillis(agents, events))
  })
  return async () => {
    await Effect.runPromise(program.pipe(Effect.provide(TestClock.layer())))
    return counter.events
  }
}

const callbackContender: Contender = (agents, events) => {
  const heap = new TimerHeap<Callback>()
  const end = horizonMillis(agents, events)
  const counter = { events: 0 }
  let now = 0
  let sequence = 0
  const sleep = (callback: Callback): void => {
    heap.push(now + sleepMillis(callback.state), 0, sequence++, callback)
  }
  for (let index = 0; index < agents; index++) sleep(new Callback(nextState(nextState(index))))
  return async () => {
    for (let time = heap.nextTime(); time <= end; time = heap.nextTime()) {
      now = time
      const callback = heap.pop()
      callback.state = nextState(callback.state)
      counter.events++
      sleep(callback)
    }
    return counter.events
  }
}

class Callback {
  cancelled = false
  state: number
  constructor(state: number) {
    this.state = state
  }
  dropped(): void {}
}

interface Case {
  readonly contender: string
  readonly prepare: Contender
  readonly agents: number
  readonly events: number
  readonly repetitions: number
}

/** `TestClock` gets fewer events and repetitions, so that it ends. */
const CASES: readonly Case[] = [100, 10_000, 100_000].flatMap((agents) => [
  { contender: "kernel", prepare: kernelContender, agents, events: 1_000_000, repetitions: REPETITIONS },
  {
    contender: "TestClock",
    prepare: testClockContender,
    agents,
    events: Math.max(20_000, 2 * agents),
    repetitions: agents === 100_000 ? 1 : REPETITIONS,
  },
  {
    contender: "callback heap",
    prepare: callbackContender,
    agents,
    events: 2_000_000,
    repetitions: REPETITIONS,
  },
])

interface Rates {
  readonly wall: number
  readonly cpu: number
}

const measure = async ({ prepare, agents, events }: Case): Promise<Rates> => {
  const run = prepare(agents, events)
  const startCpu = process.threadCpuUsage()
  const startWall = performance.now()
  const happened = await run()
  const wall = (performance.now() - startWall) / 1000
  const { user, system } = process.threadCpuUsage(startCpu)
  return { wall: happened / wall, cpu: happened / ((user + system) / 1_000_000) }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] as number

const results = CASES.map(() => [] as Rates[])
for (let repetition = 0; repetition < REPETITIONS; repetition++) {
  for (const [index, each] of CASES.entries()) {
    if (repetition < each.repetitions) results[index]?.push(await measure(each))
  }
}

const header = [
  "contender",
  "agents",
  "events/s (wall)",
  "events/s (CPU)",
  "lowest",
  "highest",
  "repetitions",
]
const table = CASES.map(({ contender, agents }, index) => {
  const walls = (results[index] as Rates[]).map(({ wall }) => wall)
  const numbers = [
    agents,
    median(walls),
    median((results[index] as Rates[]).map(({ cpu }) => cpu)),
    Math.min(...walls),
    Math.max(...walls),
    walls.length,
  ]
  return [contender, ...numbers.map((value) => formatInteger(Math.round(value)))]
})
const widths = header.map((name, column) =>
  Math.max(name.length, ...table.map((row) => (row[column] as string).length)),
)
console.log(`Node ${process.version}${process.execArgv.length > 0 ? ` ${process.execArgv.join(" ")}` : ""}`)
for (const row of [header, ...table]) {
  const cells = row.map((cell, column) =>
    column === 0 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number),
  )
  console.log(cells.join("  "))
}

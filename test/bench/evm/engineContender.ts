/** An engine of this process as a contender. */
import type { Awaitable, Engine, Execution } from "../../../chain/engine/engine.ts"
import type { Contender, Effort, Memory, Prepared } from "./contender.ts"
import { heapBytes } from "./heap.ts"
import { type Load, type Transaction, callsOf } from "./load.ts"
import { median, medianSeconds } from "./statistics.ts"

export interface EngineOptions {
  readonly name: string
  readonly share: number
  readonly create: () => Promise<Engine>
  /** How often a fork is timed, and ten times as often as memory is measured. */
  readonly repetitions: number
  /** Why there are no snapshots. */
  readonly withoutHistory?: boolean
}

export const engineContender = (options: EngineOptions): Contender => ({
  name: options.name,
  share: options.share,
  prepare: async (load) => {
    const base = await options.create()
    await execute(base, load.setup)
    return preparedEngine(base, options)
  },
})

/** A promise only where the engine gives one. */
const isPromise = (execution: Awaitable<Execution>): execution is Promise<Execution> => "then" in execution

const execute = async (engine: Engine, transactions: readonly Transaction[]): Promise<bigint[]> => {
  const gas: bigint[] = []
  for (const { message, block } of transactions) {
    const execution = engine.transact(message, block)
    gas.push((isPromise(execution) ? await execution : execution).gasUsed)
  }
  return gas
}

const timed = async <A>(work: () => Promise<A>): Promise<Effort & { readonly result: A }> => {
  const cpu = process.cpuUsage()
  const start = performance.now()
  const result = await work()
  const wallSeconds = (performance.now() - start) / 1_000
  const { user, system } = process.cpuUsage(cpu)
  return { result, wallSeconds, cpuSeconds: (user + system) / 1e6 }
}

const preparedEngine = (base: Engine, options: EngineOptions): Prepared => ({
  replay: async (transactions) => {
    const world = await base.fork()
    const { result, ...effort } = await timed(() => execute(world, transactions))
    return { ...effort, gas: result }
  },
  look: async (views, repetitions) => {
    const { result, ...effort } = await timed(async () => {
      const outputs: string[] = []
      for (let repetition = 0; repetition < repetitions; repetition++) {
        for (const [index, { message, block }] of views.entries()) {
          const execution = base.view(message, block)
          outputs[index] = (isPromise(execution) ? await execution : execution).returnData
        }
      }
      return outputs
    })
    return { ...effort, outputs: result }
  },
  memory: (load) => memory(base, load, options),
  forkSeconds: () => medianSeconds(options.repetitions, () => base.fork()),
  ...(options.withoutHistory ? {} : { snapshotSeconds: (load) => snapshotSeconds(base, load) }),
  close: () => undefined,
})

/** Of a fork, so that code which worlds share counts for none. Several times, because the heap also moves for other reasons. */
const memory = async (base: Engine, load: Load, options: EngineOptions): Promise<Memory> => {
  const samples: Memory[] = []
  for (let repetition = 0; repetition < options.repetitions; repetition += 10) {
    samples.push(await memoryOnce(base, load))
  }
  return {
    afterSetup: median(samples.map(({ afterSetup }) => afterSetup)),
    afterTasks: median(samples.map(({ afterTasks }) => afterTasks)),
  }
}

const memoryOnce = async (base: Engine, load: Load): Promise<Memory> => {
  const atRest = await heapBytes()
  const world = await base.fork()
  const measure = async (): Promise<number> => (await heapBytes()) - atRest
  const afterSetup = await measure()
  await execute(world, load.cycle)
  world.forgetHistory()
  return { afterSetup, afterTasks: await measure() }
}

/** A mark, a task, and back: what marking and going back take together. */
const snapshotSeconds = async (base: Engine, load: Load): Promise<number> => {
  const world = await base.fork()
  const seconds: number[] = []
  for (let repetition = 0; repetition < 20; repetition++) {
    const start = performance.now()
    const mark = world.snapshot()
    const marked = performance.now()
    await execute(world, callsOf(load, 1))
    const played = performance.now()
    world.restore(mark)
    seconds.push((performance.now() - played + marked - start) / 1_000)
  }
  return median(seconds)
}

/**
 * Compiles on two threads where it pays: generating code takes nearly all of the time, contract by contract.
 * Each thread sees all sources and emits its share of them, so the bytecode is that of one invocation.
 */
import { Worker } from "node:worker_threads"
import type { CompiledContract } from "./artifact.ts"
import { createClosures } from "./closures.ts"
import { CompilationFailed } from "./errors.ts"
import { type SolcResult, runSolc } from "./solc.ts"
import type { SolcReply } from "./solcWorker.ts"
import { type SourceUnits, ownPrefix } from "./sources.ts"

/** Characters of source behind all contracts below which a second thread costs more than it saves. */
const worthAThread = 400_000

// TypeScript is run as it is in a clone; an installed package has JavaScript here.
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "./solcWorker.ts" : "./solcWorker.js",
  import.meta.url,
)

/** What the contracts of one source unit compile to. */
export interface CompiledUnit {
  /** The compiler's full version. */
  readonly compiler: string
  readonly contracts: readonly CompiledContract[]
}

export interface CompileUnitsOptions {
  /** The units whose contracts are wanted; all of the set's own when absent. */
  readonly emit?: readonly string[]
  /** Default: two where it pays. */
  readonly threads?: 1 | 2
}

/** By unit. `units` must be closed under import. Rejects with `CompilationFailed`. */
export const compileUnits = async (
  units: SourceUnits,
  options: CompileUnitsOptions = {},
): Promise<ReadonlyMap<string, CompiledUnit>> => {
  const emit = options.emit ?? [...units.keys()].filter((unit) => unit.startsWith(ownPrefix))
  const { compiler, contracts } = await compileOnThreads(units, emit, options.threads)
  const byUnit = new Map(emit.map((unit) => [unit, { compiler, contracts: [] as CompiledContract[] }]))
  for (const contract of contracts) byUnit.get(contract.source)?.contracts.push(contract)
  return byUnit
}

const compileOnThreads = async (
  units: SourceUnits,
  emit: readonly string[],
  threads: 1 | 2 | undefined,
): Promise<SolcResult> => {
  const [mine, others, weight] = halve(units, emit)
  if (threads === 1 || others.length === 0 || (threads === undefined && weight < worthAThread)) {
    return runSolc(units, [...mine, ...others])
  }
  const besides = compileInWorker(units, others)
  // What fails on this thread fails on the other in the same words.
  besides.catch(() => undefined)
  const here = runSolc(units, mine)
  const there = await besides
  return { compiler: here.compiler, contracts: [...here.contracts, ...there.contracts] }
}

/** The units in two lists of about equal work, and the work of both. */
const halve = (units: SourceUnits, emit: readonly string[]): readonly [string[], string[], number] => {
  const closureOf = createClosures(units)
  const weights = emit
    .map((unit) => ({ unit, weight: weightOf(unit, units, closureOf) }))
    .sort((a, b) => b.weight - a.weight || (a.unit < b.unit ? -1 : 1))
  const halves: [string[], string[]] = [[], []]
  const loads: [number, number] = [0, 0]
  for (const { unit, weight } of weights) {
    const lighter = loads[0] <= loads[1] ? 0 : 1
    halves[lighter].push(unit)
    loads[lighter] += weight
  }
  return [...halves, loads[0] + loads[1]]
}

/** Characters that a unit's contracts are made of, inherited ones included; next to nothing for what is abstract. */
const weightOf = (
  unit: string,
  units: SourceUnits,
  closureOf: (unit: string) => readonly string[],
): number =>
  /^contract\s/m.test(units.get(unit) ?? "")
    ? closureOf(unit).reduce((sum, name) => sum + (units.get(name)?.length ?? 0), 0)
    : 1

const compileInWorker = (units: SourceUnits, emit: readonly string[]): Promise<SolcResult> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(workerFile, { workerData: { units, emit } })
    worker.once("message", (reply: SolcReply) => {
      if ("messages" in reply) reject(new CompilationFailed(reply.messages))
      else resolve(reply)
    })
    worker.once("error", reject)
    worker.once("exit", (code) => reject(new Error(`the compiler's thread ended with code ${code}`)))
  })

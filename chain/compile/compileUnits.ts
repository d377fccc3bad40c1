/**
 * Compiles on two threads where it pays: generating code takes nearly all of the time, contract by contract.
 * Each thread sees all sources and emits its share of them, so the bytecode is that of one invocation.
 */
import { Worker } from "node:worker_threads"
import { CompilationFailed } from "./errors.ts"
import { type SolcResult, runSolc } from "./solc.ts"
import type { SolcReply } from "./solcWorker.ts"
import { type SourceUnits, importsOf, ownPrefix, resolveUnitName } from "./sources.ts"

/** Characters of source behind all contracts below which a second thread costs more than it saves. */
const worthAThread = 400_000

// TypeScript is run as it is in a clone; an installed package has JavaScript here.
const workerFile = new URL(
  import.meta.url.endsWith(".ts") ? "./solcWorker.ts" : "./solcWorker.js",
  import.meta.url,
)

/** Rejects with `CompilationFailed`. */
export const compileUnits = async (
  units: SourceUnits,
  threads: 1 | 2 | "auto" = "auto",
): Promise<SolcResult> => {
  const [mine, others, weight] = halve(units)
  if (threads === 1 || others.length === 0 || (threads === "auto" && weight < worthAThread)) {
    return runSolc(units, [...mine, ...others])
  }
  const besides = compileInWorker(units, others)
  // What fails on this thread fails on the other in the same words.
  besides.catch(() => undefined)
  const here = runSolc(units, mine)
  const there = await besides
  return { compiler: here.compiler, contracts: [...here.contracts, ...there.contracts] }
}

/** The units of the set's own in two lists of about equal work, and the work of both. */
const halve = (units: SourceUnits): readonly [string[], string[], number] => {
  const weights = [...units.keys()]
    .filter((unit) => unit.startsWith(ownPrefix))
    .map((unit) => ({ unit, weight: weightOf(unit, units) }))
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
const weightOf = (unit: string, units: SourceUnits): number => {
  if (!/^contract\s/m.test(units.get(unit) ?? "")) return 1
  const reached = new Set([unit])
  for (const name of reached) {
    for (const path of importsOf(units.get(name) ?? "")) reached.add(resolveUnitName(name, path))
  }
  return [...reached].reduce((sum, name) => sum + (units.get(name)?.length ?? 0), 0)
}

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

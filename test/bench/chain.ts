/**
 * Benchmark of the chain: `npm run bench:chain`.
 *
 * Transactions a second of the task cycle (propose, commit, reveal, draw a panel, commit and reveal votes,
 * settle) on the built-in contracts. The same recorded transactions are replayed on each engine from the same
 * genesis; the engines are interleaved, so that a busy machine slows all of them; medians over the rounds.
 * All engines must use the same gas, else the benchmark fails.
 */
import type { Engine } from "../../chain/engine/engine.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { createStockEngine } from "../../chain/engine/ethereumjs/createStockEngine.ts"
import { formatDecimal, formatInteger } from "../../sim/results/format.ts"
import { type Load, type Transaction, recordTaskCycle } from "./taskCycleLoad.ts"

const tasks = 10
const rounds = 5

interface Variant {
  readonly name: string
  readonly create: () => Promise<Engine>
}

const variants: readonly Variant[] = [
  { name: "EthereumJS runTx, Merkle state", create: createStockEngine },
  { name: "tuned engine", create: createEthereumJsEngine },
]

/** Seconds of this process's CPU, so that other work on the machine counts less. */
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

const replay = async (engine: Engine, transactions: readonly Transaction[]): Promise<bigint> => {
  let gas = 0n
  for (const { message, block } of transactions) gas += (await engine.transact(message, block)).gasUsed
  return gas
}

interface Sample {
  readonly transactionsPerSecond: number
  readonly gas: bigint
}

const measure = async (variant: Variant, { setup, cycle }: Load): Promise<Sample> => {
  const engine = await variant.create()
  await replay(engine, setup)
  const start = cpuSeconds()
  const gas = await replay(engine, cycle)
  return { transactionsPerSecond: cycle.length / (cpuSeconds() - start), gas }
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] as number
}

const load = await recordTaskCycle(tasks)
console.log(
  `${load.cycle.length} transactions of ${tasks} tasks, ${rounds} rounds; CPU time of the process\n`,
)

const samples = new Map<Variant, Sample[]>(variants.map((variant) => [variant, []]))
for (let round = 0; round <= rounds; round++) {
  for (const variant of variants) {
    const sample = await measure(variant, load)
    // The first round warms the compiler up.
    if (round > 0) samples.get(variant)?.push(sample)
  }
}

const gas = new Set([...samples.values()].flat().map((sample) => sample.gas))
if (gas.size !== 1) throw new Error(`the engines disagree on gas: ${[...gas].join(", ")}`)

const speedOf = (variant: Variant) =>
  (samples.get(variant) ?? []).map(({ transactionsPerSecond }) => transactionsPerSecond)
const reference = median(speedOf(variants[0] as Variant))
const row = (cells: readonly string[]) =>
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(32) : cell.padStart(14))).join(""))
row(["engine", "median tx/s", "slowest", "fastest", "× runTx"])
for (const variant of variants) {
  const speeds = speedOf(variant)
  const [low, mid, high] = [Math.min(...speeds), median(speeds), Math.max(...speeds)]
  row([
    variant.name,
    formatInteger(Math.round(mid)),
    formatInteger(Math.round(low)),
    formatInteger(Math.round(high)),
    formatDecimal(mid / reference, 1),
  ])
}
console.log(
  `\n${formatInteger(([...gas][0] as bigint) / BigInt(load.cycle.length))} gas a transaction; the same in all engines`,
)

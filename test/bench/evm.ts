/**
 * Benchmark of EVM engines: `npm run bench:evm`, with `-- --quick`, `--only NAME`, `--json FILE`, `--opcodes`.
 *
 * Recorded task cycles are replayed on every contender from the same state, round by round in turn, so that a busy
 * machine slows all of them. Everyone must use exactly the recorded gas for every transaction and return the same
 * from every view, else the benchmark fails.
 */
import { writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { readOptions, refuseOptions } from "../../scripts/readOptions.ts"
import { formatDecimal, formatInteger } from "../../sim/results/format.ts"
import { recordBuiltInCycle } from "./evm/builtInCycleLoad.ts"
import type { Contender, Prepared } from "./evm/contender.ts"
import { contenders } from "./evm/contenders.ts"
import { type Load, callsPerTask, gasOf } from "./evm/load.ts"
import { measureSpeed } from "./evm/measureSpeed.ts"
import { measureWorlds } from "./evm/measureWorlds.ts"
import { type OpcodeCount, countOpcodes } from "./evm/opcodeCount.ts"
import { opcodeTables } from "./evm/opcodeTables.ts"
import { recordPlainCycle } from "./evm/plainCycleLoad.ts"
import { type Row, speedTable, worldTable } from "./evm/tables.ts"

const help = `npm run bench:evm -- [options]: calls a second of EVM engines on recorded task cycles
  --quick        fewer tasks and rounds
  --only PART    contenders with this in their name; repeatable: ${contenders.map(({ name }) => name).join(", ")}
  --json FILE    writes the numbers there too
  --opcodes      counts instructions instead of measuring
`

const options = readOptions(
  {
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    json: { type: "string" },
    opcodes: { type: "boolean", default: false },
  },
  help,
)

const rounds = options.quick ? 2 : 7
const loads: readonly (() => Promise<Load>)[] = [
  () => recordBuiltInCycle(options.quick ? 5 : 20),
  () => recordPlainCycle(options.quick ? 25 : 100),
]
/** Of a task's length, so that counting instructions does not take longer than measuring. */
const countedTasks = 1
const longestSequence = 5

const chosen = contenders.filter(
  ({ name }) => options.only?.some((part) => name.toLowerCase().includes(part.toLowerCase())) ?? true,
)
if (chosen.length === 0) {
  const known = contenders.map(({ name }) => name).join(", ")
  refuseOptions(`--only ${options.only?.join(" --only ")}: expected a part of ${known}`)
}

interface Result {
  readonly load: Load
  readonly count: OpcodeCount
  readonly rows: readonly Row[]
  readonly absent: readonly { readonly name: string; readonly reason: string }[]
}

const headline = (
  { name, says, tasks, cycle }: Load,
  { instructions, frames }: OpcodeCount,
  counted: number,
) =>
  [
    `\n${name}: ${says}`,
    `${tasks} tasks of ${cycle.length / tasks} calls; a call: ` +
      `${formatInteger(gasOf(cycle) / BigInt(cycle.length))} gas, ${formatInteger(Math.round(instructions / counted))} ` +
      `EVM instructions in ${formatDecimal(frames / counted, 1)} frames`,
  ].join("\n")

const run = async (load: Load): Promise<Result> => {
  const counted = load.cycle.slice(0, countedTasks * callsPerTask(load))
  const count = await countOpcodes(load.setup, counted, longestSequence)
  console.log(headline(load, count, counted.length))
  if (options.opcodes) {
    console.log(opcodeTables(count, counted.length))
    return { load, count, rows: [], absent: [] }
  }
  const { present, absent } = await prepare(load)
  try {
    const speeds = await measureSpeed(load, present, rounds)
    const worlds = await measureWorlds(load, present)
    const rows = present.map(({ contender }, i) => ({
      name: contender.name,
      speed: speeds[i] as Row["speed"],
      world: worlds[i] as Row["world"],
    }))
    if (rows.length > 0) console.log(`\n${speedTable(rows)}`)
    for (const { name, reason } of absent) console.log(`${name}: not measured; ${reason}`)
    if (rows.length > 0) console.log(`\n${worldTable(rows, load.tasks)}`)
    return { load, count, rows, absent }
  } finally {
    for (const { prepared } of present) prepared.close()
  }
}

const prepare = async (load: Load) => {
  const present: { readonly contender: Contender; readonly prepared: Prepared }[] = []
  const absent: { readonly name: string; readonly reason: string }[] = []
  for (const contender of chosen) {
    const prepared = await contender.prepare(load)
    if (typeof prepared === "string") absent.push({ name: contender.name, reason: prepared })
    else present.push({ contender, prepared })
  }
  return { present, absent }
}

const toJson = (results: readonly Result[]): string => {
  const loads = results.map(({ load, count, rows, absent }) => ({
    name: load.name,
    tasks: load.tasks,
    callsPerTask: callsPerTask(load),
    gasPerCall: Number(gasOf(load.cycle)) / load.cycle.length,
    instructionsPerCall: count.instructions / callsPerTask(load) / countedTasks,
    contenders: rows,
    absent,
  }))
  return `${JSON.stringify({ machine, rounds, loads }, null, 2)}\n`
}

const machine = `Node ${process.version}, ${cpus()[0]?.model ?? process.arch} × ${cpus().length}`
console.log(`${machine}; ${rounds} rounds after one that warms up; medians`)
console.log("Rates are by CPU time of the process that executes, all its threads; wall time stands beside.")
const results: Result[] = []
for (const record of loads) results.push(await run(await record()))
if (!options.opcodes) {
  console.log(
    "\nAll contenders used the recorded gas for each transaction and returned the same from each view.",
  )
  for (const note of new Set(chosen.flatMap(({ notes }) => notes ?? []))) console.log(note)
}
if (options.json !== undefined) writeFileSync(options.json, toJson(results))

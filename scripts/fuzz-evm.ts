/**
 * Generates programs, and sequences of transactions that run them, and compares two engines on all they do: status,
 * reason, gas, output, logs, created addresses, and the whole state after each sequence.
 *
 *     npm run fuzz:evm -- [--programs N] [--seed S] [--workers W] [--pair NAME] [--chunk N] [--lies]
 *
 * A search consists of chunks, each with a seed of its own. A journal in `out/fuzz-evm` keeps those that are done, so
 * that a search that was stopped goes on; engines or generators that changed begin a new one. Each disagreement is
 * shrunk, printed and kept in `out/fuzz-evm/cases`. `--chunk N` runs one chunk alone, in this process. `--lies` tests
 * the search itself: it has to find every engine of which one of `test/fuzz/evm/lies.ts` is true.
 */
import { createHash } from "node:crypto"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { runChunk } from "../test/fuzz/evm/chunk.ts"
import { addTally, emptyTally } from "../test/fuzz/evm/coverage.ts"
import { findingToJson } from "../test/fuzz/evm/caseFile.ts"
import { type PairName, pairNames } from "../test/fuzz/evm/enginePairs.ts"
import { missedTargets } from "../test/fuzz/evm/targets.ts"
import { findLies } from "./fuzzing/findLies.ts"
import { Journal, fingerprintOf } from "./fuzzing/journal.ts"
import type { Done } from "./fuzzing/messages.ts"
import { reportOf } from "./fuzzing/report.ts"
import { ChunkFailed, FuzzWorker } from "./fuzzing/workerPool.ts"
import { readOptions, refuseOptions, wholeNumber } from "./readOptions.ts"

const help = `npm run fuzz:evm -- [options]: compares two EVM engines on generated programs
  --programs N   how many; default 1000000
  --seed N       of the search; default 1
  --workers N    threads; default 2
  --pair NAME    engines to compare: ${pairNames.join(", ")}; default ${pairNames[0]}
  --chunk N      one chunk of the search alone
  --lies         test the search itself on engines that are wrong on purpose
`

const options = readOptions(
  {
    programs: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    workers: { type: "string", default: "2" },
    pair: { type: "string", default: pairNames[0] as string },
    chunk: { type: "string" },
    lies: { type: "boolean", default: false },
  },
  help,
)

const root = join(import.meta.dirname, "..")
const outDirectory = join(root, "out/fuzz-evm")
const caseDirectory = join(outDirectory, "cases")
const programs = wholeNumber("--programs", options.programs, 1)
const seed = wholeNumber("--seed", options.seed, 0)
const workerCount = wholeNumber("--workers", options.workers, 1)
const onlyChunk = options.chunk === undefined ? undefined : wholeNumber("--chunk", options.chunk, 0)
const chunkLimitMilliseconds = 15 * 60_000
const progressEveryMilliseconds = 15_000
const maxFailures = 50

if (!pairNames.includes(options.pair as PairName))
  refuseOptions(`--pair: expected one of ${pairNames.join(", ")}, found ${JSON.stringify(options.pair)}`)
const pair = options.pair as PairName

const total = emptyTally()
const cases: string[] = []
const failures: string[] = []

if (options.lies) process.exit((await findLies(seed)) ? 0 : 1)
if (onlyChunk === undefined) await searchAll()
else await searchOne(onlyChunk)

console.log(`\n${reportOf(total)}`)
const missed = missedTargets(total)
for (const target of missed) console.log(`Target missed: ${target}.`)
for (const failure of failures) console.log(failure)
console.log(
  `${cases.length} disagreements, ${failures.length} chunks failed, ${missed.length} targets missed: ` +
    `pair ${pair}, seed ${seed}.`,
)
process.exitCode = cases.length + failures.length + missed.length === 0 ? 0 : 1

async function searchOne(chunk: number): Promise<void> {
  const { tally, findings } = await runChunk({ pair, seed, chunk })
  take({ kind: "done", chunk, tally, cases: findings.map((finding) => findingToJson(pair, finding)) })
}

async function searchAll(): Promise<void> {
  const journal = new Journal(join(outDirectory, `${pair}-${seed}.jsonl`), fingerprintOf(root))
  const start = performance.now()
  let said = start
  let next = 0
  for (; journal.done.has(next) && total.programs < programs; next++) take(journal.done.get(next) as Done)
  const known = total.programs
  if (known > 0) console.log(`${known} programs are done already.`)
  const workers = Array.from({ length: workerCount }, () => new FuzzWorker())
  await Promise.all(workers.map(work))
  for (const worker of workers) worker.close()
  sayProgress()

  async function work(worker: FuzzWorker): Promise<void> {
    while (total.programs < programs && cases.length + failures.length < maxFailures) {
      const chunk = next++
      const before = journal.done.get(chunk)
      if (before !== undefined) take(before)
      else await run(worker, chunk)
      if (performance.now() - said > progressEveryMilliseconds) sayProgress()
    }
  }

  async function run(worker: FuzzWorker, chunk: number): Promise<void> {
    try {
      const done = await worker.run({ pair, seed, chunk }, chunkLimitMilliseconds)
      journal.add(done)
      take(done)
    } catch (error) {
      if (!(error instanceof ChunkFailed)) throw error
      failures.push(error.message)
      console.log(error.message)
    }
  }

  function sayProgress(): void {
    said = performance.now()
    const perSecond = (total.programs - known) / ((said - start) / 1000)
    const minutesLeft = Math.ceil((programs - total.programs) / perSecond / 60)
    const left = minutesLeft > 0 ? `, about ${minutesLeft} min left` : ""
    console.log(
      `${total.programs} of ${programs} programs, ${perSecond.toFixed(0)} a second, ` +
        `${cases.length} disagreements${left}`,
    )
  }
}

function take(done: Done): void {
  addTally(total, done.tally)
  for (const text of done.cases) {
    const file = join(caseDirectory, `${createHash("sha256").update(text).digest("hex").slice(0, 16)}.json`)
    mkdirSync(caseDirectory, { recursive: true })
    writeFileSync(file, text)
    cases.push(file)
    const { what, found } = JSON.parse(text) as { what: string; found: { seed: number; path: string } }
    console.log(`\nDisagreement in chunk ${done.chunk}: ${what}`)
    console.log(`  fast-check seed ${found.seed}, path ${found.path}; kept as ${file}`)
    console.log(text)
  }
}

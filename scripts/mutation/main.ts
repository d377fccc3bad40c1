/**
 * Mutation analysis of `chain/contracts`: deletes every check, guard and access modifier, negates and moves every
 * comparison and flips every sign, one at a time, and looks whether a test in `test/contracts` notices.
 *
 *     npm run mutation -- [--only File.sol]… [--survivors | --unexplained] [--workers N] [--thorough]
 *                         [--validate N] [--seed N]
 *
 * `--survivors` tries only those that survived the last time or were never tried; `--unexplained` leaves out those of
 * them that have a reason, because a survivor costs every test that reaches it. `--thorough` also uses the tests that
 * take longer than some seconds; `--validate N` repeats N mutants as edits of the source and compares. A journal in
 * `out/mutation` keeps every verdict: a second start goes on where the first was stopped.
 */
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { builtInContractsDirectory } from "../../chain/compile/compileContracts.ts"
import { closeOverImports, ownPrefix, readOwnSources } from "../../chain/compile/sources.ts"
import { Coverage, judge } from "./analysis.ts"
import { parseUnits } from "./ast.ts"
import { findMutants, mutatedSource } from "./findMutants.ts"
import { Journal, buildHash } from "./journal.ts"
import type { TestRecord } from "./messages.ts"
import { type Mutant, keyOf } from "./mutant.ts"
import { Progress } from "./progress.ts"
import { readReasons } from "./reasons.ts"
import { reportOf } from "./report.ts"
import { readSurvey, writeSurvey } from "./surveyFile.ts"
import { switchedSources } from "./schemata.ts"
import { validate } from "./validate.ts"
import { AnalysisWorker } from "./workerPool.ts"

const { values: options } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    survivors: { type: "boolean", default: false },
    unexplained: { type: "boolean", default: false },
    workers: { type: "string", default: "1" },
    thorough: { type: "boolean", default: false },
    validate: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
  },
})

const root = join(import.meta.dirname, "../..")
const testDirectory = join(root, "test/contracts")
const outDirectory = join(root, "out/mutation")
const cacheDirectory = join(outDirectory, "builds")
/** Properties over many worlds cost more than they kill; without `--thorough` they are left out. */
const slowestMilliseconds = options.thorough ? Infinity : 4_000
const minutes = 60_000

const units = closeOverImports(readOwnSources(builtInContractsDirectory))
const trees = parseUnits(units)
const mutants = findMutants(units, trees)
const sources = switchedSources(units, trees, mutants)
const build = buildHash(sources, testDirectory)
const journal = new Journal(join(outDirectory, "journal.jsonl"), build)
const reasons = readReasons(join(root, "test/mutation/survivors.yaml"), mutants)
console.log(
  `${mutants.length} mutants in ${[...units.keys()].filter((name) => name.startsWith(ownPrefix)).length} files.`,
)

const startWorker = () => new AnalysisWorker({ cacheDirectory, testDirectory })
const compile = (worker: AnalysisWorker) => worker.ask({ kind: "compile", sources }, 10 * minutes)

const first = startWorker()
await compile(first)
const surveyed = await survey()
describeSurvey(surveyed)
const coverage = new Coverage(surveyed, slowestMilliseconds)

const prepare = async (worker: AnalysisWorker): Promise<void> => {
  await compile(worker)
  await worker.ask({ kind: "load" }, 5 * minutes)
}
const edited = (mutant: (typeof mutants)[number]) => {
  const source = units.get(ownPrefix + mutant.file) as string
  return { [mutant.file]: mutatedSource(source, mutant) }
}
const workers = [first]
while (workers.length < Number(options.workers)) {
  const worker = startWorker()
  await prepare(worker)
  workers.push(worker)
}

const chosen = [...mutants.entries()].filter(
  ([, mutant]) => (options.only.length === 0 || options.only.includes(mutant.file)) && isWanted(mutant),
)
const unsettled = chosen.filter(([, mutant]) => journal.settled(keyOf(mutant)) === undefined)
const isExplained = ([, mutant]: (typeof chosen)[number]) => reasons.byKey.has(keyOf(mutant))
// What survives takes every test that reaches it, and there is nothing to learn where the reason is known.
const open = [...unsettled.filter((each) => !isExplained(each)), ...unsettled.filter(isExplained)]
const progress = new Progress(open.length)
const take = open.values()
await Promise.all(
  workers.map(async (worker) => {
    for (const [index, mutant] of take) {
      await judge(mutant, index, { mutants, worker, coverage, journal, prepare, compile, edited })
      progress.step(journal.last(keyOf(mutant))?.killedBy !== undefined)
    }
  }),
)
progress.end()

let agreed = true
if (Number(options.validate) > 0) {
  agreed = await validate({
    mutants: chosen,
    count: Number(options.validate),
    seed: options.seed,
    edited,
    worker: first,
    coverage,
    journal,
  })
}
for (const worker of workers) worker.close()

const shown = chosen.map(([, mutant]) => mutant)
const verdictOf = (mutant: (typeof mutants)[number]) => journal.last(keyOf(mutant))
const { text, passed } = reportOf({ mutants: shown, verdictOf, reasons })
mkdirSync(outDirectory, { recursive: true })
writeFileSync(join(outDirectory, "report.md"), text)
console.log(text)
process.exitCode = passed && agreed ? 0 : 1

function isWanted(mutant: Mutant): boolean {
  const key = keyOf(mutant)
  const last = journal.last(key)
  if (last === undefined) return true
  if (!options.survivors && !options.unexplained) return true
  return last.killedBy === undefined && !(options.unexplained && reasons.byKey.has(key))
}

/** What each test reaches, from an earlier start on the same build where there was one. */
async function survey(): Promise<readonly TestRecord[]> {
  const known = readSurvey(outDirectory, build)
  if (known !== undefined) {
    await first.ask({ kind: "load" }, 5 * minutes)
    return known
  }
  console.log("Every test once without a mutant …")
  const reply = await first.ask({ kind: "survey" }, 30 * minutes)
  if (reply.kind !== "survey") throw new Error(`a worker said ${reply.kind} to a survey`)
  writeSurvey(outDirectory, build, reply.tests)
  return reply.tests
}

function describeSurvey(tests: readonly TestRecord[]): void {
  const failing = tests.filter(({ failure }) => failure !== undefined)
  const slow = tests.filter(
    ({ failure, milliseconds }) => failure === undefined && milliseconds > slowestMilliseconds,
  )
  const seconds = Math.round(tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000)
  console.log(`${tests.length} tests, ${seconds} s.`)
  for (const { id, failure } of failing) console.log(`  not used, fails without a mutant: ${id}: ${failure}`)
  for (const { id } of slow) console.log(`  not used, too slow: ${id}`)
}

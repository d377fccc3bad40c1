/** Compares verdicts of the switched build with those of real edits of the source, on a random sample. */
import seedrandom from "seedrandom"
import type { Coverage } from "./analysis.ts"
import type { Journal } from "./journal.ts"
import { type Mutant, keyOf } from "./mutant.ts"
import { switchNumber } from "./schemata.ts"
import type { AnalysisWorker } from "./workerPool.ts"

const limitMilliseconds = 600_000

export interface Validation {
  readonly mutants: readonly (readonly [index: number, mutant: Mutant])[]
  readonly count: number
  readonly seed: string
  /** The set's own sources with one mutant as an edit. */
  readonly edited: (mutant: Mutant) => Readonly<Record<string, string>>
  readonly worker: AnalysisWorker
  readonly coverage: Coverage
  readonly journal: Journal
}

/** Whether all verdicts agree; prints each that does not. Half of the sample are survivors, where there are any. */
export const validate = async (validation: Validation): Promise<boolean> => {
  const { edited, worker, coverage, journal } = validation
  let differences = 0
  const chosen = sample(validation)
  for (const [index, mutant] of chosen) {
    await worker.ask({ kind: "compile", sources: edited(mutant) }, limitMilliseconds)
    const before = journal.last(keyOf(mutant))
    const tests = coverage.testsFor(switchNumber(index), before?.killedBy).map(({ id }) => id)
    const reply = await worker.ask({ kind: "run", on: 0, tests }, limitMilliseconds)
    if (reply.kind !== "verdict") throw new Error(`a worker said ${reply.kind} to an edit`)
    if ((reply.killedBy === undefined) === (before?.killedBy === undefined)) continue
    differences++
    console.log(
      `${keyOf(mutant)}: switched ${before?.killedBy ?? "survives"}, edited ${reply.killedBy ?? "survives"}`,
    )
  }
  console.log(`${chosen.length} mutants repeated as edits of the source; ${differences} verdicts differ.`)
  return differences === 0
}

const sample = ({ mutants, count, seed, journal }: Validation): readonly (readonly [number, Mutant])[] => {
  const random = seedrandom(seed)
  const order = mutants
    .map((each) => ({ each, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ each }) => each)
  const survives = ([, mutant]: readonly [number, Mutant]) =>
    journal.last(keyOf(mutant))?.killedBy === undefined
  const survivors = order.filter(survives).slice(0, Math.floor(count / 2))
  return [...survivors, ...order.filter((each) => !survives(each)).slice(0, count - survivors.length)]
}

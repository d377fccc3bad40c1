/** Which tests a mutant is tried on, in which order, and the verdict. */
import type { Journal } from "./journal.ts"
import type { TestRecord } from "./messages.ts"
import { type Mutant, keyOf } from "./mutant.ts"
import { switchNumber } from "./schemata.ts"
import { type AnalysisWorker, TookTooLong } from "./workerPool.ts"

/** Tests that pass without a mutant, by the switches that they reach. */
export class Coverage {
  readonly #bySwitch = new Map<number, TestRecord[]>()
  readonly #records: readonly TestRecord[]

  /** Tests slower than `slowestMilliseconds` are left out. */
  constructor(records: readonly TestRecord[], slowestMilliseconds: number) {
    this.#records = records.filter(
      ({ failure, milliseconds }) => failure === undefined && milliseconds <= slowestMilliseconds,
    )
    for (const record of [...this.#records].sort(byEffort)) {
      for (const number of record.switches) {
        const tests = this.#bySwitch.get(number)
        if (tests === undefined) this.#bySwitch.set(number, [record])
        else tests.push(record)
      }
    }
  }

  /** Tests that reach a mutant, the likely killers first: the last one, then the quick and narrow ones. */
  testsFor(number: number, lastKiller: string | undefined): readonly TestRecord[] {
    const tests = this.#bySwitch.get(number) ?? []
    const first = tests.filter(({ id }) => id === lastKiller)
    return [...first, ...tests.filter(({ id }) => id !== lastKiller)]
  }
}

const effort = ({ milliseconds, switches }: TestRecord): number => milliseconds * switches.length
const byEffort = (a: TestRecord, b: TestRecord): number => effort(a) - effort(b)

/** Slack for a mutant that makes calls use all their gas, over what the tests take without it. */
const patience = { factor: 10, milliseconds: 60_000 }

export interface Judging {
  readonly worker: AnalysisWorker
  readonly coverage: Coverage
  readonly journal: Journal
  /** Brings a new worker process to where the others are. */
  readonly prepare: (worker: AnalysisWorker) => Promise<void>
}

/** Judges the mutant at a place of the list and writes the verdict down. */
export const judge = async (mutant: Mutant, index: number, judging: Judging): Promise<void> => {
  const { worker, coverage, journal, prepare } = judging
  const key = keyOf(mutant)
  const tests = coverage.testsFor(switchNumber(index), journal.last(key)?.killedBy)
  if (tests.length === 0) return journal.add({ key, why: "no test reaches it" })
  const usual = tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const limit = usual * patience.factor + patience.milliseconds
  try {
    const ids = tests.map(({ id }) => id)
    const reply = await worker.ask({ kind: "run", on: switchNumber(index), tests: ids }, limit)
    if (reply.kind !== "verdict") throw new Error(`a worker said ${reply.kind} to a mutant`)
    const { killedBy, why } = reply
    journal.add(killedBy === undefined ? { key } : { key, killedBy, why })
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error
    await prepare(worker)
    journal.add({ key, killedBy: "the clock", why: `no end within ${Math.round(limit / 1000)} s` })
  }
}

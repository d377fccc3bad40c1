/** Which tests a mutant is tried on, in which order, and the verdict. */
import type { Journal } from "./journal.ts"
import type { Reply, TestRecord } from "./messages.ts"
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

  /** Tests that reach any of some mutants; all, where none of them is reached. */
  testsForAny(numbers: ReadonlySet<number>): readonly TestRecord[] {
    const near = this.#records.filter(({ switches }) => switches.some((number) => numbers.has(number)))
    return [...(near.length > 0 ? near : this.#records)].sort(byEffort)
  }
}

const effort = ({ milliseconds, switches }: TestRecord): number => milliseconds * switches.length
const byEffort = (a: TestRecord, b: TestRecord): number => effort(a) - effort(b)

/** Slack for a mutant that makes calls use all their gas, over what the tests take without it. */
const patience = { factor: 10, milliseconds: 60_000 }

export interface Judging {
  readonly mutants: readonly Mutant[]
  readonly worker: AnalysisWorker
  readonly coverage: Coverage
  readonly journal: Journal
  /** Brings a new worker process to where the others are. */
  readonly prepare: (worker: AnalysisWorker) => Promise<void>
  /** Hands a worker the build with all switches. */
  readonly compile: (worker: AnalysisWorker) => Promise<unknown>
  /** The set's own sources with one mutant as an edit. */
  readonly edited: (mutant: Mutant) => Readonly<Record<string, string>>
}

/** Judges the mutant at a place of the list and writes the verdict down. */
export const judge = async (mutant: Mutant, index: number, judging: Judging): Promise<void> => {
  const { worker, coverage, journal, prepare } = judging
  const key = keyOf(mutant)
  const isSwitched = mutant.edit.switched !== undefined
  const tests = isSwitched
    ? coverage.testsFor(switchNumber(index), journal.last(key)?.killedBy)
    : coverage.testsForAny(switchesOf(mutant.file, judging.mutants))
  if (tests.length === 0) return journal.add({ key, why: "no test reaches it" })
  const usual = tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
  const limit = usual * patience.factor + patience.milliseconds
  const ids = tests.map(({ id }) => id)
  try {
    const request = { kind: "run", on: isSwitched ? switchNumber(index) : 0, tests: ids } as const
    const reply = isSwitched
      ? await worker.ask(request, limit)
      : await onEdit(mutant, judging, () => worker.ask(request, limit))
    if (reply.kind !== "verdict") throw new Error(`a worker said ${reply.kind} to a mutant`)
    const { killedBy, why } = reply
    journal.add(killedBy === undefined ? { key } : { key, killedBy, why })
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error
    await prepare(worker)
    journal.add({ key, killedBy: "the clock", why: `no end within ${Math.round(limit / 1000)} s` })
  }
}

const switchesOf = (file: string, mutants: readonly Mutant[]): ReadonlySet<number> =>
  new Set(mutants.flatMap((mutant, index) => (mutant.file === file ? [switchNumber(index)] : [])))

const compileMilliseconds = 600_000

/** Asks while the worker has the contracts with an edit: for mutants that no switch can express. */
const onEdit = async (
  mutant: Mutant,
  { worker, compile, edited }: Judging,
  ask: () => Promise<Reply>,
): Promise<Reply> => {
  await worker.ask({ kind: "compile", sources: edited(mutant) }, compileMilliseconds)
  const reply = await ask()
  await compile(worker)
  return reply
}

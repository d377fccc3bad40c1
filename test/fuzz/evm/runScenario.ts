/** Runs a scenario on two engines side by side and looks for the first thing in which they differ. */
import {
  type AccountState,
  type Engine,
  type Execution,
  InvalidMessage,
  NotSupported,
  type Snapshot,
} from "../../../chain/engine/engine.ts"
import { type Disagreement, firstDifference } from "./disagreement.ts"
import type { Scenario, Step } from "./scenario.ts"

export interface Pair {
  readonly reference: Engine
  readonly subject: Engine
  /** Without it both go on where they are when a scenario says to restore. */
  readonly canRestore: boolean
}

/** What became of a message: an execution, or the kind of the refusal. Words of refusals may differ. */
export type Outcome = Execution | { readonly refused: "invalid" | "not supported" }

export interface ScenarioResult {
  readonly disagreement: Disagreement | undefined
  /** What the reference made of each message. */
  readonly outcomes: readonly Outcome[]
}

/** Both engines are at the same state, without any of the scenario's accounts. Leaves the scenario's state behind. */
export const runScenario = async (pair: Pair, scenario: Scenario): Promise<ScenarioResult> => {
  for (const account of scenario.accounts) {
    await pair.reference.putAccount(account)
    await pair.subject.putAccount(account)
  }
  const run: Run = { pair, scenario, outcomes: [], snapshots: [] }
  for (const [index, step] of scenario.steps.entries()) {
    const difference = await takeStep(run, step)
    if (difference !== undefined)
      return { disagreement: { step: index, ...difference }, outcomes: run.outcomes }
  }
  const difference = await differenceOfStates(pair.reference, pair.subject)
  const disagreement = difference && { step: scenario.steps.length, ...difference }
  return { disagreement, outcomes: run.outcomes }
}

interface Run {
  readonly pair: Pair
  readonly scenario: Scenario
  readonly outcomes: Outcome[]
  snapshots: (readonly [reference: Snapshot, subject: Snapshot])[]
}

type Difference = Omit<Disagreement, "step"> | undefined

const takeStep = async (run: Run, step: Step): Promise<Difference> => {
  const { reference, subject } = run.pair
  switch (step.kind) {
    case "snapshot":
      run.snapshots.push([reference.snapshot(), subject.snapshot()])
      return undefined
    case "restore":
      return restore(run, step.back)
    case "fork":
      return fork(run, step)
    case "transact":
    case "view": {
      const expected = await outcomeOf(reference, run, step)
      run.outcomes.push(expected)
      return firstDifference(expected, await outcomeOf(subject, run, step), step.kind)
    }
  }
}

type MessageStep = Extract<Step, { message: unknown }>

const outcomeOf = async (
  engine: Engine,
  { scenario: { blocks } }: Run,
  { kind, message, block }: MessageStep,
): Promise<Outcome> => {
  const environment = blocks[block % blocks.length] as (typeof blocks)[number]
  try {
    return await engine[kind === "view" ? "view" : "transact"](message, environment)
  } catch (error) {
    if (error instanceof InvalidMessage) return { refused: "invalid" }
    if (error instanceof NotSupported) return { refused: "not supported" }
    throw new Error(`${engine.name} failed: ${error instanceof Error ? error.stack : String(error)}`, {
      cause: error,
    })
  }
}

const restore = ({ pair, snapshots }: Run, back: number): Difference => {
  if (snapshots.length === 0 || !pair.canRestore) return undefined
  const place = snapshots.length - 1 - (back % snapshots.length)
  snapshots.length = place + 1
  const [reference, subject] = snapshots[place] as (typeof snapshots)[number]
  pair.reference.restore(reference)
  pair.subject.restore(subject)
  return undefined
}

/** Each engine's copy is equal to it, does what it would do, and leaves it as it was. */
const fork = async (run: Run, step: MessageStep): Promise<Difference> => {
  const { reference, subject } = run.pair
  for (const engine of [reference, subject]) {
    const before = await engine.accounts()
    const copy = await engine.fork()
    const copied = firstDifference(before, await copy.accounts(), `a fork of ${engine.name}`)
    const expected = await outcomeOf(engine, run, { ...step, kind: "view" })
    const actual = await outcomeOf(copy, run, { ...step, kind: "transact" })
    const done = firstDifference(expected, actual, `a message on a fork of ${engine.name}`)
    const left = firstDifference(before, await engine.accounts(), `${engine.name} after its fork went on`)
    if (copied ?? done ?? left) return copied ?? done ?? left
  }
  const expected = await outcomeOf(reference, run, { ...step, kind: "view" })
  return firstDifference(expected, await outcomeOf(subject, run, { ...step, kind: "view" }), "fork")
}

const differenceOfStates = async (reference: Engine, subject: Engine): Promise<Difference> =>
  firstDifference(byAddress(await reference.accounts()), byAddress(await subject.accounts()), "state")

const byAddress = (accounts: readonly AccountState[]): object =>
  Object.fromEntries(
    accounts.map(({ address, storage, ...rest }) => [
      address,
      { ...rest, storage: Object.fromEntries(storage) },
    ]),
  )

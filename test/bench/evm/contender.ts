/** Who takes part in the benchmark: something that replays a load's transactions and says what that took. */
import type { Load, Transaction, View } from "./load.ts"

/** Spent on a replay. */
export interface Effort {
  readonly wallSeconds: number
  /** Of the process that executes; undefined where the host does not tell. */
  readonly cpuSeconds: number | undefined
}

/** A replay. The gas is each transaction's, in order. */
export interface Replay extends Effort {
  readonly gas: readonly bigint[]
}

/** In bytes. */
export interface Memory {
  readonly afterSetup: number
  readonly afterTasks: number
}

export interface Look extends Effort {
  /** What each view returned. */
  readonly outputs: readonly string[]
}

/** What a world costs besides transactions. What is absent cannot be had from this contender. */
export interface World {
  /** Repeats the views on the state after the setup. */
  look?(views: readonly View[], repetitions: number): Promise<Look>
  /** After the setup and after all tasks. */
  memory?(load: Load): Promise<Memory | undefined>
  /** Median. */
  forkSeconds?(): Promise<number>
  /** Median of marking and going back together; a task is played in between. */
  snapshotSeconds?(load: Load): Promise<number>
}

/** A contender with a load's setup behind it. */
export interface Prepared extends World {
  /** From the state after the setup, whatever was replayed before. */
  replay(transactions: readonly Transaction[]): Promise<Replay>
  close(): void
}

export interface Contender {
  readonly name: string
  /** Of a load's tasks, how many it replays in a round: enough to be measured, not so many that one waits. */
  readonly share: number
  /** Remarks below the table. */
  readonly notes?: readonly string[]
  /** Or the reason why it cannot take part in this load. */
  prepare(load: Load): Promise<Prepared | string>
}

/** Wrong gas makes speed meaningless. */
export class GasDiffers extends Error {
  override readonly name = "GasDiffers"
}

export const checkGas = (
  name: string,
  transactions: readonly Transaction[],
  gas: readonly bigint[],
): void => {
  if (gas.length !== transactions.length)
    throw new GasDiffers(`${name} executed ${gas.length} of ${transactions.length} transactions.`)
  for (const [index, { gasUsed, message }] of transactions.entries()) {
    if (gas[index] === gasUsed) continue
    throw new GasDiffers(
      `${name} used ${gas[index]} gas for transaction ${index} (${message.data.slice(0, 10)} to ${message.to}), ` +
        `the recording says ${gasUsed}.`,
    )
  }
}

import type { RunResult } from "../../sim/results/runResult.ts"
import { integer, number, runColumns, type Table, text } from "./table.ts"

export interface RunRow {
  readonly setting: string
  readonly seed: number
  readonly digest: string
  readonly identity: string
  readonly virtualSeconds: number
  readonly blocks: number
  readonly transactions: number
  readonly revertedTransactions: number
  readonly gasUsed: string
  readonly violations: number
}

/** One row a run, in the order given. */
export const runsTable = (runs: readonly RunResult[]): Table<RunRow> => ({
  name: "runs",
  caption: "One row a run: what it was, its digest, and how much happened.",
  columns: {
    ...runColumns,
    digest: text("SHA-256 over the ordered trace and the final state, hex"),
    identity: text("SHA-256 over the run's inputs, hex"),
    virtualSeconds: number("length of the run in virtual seconds"),
    blocks: integer("blocks executed (empty blocks are not)"),
    transactions: integer("transactions included"),
    revertedTransactions: integer("of these, how many reverted"),
    gasUsed: text("gas used by all of them, decimal"),
    violations: integer("invariant violations"),
  },
  rows: runs.map((run) => ({
    setting: run.setting,
    seed: run.seed,
    digest: run.digest,
    identity: run.identity,
    virtualSeconds: run.virtualSeconds,
    blocks: run.blocks,
    transactions: run.transactions,
    revertedTransactions: run.revertedTransactions,
    gasUsed: run.gasUsed,
    violations: run.violations.length,
  })),
})

import type { RunResult } from "../../sim/results/runResult.ts"
import { integer, number, runColumns, type Table, text } from "./table.ts"

export interface ViolationRow {
  readonly setting: string
  readonly seed: number
  readonly invariant: string
  readonly block: number
  readonly timeSeconds: number
  readonly message: string
}

/** One row an invariant that did not hold after a block. */
export const violationsTable = (runs: readonly RunResult[]): Table<ViolationRow> => ({
  name: "violations",
  caption: "One row an invariant that did not hold after a block.",
  columns: {
    ...runColumns,
    invariant: text("name of the invariant"),
    block: integer("after which block"),
    timeSeconds: number("virtual time, seconds"),
    message: text("what was found"),
  },
  rows: runs.flatMap((run) =>
    run.violations.map((violation) => ({ setting: run.setting, seed: run.seed, ...violation })),
  ),
})

import type { RunResult } from "../../sim/results/runResult.ts"
import { integer, number, runColumns, type Table, text } from "./table.ts"

export interface RoundRow {
  readonly setting: string
  readonly seed: number
  readonly round: number
  readonly module: string
  readonly timeSeconds: number
  readonly accuracy: number
  readonly backdoorSuccess: number | null
  readonly backdoorBaseRate: number | null
  readonly updates: number
}

/** One row a published global model and run. */
export const roundsTable = (runs: readonly RunResult[]): Table<RoundRow> => ({
  name: "rounds",
  caption: "One row a published global model; round 0 is the initial one.",
  columns: {
    ...runColumns,
    round: integer("training round"),
    module: text("capability trained"),
    timeSeconds: number("virtual time of publication, seconds"),
    accuracy: number("accuracy on the whole held-out set, 0 to 1"),
    backdoorSuccess: number(
      "triggered examples of other classes taken for a backdoor's target, 0 to 1; null where none is measured",
    ),
    backdoorBaseRate: number("the same of these examples without the trigger"),
    updates: integer("updates averaged into the model"),
  },
  rows: runs.flatMap((run) =>
    run.rounds.map(({ backdoorSuccess = null, backdoorBaseRate = null, ...round }) => ({
      setting: run.setting,
      seed: run.seed,
      ...round,
      backdoorSuccess,
      backdoorBaseRate,
    })),
  ),
})

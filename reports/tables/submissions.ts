import type { RunResult } from "../../sim/results/runResult.ts"
import { boolean, integer, number, runColumns, type Table, text } from "./table.ts"

export interface SubmissionRow {
  readonly setting: string
  readonly seed: number
  readonly taskId: number
  readonly round: number
  readonly module: string
  readonly solver: string
  readonly strategy: string
  readonly trap: boolean
  readonly truth: boolean | null
  readonly nearThreshold: boolean
  readonly accuracy: number | null
  readonly consensus: boolean | null
  readonly score: number
  readonly taskAccuracy: number | null
  readonly votes: number
}

/** One row a revealed submission and run. */
export const submissionsTable = (runs: readonly RunResult[]): Table<SubmissionRow> => ({
  name: "submissions",
  caption: "One row a revealed submission: what it was worth and what the coordinators made of it.",
  columns: {
    ...runColumns,
    taskId: integer("task"),
    round: integer("training round"),
    module: text("capability trained"),
    solver: text("name of the solver"),
    strategy: text("strategy of the solver"),
    trap: boolean("a forced error"),
    truth: boolean(
      "correct by the acceptance rule on the whole held-out set; null where nothing could be evaluated",
    ),
    nearThreshold: boolean("accuracy within one percentage point of the acceptance threshold"),
    accuracy: number("accuracy of base + update on the whole held-out set, 0 to 1"),
    consensus: boolean("correct by consensus; null where none was reached"),
    score: integer("consensus score, 0 to 100"),
    taskAccuracy: number("accuracy of base + update on the task's own evaluation set, 0 to 1"),
    votes: integer("votes revealed on it"),
  },
  rows: runs.flatMap((run) =>
    run.submissions.map(({ votes, ...submission }) => ({
      setting: run.setting,
      seed: run.seed,
      ...submission,
      votes: votes.length,
    })),
  ),
})

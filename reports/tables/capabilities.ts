import type { RunResult } from "../../sim/results/runResult.ts"
import { integer, number, runColumns, type Table, text } from "./table.ts"

export interface CapabilityRow {
  readonly setting: string
  readonly seed: number
  readonly round: number
  readonly module: string
  readonly accuracy: number
  readonly reportedScore: number | null
  readonly multiplier: number | null
  readonly tasks: number
  readonly solutions: number
  readonly share: number | null
}

/** One row a capability, round and run; none where a scenario names no capabilities. */
export const capabilitiesTable = (runs: readonly RunResult[]): Table<CapabilityRow> => ({
  name: "capabilities",
  caption: "One row a capability and published global model; round 0 is the initial one.",
  columns: {
    ...runColumns,
    round: integer("training round"),
    module: text("capability"),
    accuracy: number("accuracy on its held-out examples, choosing among its classes, 0 to 1"),
    reportedScore: number(
      "score on the scorecard when the model was published, 0 to 1; null before any report",
    ),
    multiplier: number("multiplier of the rewards of the round's tasks for it; null where there was none"),
    tasks: integer("tasks of the round for it"),
    solutions: integer("solutions revealed for them, traps left out"),
    share: number("its share of the round's solutions, 0 to 1; null in a round without any"),
  },
  rows: runs.flatMap(({ setting, seed, capabilities = [] }) => {
    const totals = new Map<number, number>()
    for (const { round, solutions } of capabilities) totals.set(round, (totals.get(round) ?? 0) + solutions)
    return capabilities.map((row) => {
      const total = totals.get(row.round) ?? 0
      return { setting, seed, ...row, share: total === 0 ? null : row.solutions / total }
    })
  }),
})

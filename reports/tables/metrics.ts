import type { RunResult } from "../../sim/results/runResult.ts"
import { byCodeUnits, integer, number, runColumns, type Table, text } from "./table.ts"

export interface MetricRow {
  readonly setting: string
  readonly seed: number
  readonly metric: string
  readonly value: number | null
  readonly count: number | null
  readonly of: number | null
}

/** One row a metric and run, metrics by name. */
export const metricsTable = (runs: readonly RunResult[]): Table<MetricRow> => ({
  name: "metrics",
  caption: "One row a metric and run; shares also carry what was counted.",
  columns: {
    ...runColumns,
    metric: text("name of the metric"),
    value: number("its value in this run; null where the run had no such event"),
    count: integer("for a share: how many"),
    of: integer("for a share: of how many"),
  },
  rows: runs.flatMap((run) =>
    Object.keys(run.metrics)
      .sort(byCodeUnits)
      .map((metric) => {
        const share = Object.hasOwn(run.proportions, metric) ? run.proportions[metric] : undefined
        return {
          setting: run.setting,
          seed: run.seed,
          metric,
          value: run.metrics[metric] ?? null,
          count: share?.count ?? null,
          of: share?.of ?? null,
        }
      }),
  ),
})

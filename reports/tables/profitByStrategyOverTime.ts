import { meanOfRuns } from "./meanOfRuns.ts"
import { groupBy, keyOf } from "./groupBy.ts"
import type { ProfitOverTimeRow } from "./profitOverTime.ts"
import { integer, number, type Table, text } from "./table.ts"

export interface ProfitByStrategyOverTimeRow {
  readonly setting: string
  readonly strategy: string
  readonly step: number
  readonly timeSeconds: number
  readonly runs: number
  readonly mean: number
  readonly lower: number | null
  readonly upper: number | null
}

/**
 * Mean profit an agent over the runs of a setting, by strategy and step. Only steps that every run of the setting
 * reached: a mean that changes because a run dropped out would look like a change of profit.
 */
export const profitByStrategyOverTimeTable = (
  samples: Table<ProfitOverTimeRow>,
): Table<ProfitByStrategyOverTimeRow> => ({
  name: "profitByStrategyOverTime",
  caption:
    "Mean profit an agent so far, ATN: mean over runs with its 95 % interval, by strategy and closed round.",
  columns: {
    setting: text("base, or the name of a comparison"),
    strategy: text("strategy, role/name"),
    step: integer("index of the sample, from 0"),
    timeSeconds: number("mean virtual time of the sample, seconds"),
    runs: integer("runs behind the mean"),
    mean: number("mean over runs of the mean profit an agent, ATN"),
    lower: number("lower bound of the 95 % interval; null with one run"),
    upper: number("upper bound of the 95 % interval; null with one run"),
  },
  rows: [...groupBy(samples.rows, (row) => keyOf(row.setting, row.strategy)).values()].flatMap((series) => {
    const runs = new Set(series.map((row) => row.seed)).size
    return [...groupBy(series, (row) => keyOf(row.step)).values()].flatMap((group) => {
      const [first] = group
      const profit = meanOfRuns(group.map((row) => row.meanProfitAtn))
      const time = meanOfRuns(group.map((row) => row.timeSeconds))
      if (first === undefined || profit === null || time === null || profit.runs < runs) return []
      return [
        {
          setting: first.setting,
          strategy: first.strategy,
          step: first.step,
          timeSeconds: time.mean,
          ...profit,
        },
      ]
    })
  }),
})

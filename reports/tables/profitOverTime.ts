import { weiToAtn } from "../../sim/results/weiToAtn.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { integer, number, runColumns, type Table, text } from "./table.ts"

export interface ProfitOverTimeRow {
  readonly setting: string
  readonly seed: number
  readonly strategy: string
  /** Index of the sample within its run and strategy, from 0: samples of equal steps belong together across runs. */
  readonly step: number
  readonly timeSeconds: number
  readonly agents: number
  readonly meanProfitAtn: number
  readonly meanSlashedAtn: number
}

/** One row a strategy, closed round and run. */
export const profitOverTimeTable = (runs: readonly RunResult[]): Table<ProfitOverTimeRow> => ({
  name: "profitOverTime",
  caption: "One row a strategy and closed round: mean profit of its agents in one run so far.",
  columns: {
    ...runColumns,
    strategy: text("strategy, role/name"),
    step: integer("index of the sample within its run and strategy, from 0"),
    timeSeconds: number("virtual time, seconds"),
    agents: integer("agents of the strategy"),
    meanProfitAtn: number("mean profit an agent so far, ATN"),
    meanSlashedAtn: number("mean slashes an agent so far, ATN"),
  },
  rows: runs.flatMap((run) => {
    const stepOf = new Map<string, number>()
    return run.profitOverTime.map((sample) => {
      const step = stepOf.get(sample.strategy) ?? 0
      stepOf.set(sample.strategy, step + 1)
      return {
        setting: run.setting,
        seed: run.seed,
        strategy: sample.strategy,
        step,
        timeSeconds: sample.timeSeconds,
        agents: sample.agents,
        meanProfitAtn: weiToAtn(sample.meanProfit),
        meanSlashedAtn: weiToAtn(sample.meanSlashed),
      }
    })
  }),
})

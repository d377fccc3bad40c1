import { meanOfRuns } from "./meanOfRuns.ts"
import { groupBy, keyOf } from "./groupBy.ts"
import type { MoneyColumn, StrategyRunRow } from "./strategyRuns.ts"
import { integer, number, type Table, text } from "./table.ts"

/**
 * The parts of profit in the order in which they are shown; `profit` is their sum. Balance, stake and claims are one
 * part: staking moves ATN from one to the other, and says nothing about profit.
 */
export const profitParts: readonly (readonly [part: string, columns: readonly MoneyColumn[]])[] = [
  ["ATN gained", ["balanceAtn", "stakeAtn", "claimableAtn"]],
  ["project tokens", ["projectTokensAtn"]],
  ["training cost", ["computeAtn"]],
  ["verification cost", ["verificationAtn"]],
  ["storage cost", ["storageAtn"]],
  ["gas", ["gasAtn"]],
  ["profit", ["profitAtn"]],
]

export interface ProfitPartRow {
  readonly setting: string
  readonly strategy: string
  readonly part: string
  readonly runs: number
  readonly mean: number
  readonly lower: number | null
  readonly upper: number | null
}

/** Where each strategy's profit came from: every part a row, mean an agent and run, ATN. */
export const profitPartsTable = (strategyRuns: Table<StrategyRunRow>): Table<ProfitPartRow> => ({
  name: "profitParts",
  caption:
    "Where profit came from, ATN an agent: mean over runs with its 95 % interval, by strategy and part.",
  columns: {
    setting: text("base, or the name of a comparison"),
    strategy: text("strategy, role/name"),
    part: text("part of the profit, or profit for their sum"),
    runs: integer("runs behind the mean"),
    mean: number("ATN an agent and run, mean over runs"),
    lower: number("lower bound of the 95 % interval; null with one run"),
    upper: number("upper bound of the 95 % interval; null with one run"),
  },
  rows: [...groupBy(strategyRuns.rows, (row) => keyOf(row.setting, row.strategy)).values()].flatMap((runs) =>
    profitParts.flatMap(([part, columns]) => {
      const [first] = runs
      const estimate = meanOfRuns(runs.map((run) => columns.reduce((sum, column) => sum + run[column], 0)))
      if (first === undefined || estimate === null) return []
      return [{ setting: first.setting, strategy: first.strategy, part, ...estimate }]
    }),
  ),
})

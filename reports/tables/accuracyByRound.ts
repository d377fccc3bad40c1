import { meanOfRuns } from "./meanOfRuns.ts"
import { groupBy, keyOf } from "./groupBy.ts"
import type { RoundRow } from "./rounds.ts"
import { integer, number, type Table, text } from "./table.ts"

export interface AccuracyByRoundRow {
  readonly setting: string
  readonly module: string
  readonly round: number
  readonly runs: number
  readonly mean: number
  readonly lower: number | null
  readonly upper: number | null
}

/** Mean accuracy of the global model over the runs of a setting, by module and round. */
export const accuracyByRoundTable = (rounds: Table<RoundRow>): Table<AccuracyByRoundRow> => ({
  name: "accuracyByRound",
  caption: "Accuracy of the published global model: mean over runs with its 95 % interval.",
  columns: {
    setting: text("base, or the name of a comparison"),
    module: text("capability trained"),
    round: integer("training round; 0 is the initial model"),
    runs: integer("runs that published this round"),
    mean: number("mean accuracy on the whole held-out set, 0 to 1"),
    lower: number("lower bound of the 95 % interval; null with one run"),
    upper: number("upper bound of the 95 % interval; null with one run"),
  },
  rows: [...groupBy(rounds.rows, (row) => keyOf(row.setting, row.module, row.round)).values()].flatMap(
    (group) => {
      const [first] = group
      const estimate = meanOfRuns(group.map((row) => row.accuracy))
      if (first === undefined || estimate === null) return []
      return [{ setting: first.setting, module: first.module, round: first.round, ...estimate }]
    },
  ),
})

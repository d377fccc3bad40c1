import { LEAST_TO_MOVE } from "../../sim/results/estimate.ts"
import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import { boolean, integer, number, type Table, text } from "./table.ts"

export interface ComparisonRow {
  readonly comparison: string
  readonly measure: string
  readonly isShare: boolean
  readonly baseMean: number | null
  readonly mean: number | null
  readonly difference: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly pairs: number
  readonly moves: boolean | null
}

/** One row a comparison and measure: the change against the base on common random numbers. */
export const comparisonsTable = (result: ExperimentResult): Table<ComparisonRow> => ({
  name: "comparisons",
  caption: "One row a comparison and measure: mean difference against the base, paired by seed.",
  columns: {
    comparison: text("name of the comparison"),
    measure: text("what is measured, an expression over metrics; money in ATN"),
    isShare: boolean("a share of counted events, 0 to 1"),
    baseMean: number("mean over the runs of the base"),
    mean: number("mean over the runs of the comparison"),
    difference: number("mean over seeds of comparison minus base; null where no seed has both"),
    lower: number("lower bound of its 95 % interval; null with fewer than two pairs"),
    upper: number("upper bound of its 95 % interval; null with fewer than two pairs"),
    pairs: integer("seeds that both settings have"),
    moves: boolean(
      `zero lies outside the interval; null with fewer than ${LEAST_TO_MOVE} pairs, which do not tell`,
    ),
  },
  rows: result.comparisons.flatMap(({ name, measures }) =>
    measures.map(({ measure, isShare, change }) => ({
      comparison: name,
      measure,
      isShare,
      baseMean: change.from.mean,
      mean: change.to.mean,
      difference: change.difference.mean,
      lower: change.difference.lower,
      upper: change.difference.upper,
      pairs: change.difference.replicates,
      moves: change.moves,
    })),
  ),
})

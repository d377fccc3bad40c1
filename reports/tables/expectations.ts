import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import { integer, number, type Table, text } from "./table.ts"

export interface ExpectationRow {
  readonly statement: string
  readonly verdict: string
  readonly confidence: number
  readonly left: number | null
  readonly right: number | null
  readonly difference: number | null
  readonly lower: number | null
  readonly upper: number | null
  readonly replicates: number
  readonly why: string | null
  readonly note: string
}

/** One row an expectation and its verdict. */
export const expectationsTable = (result: ExperimentResult): Table<ExpectationRow> => ({
  name: "expectations",
  caption: "One row an expectation: its verdict and the numbers behind it.",
  columns: {
    statement: text("the expectation; money in ATN"),
    verdict: text(
      "holds, fails, undecided, or negligible (no effect larger than the margin), at the stated confidence",
    ),
    confidence: number("confidence of each one-sided bound, 0 to 1"),
    left: number("mean of the left side over replicates"),
    right: number("mean of the right side over replicates"),
    difference: number("mean of left minus right, paired by run"),
    lower: number("one-sided lower bound of the difference; null = unbounded"),
    upper: number("one-sided upper bound of the difference; null = unbounded"),
    replicates: integer("runs that define both sides"),
    why: text("the reason that the scenario gives"),
    note: text("what to know about the verdict"),
  },
  rows: result.expectations.map(
    ({ statement, verdict, confidence, left, right, difference, lower, upper, replicates, why, note }) => ({
      statement,
      verdict,
      confidence,
      left,
      right,
      difference,
      lower,
      upper,
      replicates,
      why,
      note,
    }),
  ),
})

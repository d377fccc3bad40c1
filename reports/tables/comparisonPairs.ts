import { parseExpression } from "../../sim/results/expectationParser.ts"
import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import { evaluate } from "../../sim/results/judge.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { integer, number, type Table, text } from "./table.ts"

export interface ComparisonPairRow {
  readonly comparison: string
  readonly measure: string
  readonly seed: number
  readonly base: number
  readonly value: number
  readonly difference: number
}

/** One row a comparison, measure and seed that has a value in both settings: what the mean difference is made of. */
export const comparisonPairsTable = (
  result: ExperimentResult,
  runs: readonly RunResult[],
): Table<ComparisonPairRow> => {
  const base = new Map(
    runs.filter((run) => run.setting === result.settings[0]?.name).map((run) => [run.seed, run]),
  )
  return {
    name: "comparisonPairs",
    caption: "One row a comparison, measure and seed: the measure in the base and in the comparison.",
    columns: {
      comparison: text("name of the comparison"),
      measure: text("what is measured, an expression over metrics; money in ATN"),
      seed: integer("seed of both runs"),
      base: number("value in the base"),
      value: number("value in the comparison"),
      difference: number("value minus base"),
    },
    rows: result.comparisons.flatMap(({ name, measures }) =>
      measures.flatMap(({ measure }) => {
        const parsed = parseExpression(measure)
        if (parsed._tag === "failed") return []
        return runs.flatMap((run) => {
          const partner = base.get(run.seed)
          if (run.setting !== name || partner === undefined) return []
          const [before, after] = [evaluate(parsed.value, partner), evaluate(parsed.value, run)]
          return before === null || after === null
            ? []
            : [
                {
                  comparison: name,
                  measure,
                  seed: run.seed,
                  base: before,
                  value: after,
                  difference: after - before,
                },
              ]
        })
      }),
    ),
  }
}

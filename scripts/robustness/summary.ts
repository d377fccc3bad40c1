/** From single runs to what figure and page say: means over seeds with 95 % intervals, Student's t. */
import { meanOfRuns, type MeanOfRuns } from "../../reports/tables/meanOfRuns.ts"
import type { Evidence, Run } from "./experiment.ts"

export const namesOf = (runs: readonly Run[], key: "partition" | "attack" | "rule"): readonly string[] => [
  ...new Set(runs.map((run) => run[key])),
]

/** Runs of one combination, in the order of seeds. */
const runsOf = ({ runs }: Evidence, of: Pick<Run, "partition" | "attack" | "rule">): readonly Run[] =>
  runs
    .filter(
      ({ partition, attack, rule }) => partition === of.partition && attack === of.attack && rule === of.rule,
    )
    .toSorted((a, b) => a.seed - b.seed)

export interface RoundMean extends MeanOfRuns {
  readonly partition: string
  readonly attack: string
  readonly rule: string
  readonly round: number
}

/** Mean accuracy (0 to 1) of each combination and round. */
export const accuracyByRound = (evidence: Evidence): readonly RoundMean[] => {
  const { runs, heldOutExamples, settings } = evidence
  return namesOf(runs, "partition").flatMap((partition) =>
    namesOf(runs, "attack").flatMap((attack) =>
      namesOf(runs, "rule").flatMap((rule) =>
        Array.from({ length: settings.rounds + 1 }, (_, round) => {
          const values = runsOf(evidence, { partition, attack, rule }).map(
            ({ correct }) => correct[round]! / heldOutExamples,
          )
          return { partition, attack, rule, round, ...meanOfRuns(values)! }
        }),
      ),
    ),
  )
}

/** Final accuracy minus that of the first rule on the same seeds. */
export const gainOverFirst = (
  evidence: Evidence,
  of: Pick<Run, "partition" | "attack" | "rule">,
): MeanOfRuns => {
  const [first] = namesOf(evidence.runs, "rule")
  const reference = runsOf(evidence, { ...of, rule: first! })
  const gains = runsOf(evidence, of).map(
    ({ correct }, i) => (correct.at(-1)! - reference[i]!.correct.at(-1)!) / evidence.heldOutExamples,
  )
  return meanOfRuns(gains)!
}

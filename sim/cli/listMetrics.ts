/** `autonet-sim metrics`: what expectations, comparisons and trials may speak of, each with its unit and formula. */
import { metricMeanings, type MetricMeaning } from "../results/metricMeanings.ts"
import { subjectMeanings } from "../results/subjectMeanings.ts"
import type { ListOptions } from "./listParameters.ts"
import { matching } from "./matching.ts"
import { alignRows, wrapText } from "./terminal.ts"

interface Entry {
  /** As statements write it: `accuracy`, `roi(…)`. */
  readonly name: string
  readonly description: string
  readonly meaning: MetricMeaning
}

/** Throws `UsageError` where no name matches the pattern. */
export function listMetrics({ pattern, json, columns, style }: ListOptions): string {
  const entries = matching(
    [...entriesOf(metricMeanings, ""), ...entriesOf(subjectMeanings, "(…)")],
    pattern,
    "metric",
  )
  if (json) return `${JSON.stringify(entries.map(asData), null, 1)}\n`
  if (columns === undefined) {
    const lines = entries.map(({ name, meaning: { unit, formula, meaning } }) => [
      name,
      unit,
      formula,
      meaning,
    ])
    return `${alignRows(lines, ["left", "left", "left", "left"]).join("\n")}\n`
  }
  const blocks = entries.flatMap(({ name, meaning: { unit, formula, meaning } }) => [
    `${style.strong(name)}  ${style.faint(unit)}`,
    ...wrapText(formula, columns, 4),
    ...wrapText(meaning, columns, 4).map(style.faint),
  ])
  return `${[...blocks, "", ...wrapText(HINT, columns, 0)].join("\n")}\n`
}

const HINT =
  "In a statement: accuracy > 80% at 95%; for agents, by strategy, role, group or owner: roi(attacker) < 0, or " +
  "attacker.roi < 0; an effect too small to matter: attacker.profit < 0 at 95% margin 1 ATN."

const entriesOf = (meanings: ReadonlyMap<string, MetricMeaning>, subject: string): readonly Entry[] =>
  [...meanings].map(([name, meaning]) => ({
    name: `${name}${subject}`,
    description: meaning.meaning,
    meaning,
  }))

function asData({ name, meaning: { unit, formula, meaning } }: Entry) {
  const ofAgents = name.endsWith("(…)")
  return { name: name.replace("(…)", ""), ofAgents, unit, formula, meaning }
}

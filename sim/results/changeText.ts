/** What a measured change says, in words; where it says nothing, why. */
import { LEAST_TO_MOVE } from "./estimate.ts"
import { type Expression, metricLabel, type MetricTerm, metricTerms } from "./expectation.ts"
import { parseExpression } from "./expectationParser.ts"
import type { ComparisonResult, ExperimentResult, MeasureResult, SettingResult } from "./experimentResult.ts"
import { formatCount } from "./format.ts"
import { metricMeanings } from "./metricMeanings.ts"
import { isSubjectMetric } from "./metrics.ts"
import { listing } from "./sentence.ts"

/** Why nothing can be said of a comparison's change against the base; null where something can. */
export function whyUnknown(
  { change, measure }: MeasureResult,
  { name }: ComparisonResult,
  { settings }: ExperimentResult,
): string | null {
  if (change.moves !== null) return null
  const sides = [
    { setting: "base", defined: change.from.replicates },
    { setting: name, defined: change.to.replicates },
  ].map((side) => ({ ...side, result: settings.find((setting) => setting.name === side.setting) }))
  const empty = sides.filter(({ defined }) => defined === 0)
  if (empty.length > 0) {
    const said = empty.map(({ setting, result }) => ({ setting, why: whyAbsent(measure, result) }))
    const reasons = [...new Set(said.map(({ why }) => why))]
    return reasons.length === 1
      ? `no value in ${listing(said.map(({ setting }) => setting))}${because(reasons[0]!)}`
      : said.map(({ setting, why }) => `no value in ${setting}${because(why)}`).join("; ")
  }
  if (change.difference.replicates === 0) return "no seed has a value in both settings"
  const { replicates } = change.difference
  const enough = `${LEAST_TO_MOVE} replicates at least to tell`
  return sides.every(({ result }) => result?.runs.length === replicates)
    ? enough
    : `${formatCount(replicates, "seed")} with a value in both settings, ${enough}`
}

const because = (why: string): string => (why === "" ? "" : ` because ${why}`)

/** Empty where nothing is known about it. */
function whyAbsent(measure: string, setting: SettingResult | undefined): string {
  if (setting === undefined || setting.runs.length === 0) return "no run has a result"
  const parsed = parseExpression(measure)
  if (parsed._tag === "failed") return ""
  const terms = metricTerms(parsed.value)
  const reasons = terms.flatMap((term) => {
    const why = absence(term, setting)
    if (why === undefined) return []
    return terms.length === 1 ? [why] : [`${metricLabel(term)} has none: ${why}`]
  })
  if (reasons.length === 0 && divides(parsed.value)) return "a divisor is zero"
  return listing([...new Set(reasons)])
}

function absence(term: MetricTerm, { metrics, strategies }: SettingResult): string | undefined {
  const { name, subject } = term
  if (subject === undefined) {
    const value = metrics.find((metric) => metric.name === name)?.value
    if (value !== undefined && value.mean !== null) return undefined
    return metricMeanings.get(name)?.absent ?? "the runs did not measure it"
  }
  if (!isSubjectMetric(name)) return `${name} is no metric of agents`
  const members = strategies.filter((row) => [row.strategy, row.role, row.group].includes(subject))
  if (members.length === 0) return `nobody there is ${subject}`
  const votes = name.endsWith("Rate")
  return votes && members.every((row) => row.votes.mean === 0) ? `nobody of ${subject} voted` : undefined
}

function divides(expression: Expression): boolean {
  switch (expression._tag) {
    case "number":
    case "metric":
      return false
    case "negate":
      return divides(expression.operand)
    case "binary":
      return expression.operator === "/" || divides(expression.left) || divides(expression.right)
  }
}

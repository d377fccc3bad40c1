import { metricTerms } from "../../sim/results/expectation.ts"
import { parseExpression } from "../../sim/results/expectationParser.ts"
import { formatAtn, formatDecimal, formatNumber } from "../../sim/results/format.ts"

/** How a measure is written: values times `scale`, followed by `unit`; differences may have a unit of their own. */
export interface MeasureUnit {
  readonly scale: number
  readonly unit: string
  readonly differenceUnit: string
  /** Formats a value that is already scaled. */
  readonly format: (scaled: number) => string
}

const money: ReadonlySet<string> = new Set([
  "profit",
  "slashed",
  "computeCost",
  "verificationCost",
  "storageCost",
  "gasCost",
])
const shares = /^(?:accuracy|firstAccuracy|backdoorSuccess|.*(?:Rate|Share))$/

const atn: MeasureUnit = { scale: 1, unit: "ATN", differenceUnit: "ATN", format: formatAtn }
const percent: MeasureUnit = {
  scale: 100,
  unit: "%",
  differenceUnit: "percentage points",
  format: (value) => formatDecimal(value, 1),
}
const plain: MeasureUnit = { scale: 1, unit: "", differenceUnit: "", format: formatNumber }

/** The unit of a measure, from the metrics that it names; none where they have different ones. */
export const measureUnit = (measure: string, isShare: boolean): MeasureUnit => {
  if (isShare) return percent
  const parsed = parseExpression(measure)
  if (parsed._tag === "failed" || /[*/]\s*[A-Za-z]/.test(measure.replaceAll(/\([^()]*\)/g, ""))) return plain
  const names = metricTerms(parsed.value).map((term) => term.name)
  if (names.length === 0) return plain
  if (names.every((name) => money.has(name))) return atn
  return names.every((name) => shares.test(name)) ? percent : plain
}

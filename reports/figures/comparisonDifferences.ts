import { LEAST_TO_MOVE } from "../../sim/results/estimate.ts"
import { formatCount, formatSigned } from "../../sim/results/format.ts"
import { runLink, settingLink } from "../anchors.ts"
import type { ComparisonRow } from "../tables/comparisons.ts"
import type { FigureTables } from "../tables/figureTables.ts"
import { wrapText } from "../render/textWidth.ts"
import { type FigureMaker, layersIf } from "./figure.ts"
import { intervalText } from "./intervalText.ts"
import { measureUnit } from "./measureUnit.ts"
import { axisLine, outcomeTones, seriesTones } from "./palette.ts"
import { labelRoom } from "./rows.ts"
import { figureConfig, figureWidth, numberLabels } from "./theme.ts"

const ROW_HEIGHT = 28

const moveOf = (row: ComparisonRow): string =>
  `${row.measure} ${(row.difference ?? 0) < 0 ? "falls" : "rises"} with ${row.comparison}`

const findings = (rows: readonly ComparisonRow[]): string => {
  const judged = rows.filter((row) => row.moves !== null)
  const moved = judged.filter((row) => row.moves === true)
  if (judged.length === 0) return "Differences between settings: too few pairs of runs to tell"
  if (moved.length === 0) {
    return judged.length === 1
      ? "No clear difference: the interval includes zero"
      : `No clear difference: all ${judged.length} intervals include zero`
  }
  const all = moved.length === judged.length
  const quantity = all ? `All ${judged.length}` : `${moved.length} of ${judged.length}`
  const subject =
    judged.length === 1 ? "The difference is" : `${quantity} differences ${moved.length === 1 ? "is" : "are"}`
  const shown = moved.slice(0, 3).map(moveOf).join(", ")
  const rest = moved.length > 3 ? `, and ${moved.length - 3} more` : ""
  return `${subject} clear of zero: ${shown}${rest}`
}

const make: FigureMaker["make"] = (tables: FigureTables) => {
  const rows = tables.comparisons.rows.filter((row) => row.difference !== null)
  if (rows.length === 0) return null
  const comparisons = [...new Set(rows.map((row) => row.comparison))]
  const measures = [...new Set(rows.map((row) => row.measure))]
  const title = findings(rows)
  const panels = measures.map((measure) => {
    const own = rows.filter((row) => row.measure === measure)
    const unit = measureUnit(measure, own[0]?.isShare ?? false)
    const amount = (value: number) => formatSigned(value * unit.scale, unit.format)
    const means = own.map((row) => ({
      kind: "mean",
      comparison: row.comparison,
      difference: (row.difference ?? 0) * unit.scale,
      lower: row.lower === null ? null : row.lower * unit.scale,
      upper: row.upper === null ? null : row.upper * unit.scale,
      moves: row.moves === null ? "too few pairs" : row.moves ? "clear of zero" : "includes zero",
      href: settingLink(row.comparison),
      label: `${measure}, ${row.comparison} minus base: ${amount(row.difference ?? 0)} ${unit.differenceUnit} ${intervalText(row, amount)}, ${formatCount(row.pairs, "pair")}`,
    }))
    const pairs = tables.comparisonPairs.rows
      .filter((row) => row.measure === measure)
      .map((row) => ({
        kind: "pair",
        comparison: row.comparison,
        difference: row.difference * unit.scale,
        href: runLink(row.comparison, row.seed),
        label: `${measure}, ${row.comparison} minus base, seed ${row.seed}: ${amount(row.difference)} ${unit.differenceUnit}`,
      }))
    // A comparison that does not measure this has no row here.
    return { measure, unit, values: [...means, ...pairs], comparisons: own.map((row) => row.comparison) }
  })
  const links = { href: { field: "href" }, description: { field: "label" } } as const
  const color = {
    field: "moves",
    type: "nominal",
    scale: {
      domain: ["clear of zero", "includes zero", "too few pairs"],
      range: [seriesTones[1].light, outcomeTones.neutral.light, outcomeTones.neutral.light],
    },
    legend: null,
  } as const
  const width = figureWidth + 60 - labelRoom(comparisons)
  return {
    name: "comparisonDifferences",
    title,
    description: `Dot plots of the difference between each comparison and the base on the same seeds, one panel for each of the measures ${measures.join(", ")}. ${title}.`,
    note: `Large dots and lines: mean of the differences by seed (comparison minus base, common random numbers) and its 95 % interval (Student's t); orange where zero lies outside, over ${LEAST_TO_MOVE} pairs or more. Small dots: single pairs of runs.`,
    tables: ["comparisons", "comparisonPairs"],
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: figureConfig,
      spacing: 20,
      vconcat: panels.map(({ measure, unit, values, comparisons }) => {
        const y = {
          field: "comparison",
          type: "nominal",
          sort: comparisons,
          scale: { domain: comparisons },
          title: null,
          axis: { labelLimit: 260, ticks: false, domain: false, labelPadding: 8 },
        } as const
        const x = {
          type: "quantitative",
          title: unit.differenceUnit === "" ? "Difference" : `Difference, ${unit.differenceUnit}`,
          axis: { grid: true, tickCount: 7, labelExpr: numberLabels },
          scale: { zero: true },
        } as const
        return {
          data: { values },
          title: {
            text: wrapText(measure, width, 13, true),
            fontSize: 13,
            anchor: "start",
            offset: 6,
            frame: "group",
          },
          width,
          height: comparisons.length * ROW_HEIGHT,
          layer: [
            {
              data: { values: [{}] },
              mark: { type: "rule", color: axisLine.light, strokeWidth: 1.5 },
              encoding: { x: { datum: 0, type: "quantitative" } },
            },
            {
              transform: [{ filter: "datum.kind === 'pair'" }],
              mark: {
                type: "point",
                filled: true,
                size: 24,
                opacity: 0.4,
                color: outcomeTones.neutral.light,
              },
              encoding: { x: { field: "difference", ...x }, y, ...links },
            },
            ...layersIf(
              values.some((value) => "lower" in value && value.lower !== null),
              {
                transform: [{ filter: "datum.kind === 'mean' && datum.lower !== null" }],
                mark: { type: "rule", strokeWidth: 2 },
                encoding: { x: { field: "lower", ...x }, x2: { field: "upper" }, y, color, ...links },
              },
            ),
            {
              transform: [{ filter: "datum.kind === 'mean'" }],
              mark: { type: "point", filled: true, size: 70, opacity: 1 },
              encoding: { x: { field: "difference", ...x }, y, color, ...links },
            },
          ],
        }
      }),
    },
  }
}

/** What each comparison changes, measure by measure, on common random numbers. */
export const comparisonDifferencesFigure: FigureMaker = { name: "comparisonDifferences", make }

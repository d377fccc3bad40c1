import { whyUnknown } from "../../sim/results/changeText.ts"
import type { ComparisonResult, ExperimentResult, MeasureResult } from "../../sim/results/experimentResult.ts"
import {
  type Estimated,
  estimateDecimals,
  formatDecimal,
  sensibleDecimals,
} from "../../sim/results/format.ts"
import { settingLink } from "../anchors.ts"
import { measureUnit } from "../figures/measureUnit.ts"
import { dataTable, estimateCell } from "./dataTable.ts"
import { type Html, html } from "./html.ts"

const clarity = (row: MeasureResult, comparison: ComparisonResult, result: ExperimentResult): string =>
  whyUnknown(row, comparison, result) ?? (row.change.moves === true ? "clear of zero" : "no clear difference")

const signed = (estimate: Estimated, scale: number): Html =>
  estimateCell(estimate, scale, estimate.mean !== null && estimate.mean > 0 ? "+" : "")

const unitOf = ({ measure, isShare }: MeasureResult) => measureUnit(measure, isShare)

/** A mean with the digits that the difference beside it deserves. */
const besideDifference = (mean: number | null, row: MeasureResult, scale: number): string => {
  if (mean === null) return "–"
  const { unit } = unitOf(row)
  const { mean: center, lower, upper } = row.change.difference
  const decimals = estimateDecimals({
    mean: center === null ? mean * scale : center * scale,
    lower: lower === null ? null : lower * scale,
    upper: upper === null ? null : upper * scale,
  })
  // A level is worth two decimals however wide the interval of the difference, and shares one.
  const least = unit === "%" ? 1 : Math.min(2, sensibleDecimals(mean * scale))
  const text = formatDecimal(mean * scale, Math.max(least, decimals))
  return unit === "%" ? `${text} %` : text
}

const comparisonTable = (comparison: ComparisonResult, result: ExperimentResult): Html => {
  return dataTable<MeasureResult>({
    caption: html`<a href="${settingLink(comparison.name)}">${comparison.name}</a
      >${comparison.question === "" ? null : html`: ${comparison.question}`} Mean of the differences by seed
      with 95 % interval.`,
    columns: [
      { heading: "Measure", rowHeading: true, cell: ({ measure }) => html`<code>${measure}</code>` },
      { heading: "Unit of the difference", cell: (row) => unitOf(row).differenceUnit },
      {
        heading: "Base",
        numeric: true,
        cell: (row) => besideDifference(row.change.from.mean, row, unitOf(row).scale),
      },
      {
        heading: "Comparison",
        numeric: true,
        cell: (row) => besideDifference(row.change.to.mean, row, unitOf(row).scale),
      },
      {
        heading: "Difference",
        numeric: true,
        cell: (row) => signed(row.change.difference, unitOf(row).scale),
      },
      { heading: "Says", cell: (row) => clarity(row, comparison, result) },
      { heading: "Pairs", numeric: true, cell: (row) => row.change.difference.replicates },
    ],
    rows: comparison.measures,
  })
}

const changesList = ({ changes }: ComparisonResult): Html | null => {
  const paths = Object.keys(changes)
  return paths.length === 0
    ? null
    : html`<p class="why">
        Changed against the base:
        ${paths.map((path, index) => [index === 0 ? null : "; ", html`<code>${path} = ${JSON.stringify(changes[path])}</code>`])}.
      </p>`
}

/** What each comparison changed, and what that changed. */
export const comparisonsSection = (result: ExperimentResult): Html | null =>
  result.comparisons.length === 0
    ? null
    : html`<section aria-labelledby="comparisons">
        <h2 id="comparisons">Comparisons</h2>
        <p>
          Both settings ran on the same seeds (common random numbers), so that the difference between them is
          not the luck of the draw.
        </p>
        ${result.comparisons.map((comparison) => [comparisonTable(comparison, result), changesList(comparison)])}
      </section> `

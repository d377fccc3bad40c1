import type { ComparisonResult, ExperimentResult, MeasureResult } from "../../sim/results/experimentResult.ts"
import { type Estimated, estimateDecimals, formatDecimal, formatEstimate } from "../../sim/results/format.ts"
import { settingLink } from "../anchors.ts"
import { measureUnit } from "../figures/measureUnit.ts"
import { dataTable } from "./dataTable.ts"
import { type Html, html } from "./html.ts"

const clarity = (moves: boolean | null): string =>
  moves === null ? "no interval" : moves ? "clear of zero" : "no clear difference"

/** Signed, with as many digits as its interval deserves. */
const signedEstimate = (estimate: Estimated, scale: number): string => {
  const text = formatEstimate(estimate, scale)
  return estimate.mean !== null && estimate.mean > 0 ? `+${text}` : text
}

const plain = ({ mean, lower, upper }: Estimated, scale: number): string =>
  mean === null
    ? "–"
    : formatDecimal(
        mean * scale,
        estimateDecimals({
          mean: mean * scale,
          lower: lower === null ? null : lower * scale,
          upper: upper === null ? null : upper * scale,
        }),
      )

const comparisonTable = (comparison: ComparisonResult): Html => {
  const unitOf = ({ measure, isShare }: MeasureResult) => measureUnit(measure, isShare)
  return dataTable<MeasureResult>({
    caption: html`<a href="${settingLink(comparison.name)}">${comparison.name}</a
      >${comparison.question === "" ? null : html`: ${comparison.question}`} Mean of the differences by seed
      with 95 % interval.`,
    columns: [
      { heading: "Measure", rowHeading: true, cell: ({ measure }) => html`<code>${measure}</code>` },
      { heading: "Unit", cell: (row) => unitOf(row).differenceUnit },
      { heading: "Base", numeric: true, cell: (row) => plain(row.change.from, unitOf(row).scale) },
      { heading: "Comparison", numeric: true, cell: (row) => plain(row.change.to, unitOf(row).scale) },
      {
        heading: "Difference",
        numeric: true,
        cell: (row) => signedEstimate(row.change.difference, unitOf(row).scale),
      },
      { heading: "Says", cell: (row) => clarity(row.change.moves) },
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
        ${result.comparisons.map((comparison) => [comparisonTable(comparison), changesList(comparison)])}
      </section> `

import type { ExpectationResult, ExperimentResult } from "../../sim/results/experimentResult.ts"
import { estimateDecimals, formatDecimal, formatPercent } from "../../sim/results/format.ts"
import { dataTable } from "./dataTable.ts"
import { type Html, html } from "./html.ts"
import { verdictBadge } from "./verdictSection.ts"

const decimalsOf = ({ difference, lower, upper }: ExpectationResult): number =>
  Math.max(2, estimateDecimals({ mean: difference, lower, upper }))

const value = (row: ExpectationResult, number: number | null): string =>
  number === null ? "–" : formatDecimal(number, decimalsOf(row))

const bound = (row: ExpectationResult, number: number | null, unbounded: string): string =>
  number === null ? unbounded : formatDecimal(number, decimalsOf(row))

/** Every expectation with its verdict and the numbers behind it. */
export const expectationsSection = (result: ExperimentResult): Html | null =>
  result.expectations.length === 0
    ? null
    : html`<section aria-labelledby="expectations">
        <h2 id="expectations">Expectations</h2>
        ${dataTable({
          caption:
            "Each expectation is judged on left − right, taken run by run. It holds (or fails) when the one-sided bound at its confidence lies on the right (or wrong) side of zero; otherwise it is undecided. Money in ATN.",
          columns: [
            {
              heading: "Expectation",
              rowHeading: true,
              cell: (row) => [
                html`<code>${row.statement}</code>`,
                row.why === null ? null : html`<br /><span class="why">${row.why}</span>`,
                row.note === "" ? null : html`<br /><span class="why">Note: ${row.note}</span>`,
              ],
            },
            { heading: "Verdict", cell: (row) => verdictBadge(row.verdict) },
            { heading: "Left", numeric: true, cell: (row) => value(row, row.left) },
            { heading: "Right", numeric: true, cell: (row) => value(row, row.right) },
            { heading: "Left − right", numeric: true, cell: (row) => value(row, row.difference) },
            {
              heading: "Bounds",
              numeric: true,
              cell: (row) => `[${bound(row, row.lower, "−∞")}, ${bound(row, row.upper, "∞")}]`,
            },
            { heading: "Confidence", numeric: true, cell: (row) => formatPercent(row.confidence, 0) },
            { heading: "n", numeric: true, cell: (row) => row.replicates },
          ],
          rows: result.expectations,
        })}
      </section> `

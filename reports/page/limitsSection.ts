import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import { formatNumber } from "../../sim/results/format.ts"
import type { CostMarginRow } from "../tables/costMargins.ts"
import type { Table } from "../tables/table.ts"
import { dataTable } from "./dataTable.ts"
import { type Html, html } from "./html.ts"
import { limitations } from "./limits.ts"

/** Smaller factors than these are worth a line; a price that may rise a hundredfold decides nothing. */
const WORTH_SHOWING = 100

const factor = (value: number | null): string => (value === null ? "–" : `× ${formatNumber(value)}`)

/** Where the conclusion ends: what is modelled, what was not tried, and how far prices may move. */
export const limitsSection = (result: ExperimentResult, margins: Table<CostMarginRow>): Html => {
  const rows = margins.rows
    .filter((row) => row.factor < WORTH_SHOWING)
    .toSorted((a, b) => Math.abs(Math.log(a.factor)) - Math.abs(Math.log(b.factor)))
  return html`<section aria-labelledby="limits">
    <h2 id="limits">What this does not show</h2>
    <ul>
      ${limitations(result).map((statement) => html`<li>${statement}</li>`)}
    </ul>
    ${
      rows.length === 0
        ? null
        : dataTable<CostMarginRow>({
            caption:
              "How far a price may move before a strategy's mean profit is zero, if everybody goes on acting as before; the tightest first. The last column takes the end of the profit's 95 % interval that is nearer to zero.",
            columns: [
              { heading: "Strategy", rowHeading: true, cell: (row) => row.strategy },
              { heading: "Setting", cell: (row) => row.setting },
              { heading: "Price of", cell: (row) => row.cost },
              { heading: "Zero profit at", numeric: true, cell: (row) => factor(row.factor) },
              { heading: "Cautiously", numeric: true, cell: (row) => factor(row.cautiousFactor) },
            ],
            rows,
          })
    }
  </section> `
}

import { printExpression } from "../../sim/results/expectation.ts"
import { parseExpectation } from "../../sim/results/expectationParser.ts"
import type { ExpectationResult, ExperimentResult } from "../../sim/results/experimentResult.ts"
import { estimateDecimals, formatDecimal, formatPercent } from "../../sim/results/format.ts"
import { measureUnit, type MeasureUnit } from "../figures/measureUnit.ts"
import { dataTable } from "./dataTable.ts"
import { type Html, html } from "./html.ts"
import { verdictBadge } from "./verdictSection.ts"

/** The unit of both sides, where they have one in common: shares are shown in percent, amounts in ATN. */
const unitOf = ({ statement }: ExpectationResult): MeasureUnit => {
  const parsed = parseExpectation(statement)
  if (parsed._tag === "failed") return measureUnit("", false)
  const [left, right] = [parsed.value.left, parsed.value.right].map(printExpression)
  return measureUnit(`(${left}) - (${right})`, false)
}

const decimalsOf = ({ difference, lower, upper }: ExpectationResult, scale: number): number => {
  const scaled = (number: number | null) => (number === null ? null : number * scale)
  const estimate = { mean: scaled(difference), lower: scaled(lower), upper: scaled(upper) }
  return Math.max(scale === 1 ? 2 : 1, estimateDecimals(estimate))
}

const amount = (row: ExpectationResult, number: number): string => {
  const { scale } = unitOf(row)
  return formatDecimal(number * scale, decimalsOf(row, scale))
}

/** Levels of shares are percent, their differences percentage points. */
const level = (row: ExpectationResult, number: number | null): string =>
  number === null ? "–" : `${amount(row, number)}${unitOf(row).unit === "%" ? " %" : ""}`

const difference = (row: ExpectationResult): string =>
  row.difference === null ? "–" : `${amount(row, row.difference)}${unitOf(row).unit === "%" ? " points" : ""}`

const bound = (row: ExpectationResult, number: number | null, unbounded: string): string =>
  number === null ? unbounded : amount(row, number)

/** Every expectation with its verdict and the numbers behind it. */
export const expectationsSection = (result: ExperimentResult): Html | null =>
  result.expectations.length === 0
    ? null
    : html`<section aria-labelledby="expectations">
        <h2 id="expectations">Expectations</h2>
        ${dataTable({
          caption:
            "Each expectation is judged on left − right, taken run by run. It holds (or fails) when the one-sided bound at its confidence lies on the right (or wrong) side of zero; otherwise it is undecided, as it is with fewer replicates than its confidence needs (5 at 95 %, 7 at 99 %: nothing is surer than so many coins that all fell alike). It is negligible where both bounds lie within the margin that the statement names: no effect larger than that. With a margin, or where one looked several times, bounds are as much wider as keeps the error of the statement over all looks and claims. Money in ATN; shares in percent, their differences in percentage points.",
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
            { heading: "Left", numeric: true, cell: (row) => level(row, row.left) },
            { heading: "Right", numeric: true, cell: (row) => level(row, row.right) },
            { heading: "Left − right", numeric: true, cell: difference },
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

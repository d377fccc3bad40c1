import { type Estimated, estimateText } from "../../sim/results/format.ts"
import type { Fragment, Html } from "./html.ts"
import { html } from "./html.ts"

export interface Column<Row> {
  readonly heading: Fragment
  /** Numbers stand right, words left. */
  readonly numeric?: boolean
  /** The cell that names the row. */
  readonly rowHeading?: boolean
  readonly cell: (row: Row) => Fragment
}

export interface DataTableOptions<Row> {
  readonly caption: Fragment
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  /** Identifier of a row, as an anchor. */
  readonly rowId?: (row: Row) => string | null
}

const align = (numeric: boolean | undefined): Html | null => (numeric === true ? html` class="number"` : null)

/** A table with a caption, scoped headings, and room to scroll sideways on narrow screens. */
export const dataTable = <Row>({ caption, columns, rows, rowId }: DataTableOptions<Row>): Html => {
  const header = columns.map(
    ({ heading, numeric }) => html`<th scope="col" ${align(numeric)}>${heading}</th>`,
  )
  const body = rows.map((row) => {
    const id = rowId?.(row) ?? null
    const cells = columns.map(({ cell, numeric, rowHeading }) =>
      rowHeading === true
        ? html`<th scope="row" ${align(numeric)}>${cell(row)}</th>`
        : html`<td${align(numeric)}>${cell(row)}</td>`,
    )
    return html`<tr${id === null ? null : html` id="${id}"`}>${cells}</tr>\n`
  })
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Table">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${header}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div> `
}

/** An estimate in a cell: the mean in full view, its interval beside it and smaller. */
export const estimateCell = (estimate: Estimated, scale = 1, prefix = ""): Html => {
  const { mean, interval } = estimateText(estimate, scale)
  return html`${prefix}${mean}${interval === null ? null : html` <small class="interval">${interval}</small>`}`
}

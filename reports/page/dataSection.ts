import { formatInteger } from "../../sim/results/format.ts"
import { embedTables } from "../data/jsonData.ts"
import type { AnyTable } from "../tables/table.ts"
import { dataTable } from "./dataTable.ts"
import { Html, html } from "./html.ts"

/** What data there are, where they lie beside the page, and those of them that the page itself carries: what fits into `limitBytes`. */
export const dataSection = (tables: readonly AnyTable[], limitBytes: number): Html => {
  const { json, embedded, leftOut } = embedTables(tables, limitBytes)
  const inPage = new Set(embedded)
  return html`<section aria-labelledby="data">
    <h2 id="data">Data</h2>
    <p>
      The tables lie beside this page as Parquet and CSV. This file carries
      ${leftOut.length === 0 ? "all of them" : "most of them"} too, in the element
      <code>#report-data</code>
      (JSON)${leftOut.length === 0 ? null : `; the largest are only beside it: ${leftOut.join(", ")}`}.
    </p>
    ${dataTable<AnyTable>({
      caption: "Tables of this report.",
      columns: [
        { heading: "Table", rowHeading: true, cell: (table) => html`<code>${table.name}</code>` },
        { heading: "What a row is", cell: (table) => table.caption },
        { heading: "Rows", numeric: true, cell: (table) => formatInteger(table.rows.length) },
        { heading: "In this page", cell: (table) => (inPage.has(table.name) ? "yes" : "no") },
        {
          heading: "Files",
          cell: (table) =>
            html`<a href="data/${table.name}.parquet">Parquet</a>, <a href="data/${table.name}.csv">CSV</a>`,
        },
      ],
      rows: tables,
    })}
    <script type="application/json" id="report-data">
      ${Html.trusted(json)}
    </script>
  </section> `
}

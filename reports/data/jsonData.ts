import type { AnyTable } from "../tables/table.ts"

/** A table by columns: shorter than rows, and what a notebook wants. */
const byColumns = (table: AnyTable): string =>
  JSON.stringify({
    name: table.name,
    caption: table.caption,
    columns: Object.entries(table.columns).map(([name, column]) => ({
      name,
      ...column,
      values: table.rows.map((row) => row[name] ?? null),
    })),
  })

/** What could end the script element, break JavaScript's lines, or turn the direction of the text around it. */
const risky = /[<>&\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/** The same JSON with every risky character escaped; it decodes to equal values. */
export const safeInScript = (json: string): string =>
  json.replace(risky, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)

export interface EmbeddedData {
  /** For a `<script type="application/json">`. */
  readonly json: string
  readonly embedded: readonly string[]
  /** Tables that would have made the page too large. */
  readonly leftOut: readonly string[]
}

/** As many tables as fit into `limitBytes`, in the order given; a table is in the page whole or not at all. */
export const embedTables = (tables: readonly AnyTable[], limitBytes: number): EmbeddedData => {
  const parts: string[] = []
  const embedded: string[] = []
  const leftOut: string[] = []
  let size = 0
  for (const table of tables) {
    const part = safeInScript(byColumns(table))
    const bytes = Buffer.byteLength(part)
    if (size + bytes > limitBytes) leftOut.push(table.name)
    else {
      size += bytes
      parts.push(part)
      embedded.push(table.name)
    }
  }
  return { json: `[${parts.join(",\n")}]`, embedded, leftOut }
}

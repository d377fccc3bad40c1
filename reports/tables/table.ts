/**
 * A tidy table: one observation a row, one variable a column, plain cells. The first stage of every report, and the
 * form in which its data leaves it (Parquet, CSV, and inside the page).
 */

export type Cell = string | number | boolean | null

export type CellType = "text" | "integer" | "number" | "boolean"

export interface Column {
  readonly type: CellType
  /** What the column means, with its unit. */
  readonly meaning: string
}

/** A row type for tables whose columns are not known by name. */
export type AnyRow = Readonly<Record<string, Cell>>

export interface Table<Row> {
  /** File name without extension, and the name under which the page carries the data. */
  readonly name: string
  /** One sentence: what a row is. */
  readonly caption: string
  /** In the order in which they are written. */
  readonly columns: { readonly [K in keyof Row & string]: Column }
  readonly rows: readonly Row[]
}

/** Any table, when only its shape matters. */
export type AnyTable = Table<AnyRow>

export const text = (meaning: string): Column => ({ type: "text", meaning })
export const integer = (meaning: string): Column => ({ type: "integer", meaning })
export const number = (meaning: string): Column => ({ type: "number", meaning })
export const boolean = (meaning: string): Column => ({ type: "boolean", meaning })

/** The columns that say which run a row is from. */
export const runColumns = {
  setting: text("base, or the name of a comparison of the scenario"),
  seed: integer("seed of the run"),
} as const

/** Order by code units: the same everywhere, unlike localeCompare. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

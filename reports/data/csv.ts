import type { AnyTable, Cell } from "../tables/table.ts"

const field = (value: Cell): string => {
  if (value === null) return ""
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A table as CSV by RFC 4180, with a heading; null is an empty field. */
export const tableToCsv = (table: AnyTable): string => {
  const names = Object.keys(table.columns)
  const lines = [names, ...table.rows.map((row) => names.map((name) => row[name] ?? null))]
  return lines.map((cells) => `${cells.map(field).join(",")}\r\n`).join("")
}

/** Rows in aligned columns of a page that may be narrower than they are: cells of words are broken into lines. */
import { alignRows, widthOf, wrapText, type Alignment } from "./terminal.ts"

/** Between columns. */
const GAP = 2

/** The lines of each row. Without `columns` the page is as wide as it takes; words are never broken. */
export function fitRows(
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[],
  columns: number | undefined,
): readonly (readonly string[])[] {
  const widths = fittingWidths(rows, alignments.length, columns ?? Number.POSITIVE_INFINITY)
  const broken = rows.map((row) => row.map((cell, column) => wrapText(cell, widths[column] ?? 0, 0)))
  const heights = broken.map((cells) => Math.max(...cells.map(({ length }) => length)))
  const lines = broken.flatMap((cells, index) =>
    Array.from({ length: heights[index]! }, (_, line) => cells.map((parts) => parts[line] ?? "")),
  )
  const aligned = alignRows(lines, alignments)
  let from = 0
  return heights.map((height) => aligned.slice(from, (from += height)))
}

/** The widest column gives way, as long as one can. */
function fittingWidths(
  rows: readonly (readonly string[])[],
  count: number,
  columns: number,
): readonly number[] {
  const widest = (measure: (cell: string) => number) =>
    Array.from({ length: count }, (_, column) =>
      Math.max(0, ...rows.map((row) => measure(row[column] ?? ""))),
    )
  const widths = widest(widthOf)
  const least = widest((cell) => Math.max(...cell.split(" ").map(widthOf)))
  while (widths.reduce((sum, width) => sum + width, GAP * (count - 1)) > columns) {
    const loose = widths.map((width, column) => (width > least[column]! ? width : 0))
    const most = Math.max(...loose)
    if (most === 0) break
    widths[loose.indexOf(most)] = most - 1
  }
  return widths
}

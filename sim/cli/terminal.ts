/** Colours and widths of a terminal. Colours carry no meaning alone: every verdict is also a word. */

export interface Style {
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  readonly unsure: (text: string) => string
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
}

/** Colours for a terminal that has not asked for none (https://no-color.org). */
export function styleFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Style {
  const plain = stream.isTTY !== true || (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb"
  const paint = (code: number) => (text: string) => (plain ? text : `\u001b[${code}m${text}\u001b[0m`)
  return { good: paint(32), bad: paint(31), unsure: paint(33), strong: paint(1), faint: paint(2) }
}

// eslint-disable-next-line no-control-regex -- the escape character is what is looked for
const ESCAPES = /\u001b\[\d+m/g

/** Columns that a text takes. Every character here is one column wide. */
export function widthOf(text: string): number {
  return [...text.replaceAll(ESCAPES, "")].length
}

/** Words in lines of at most so many columns, indented; a longer word has a line of its own. Columns of a table stay. */
export function wrapText(text: string, columns: number, indent: number): readonly string[] {
  const margin = " ".repeat(indent)
  if (widthOf(text) + indent <= columns) return [margin + text]
  const lines: string[] = []
  let line = ""
  for (const word of text.split(/ +/)) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) + indent > columns) {
      lines.push(margin + line)
      line = word
    } else line = line === "" ? word : `${line} ${word}`
  }
  return [...lines, margin + line]
}

export type Alignment = "left" | "right"

/** Rows in aligned columns, two spaces apart. */
export function alignRows(
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[],
): readonly string[] {
  const widths = alignments.map((_, column) => Math.max(0, ...rows.map((row) => widthOf(row[column] ?? ""))))
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const gap = " ".repeat((widths[column] ?? 0) - widthOf(cell))
        return alignments[column] === "right" ? gap + cell : cell + gap
      })
      .join("  ")
      .trimEnd(),
  )
}

/**
 * The width of text without a canvas: advance widths of Helvetica, which Arial and Liberation Sans share, in
 * thousandths of the font size (Adobe's font metrics for Helvetica, ASCII 32 to 126). Vega lays figures out with it.
 */
import * as vega from "vega"

/** Fonts of figures: all three have these widths, so that labels stay where they were laid out. */
export const figureFont = "Arial, 'Liberation Sans', Helvetica, sans-serif"

// prettier-ignore
const asciiWidths: readonly number[] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
  556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
  556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]

const FIRST_ASCII = 32
/** For letters beyond ASCII: wider than most Latin, Greek and Cyrillic ones. */
const OTHER_WIDTH = 700
/** From here on scripts are set in full-width characters, or nearly so. */
const FIRST_FULL_WIDTH = 0x1100
const BOLD_FACTOR = 1.08

/** Width in pixels of one line of text. */
export const textWidth = (text: string, fontSizePx: number, bold = false): number => {
  let thousandths = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code === 0x2212) thousandths += 584
    else if (code >= 0x2010 && code <= 0x2027) thousandths += 556
    else thousandths += asciiWidths[code - FIRST_ASCII] ?? (code < FIRST_FULL_WIDTH ? OTHER_WIDTH : 1000)
  }
  return (thousandths / 1000) * fontSizePx * (bold ? BOLD_FACTOR : 1)
}

/** Breaks text at spaces into lines no wider than `widthPx`; a longer word gets a line of its own. */
export const wrapText = (text: string, widthPx: number, fontSizePx: number, bold = false): string[] => {
  const lines: string[] = []
  for (const word of text.split(" ")) {
    const last = lines.at(-1)
    const joined = `${last ?? ""} ${word}`
    if (last !== undefined && textWidth(joined, fontSizePx, bold) <= widthPx) lines[lines.length - 1] = joined
    else lines.push(word)
  }
  return lines
}

interface TextItem {
  readonly fontSize?: number
  readonly fontWeight?: string | number
}

const isBold = (weight: string | number | undefined): boolean =>
  weight === "bold" || (typeof weight === "number" && weight >= 600)

/** Lets Vega measure text by this table instead of a guess by the number of characters. */
export const measureTextInVega = (): void => {
  // Exported by Vega, missing from its types.
  const { textMetrics } = vega as unknown as {
    textMetrics: { width: (item: TextItem, text: string) => number }
  }
  textMetrics.width = (item, text) => textWidth(`${text}`, item.fontSize ?? 11, isBold(item.fontWeight))
}

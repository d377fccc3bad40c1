import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { fitRows } from "../../sim/cli/fitRows.ts"
import { widthOf } from "../../sim/cli/terminal.ts"

describe("rows on a page", () => {
  const rows = [
    ["attack", "capital"],
    ["Capability-score inflation or suppression", "1,000"],
  ]

  test("break words of the widest column where the page is narrow, and nothing where it is wide enough", () => {
    expect(fitRows(rows, ["left", "right"], undefined).map(({ length }) => length)).toEqual([1, 1])
    expect(fitRows(rows, ["left", "right"], 30)).toEqual([
      ["attack            capital"],
      ["Capability-score    1,000", "inflation or", "suppression"],
    ])
  })

  test("keep to the page, unless a word alone is wider, and lose no word", () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/)
    const cell = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(" "))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 14, max: 60 }),
        (table, columns) => {
          const lines = fitRows(table, ["left", "left"], columns).flat()
          expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns)
          const words = (texts: readonly string[]) =>
            texts
              .flatMap((text) => text.split(/ +/))
              .filter((text) => text !== "")
              .sort()
          expect(words(lines)).toEqual(words(table.flat()))
        },
      ),
    )
  })
})

import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { runAnchor } from "../../reports/anchors.ts"
import { tableToCsv } from "../../reports/data/csv.ts"
import { embedTables, safeInScript } from "../../reports/data/jsonData.ts"
import { textWidth, wrapText } from "../../reports/render/textWidth.ts"
import { costMarginsTable } from "../../reports/tables/costMargins.ts"
import { figureTables, tableList } from "../../reports/tables/figureTables.ts"
import type { ProfitPartRow } from "../../reports/tables/profitParts.ts"
import { text, type AnyTable, type Cell, type CellType, type Table } from "../../reports/tables/table.ts"
import { syntheticExperiment } from "./syntheticExperiment.ts"

const { result, runs } = syntheticExperiment({ seeds: [1, 2, 3], rounds: 3 })
const tables = figureTables(result, runs)

const fits = (cell: NonNullable<Cell>, type: CellType): boolean => {
  if (type === "text") return typeof cell === "string"
  if (type === "boolean") return typeof cell === "boolean"
  return typeof cell === "number" && (type === "number" || Number.isSafeInteger(cell))
}

describe("tables of a report", () => {
  test("have a row type that their columns describe, cell by cell", () => {
    const misfits: unknown[] = []
    for (const table of tableList(tables)) {
      for (const row of table.rows) expect(Object.keys(row).sort()).toEqual(Object.keys(table.columns).sort())
      for (const [name, { type, meaning }] of Object.entries(table.columns)) {
        expect(meaning.length).toBeGreaterThan(3)
        for (const row of table.rows) {
          const cell = row[name] ?? null
          if (cell !== null && !fits(cell, type)) misfits.push([table.name, name, cell])
        }
      }
    }
    expect(misfits).toEqual([])
  })

  test("agree with the experiment's own statistics", () => {
    for (const setting of result.settings) {
      for (const { strategy, profitAtn, slashedAtn } of setting.strategies) {
        const row = tables.strategies.rows.find(
          (each) => each.setting === setting.name && each.strategy === strategy,
        )
        expect(row?.profitMean).toBeCloseTo(profitAtn.mean ?? Number.NaN, 6)
        expect(row?.profitLower).toBeCloseTo(profitAtn.lower ?? Number.NaN, 6)
        expect(row?.slashedUpper).toBeCloseTo(slashedAtn.upper ?? Number.NaN, 6)
      }
    }
    for (const row of tables.comparisons.rows) {
      const pairs = tables.comparisonPairs.rows.filter(
        (pair) => pair.comparison === row.comparison && pair.measure === row.measure,
      )
      expect(pairs).toHaveLength(row.pairs)
      const mean = pairs.reduce((sum, pair) => sum + pair.difference, 0) / pairs.length
      expect(mean).toBeCloseTo(row.difference ?? Number.NaN, 9)
    }
  })

  test("count every vote once, and every part of profit", () => {
    const counted = tables.strategyRuns.rows.reduce((sum, row) => sum + row.votes, 0)
    expect(counted).toBe(tables.votes.rows.length)
    for (const row of tables.strategyRuns.rows) {
      expect(row.votesWithConsensus + row.votesAgainstConsensus + row.votesWithoutConsensus).toBe(row.votes)
    }
    for (const row of tables.agents.rows) {
      const parts =
        row.balanceAtn +
        row.stakeAtn +
        row.claimableAtn +
        row.projectTokensAtn +
        row.computeAtn +
        row.verificationAtn +
        row.storageAtn +
        row.gasAtn
      expect(parts).toBeCloseTo(row.profitAtn, 6)
    }
  })

  test("average only steps that every run of a setting reached", () => {
    const [first, ...rest] = runs
    if (first === undefined) throw new Error("no run")
    const last = first.profitOverTime.at(-1)?.timeSeconds
    const shortened = {
      ...first,
      profitOverTime: first.profitOverTime.filter((sample) => sample.timeSeconds !== last),
    }
    const steps = (of: typeof tables) =>
      Math.max(
        ...of.profitByStrategyOverTime.rows
          .filter((row) => row.setting === first.setting)
          .map((row) => row.step),
      )
    expect(steps(tables)).toBe(2)
    expect(steps(figureTables(result, [shortened, ...rest]))).toBe(1)
  })
})

describe("the margin of a price", () => {
  test("is the factor at which mean profit is zero", () => {
    const amount = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100)
    const cost = fc.integer({ min: 1, max: 100_000 }).map((cents) => cents / 100)
    fc.assert(
      fc.property(amount, cost, (otherIncome, costAtn) => {
        const part = (name: string, mean: number): ProfitPartRow => ({
          setting: "base",
          strategy: "solver/honest",
          part: name,
          runs: 5,
          mean,
          lower: mean - 1,
          upper: mean + 1,
        })
        const parts: Table<ProfitPartRow> = {
          ...tables.profitParts,
          rows: [part("training cost", -costAtn), part("profit", otherIncome - costAtn)],
        }
        const [margin] = costMarginsTable(parts).rows
        if (otherIncome < -1e-9) expect(margin).toBeUndefined()
        else expect(otherIncome - (margin?.factor ?? Number.NaN) * costAtn).toBeCloseTo(0, 6)
      }),
    )
  })
})

describe("data", () => {
  const oneColumn = (name: string, cells: readonly string[]): AnyTable => ({
    name,
    caption: "",
    columns: { cell: text("anything") },
    rows: cells.map((cell) => ({ cell })),
  })

  test("in the page survive any text and never end their element", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 8 }), { maxLength: 8 }), (cells) => {
        const json = safeInScript(JSON.stringify(cells))
        expect(json).not.toMatch(/[<>&\u2028\u2029]/)
        expect(JSON.parse(json)).toEqual(cells)
      }),
    )
  })

  test("are in the page whole or not at all, within the limit", () => {
    const small = oneColumn("small", ["a"])
    const large = oneColumn("large", ["x".repeat(10_000)])
    const { json, embedded, leftOut } = embedTables([small, large, { ...small, name: "last" }], 2_000)
    expect([embedded, leftOut]).toEqual([["small", "last"], ["large"]])
    expect(JSON.parse(json)).toHaveLength(2)
  })

  test("in CSV read back, whatever quotes and line breaks they hold", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (cell) => {
        const line = tableToCsv(oneColumn("t", [cell])).slice("cell\r\n".length, -2)
        const back = line.startsWith('"') ? line.slice(1, -1).replaceAll('""', '"') : line
        expect(back).toBe(cell)
        if (!line.startsWith('"')) expect(line).not.toMatch(/[",\r\n]/)
      }),
    )
  })
})

describe("anchors", () => {
  test("of different runs differ, and are identifiers that need no escaping", () => {
    const name = fc.string({ unit: "binary", maxLength: 8 })
    fc.assert(
      fc.property(name, name, fc.nat(99), fc.nat(99), (a, b, i, j) => {
        expect(runAnchor(a, i)).toMatch(/^run-[A-Za-z0-9_-]*$/)
        if (a !== b || i !== j) expect(runAnchor(a, i)).not.toBe(runAnchor(b, j))
      }),
    )
  })
})

describe("text in figures", () => {
  test("is broken into lines that fit and lose no word", () => {
    const words = fc.array(fc.stringMatching(/^[a-zA-Z0-9/%.]{1,12}$/), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(words, (list) => {
        const lines = wrapText(list.join(" "), 200, 12)
        expect(lines.join(" ")).toBe(list.join(" "))
        for (const line of lines) {
          if (line.includes(" ")) expect(textWidth(line, 12)).toBeLessThanOrEqual(200)
        }
      }),
    )
  })

  test("is as wide as its font says", () => {
    expect(textWidth("0123456789", 10)).toBeCloseTo(55.6, 9)
    expect(textWidth("iiii", 10)).toBeLessThan(textWidth("MMMM", 10))
  })
})

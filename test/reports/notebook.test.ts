import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { type FigureTables, figureTables } from "../../reports/tables/figureTables.ts"
import { syntheticExperiment } from "./syntheticExperiment.ts"

interface Cell {
  readonly cell_type: string
  readonly id: string
  readonly source: readonly string[]
  readonly outputs?: readonly unknown[]
  readonly execution_count?: number | null
}

interface Notebook {
  readonly nbformat: number
  readonly nbformat_minor: number
  readonly metadata: { readonly kernelspec: { readonly name: string } }
  readonly cells: readonly Cell[]
}

const notebook = JSON.parse(
  readFileSync(new URL("../../notebooks/first-run.ipynb", import.meta.url), "utf8"),
) as Notebook

const { result, runs } = syntheticExperiment({ seeds: [1, 2], rounds: 1 })
const tables = figureTables(result, runs)
const code = notebook.cells.filter((cell) => cell.cell_type === "code").map((cell) => cell.source.join(""))

const isTable = (name: string): name is keyof FigureTables & string => Object.hasOwn(tables, name)

/** Python strings that a piece of code holds. */
const strings = (source: string): string[] => [...source.matchAll(/"([^"]*)"/g)].map(([, text = ""]) => text)

describe("the notebook", () => {
  test("has the form of nbformat 4.5: named cells, code without leftovers of a run", () => {
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5])
    expect(notebook.metadata.kernelspec.name).toBe("python3")
    expect(new Set(notebook.cells.map(({ id }) => id)).size).toBe(notebook.cells.length)
    for (const cell of notebook.cells) {
      expect(cell.id).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
      expect(["markdown", "code"]).toContain(cell.cell_type)
      if (cell.cell_type === "code") expect([cell.outputs, cell.execution_count]).toEqual([[], null])
      for (const line of cell.source.slice(0, -1)) expect(line.endsWith("\n")).toBe(true)
    }
  })

  test("reads only tables that a report writes", () => {
    const names = code.flatMap((source) =>
      [...source.matchAll(/table\("([^"]+)"\)/g)].map(([, name = ""]) => name),
    )
    expect(names.length).toBeGreaterThan(3)
    for (const name of names) expect(isTable(name)).toBe(true)
  })

  test("names only columns that the tables of its cell have", () => {
    for (const source of code.slice(1)) {
      const read = [...source.matchAll(/table\("([^"]+)"\)/g)].map(([, name = ""]) => name)
      const columns = read.flatMap((name) => (isTable(name) ? Object.keys(tables[name].columns) : []))
      const inBrackets = [...source.matchAll(/\[([^[\]]*)\]/g)].flatMap(([, list = ""]) => strings(list))
      const known = new Set([...columns, "base"])
      expect(inBrackets.filter((name) => !known.has(name))).toEqual([])
    }
  })
})

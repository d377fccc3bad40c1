/** What test files of contracts import from vitest, for `bench.ts`: it only collects, and expects as vitest does. */
import { createRequire } from "node:module"
import { pathToFileURL } from "node:url"
import { format } from "node:util"

export type Hook = () => unknown

export interface Suite {
  readonly name: string
  readonly beforeAll: Hook[]
  readonly beforeEach: Hook[]
  readonly afterEach: Hook[]
  readonly afterAll: Hook[]
}

export interface TestCase {
  /** Of the suites around it, outermost first, and its own. */
  readonly names: readonly string[]
  readonly suites: readonly Suite[]
  readonly run: () => unknown
}

const newSuite = (name: string): Suite => {
  return { name, beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] }
}

let stack: Suite[] = [newSuite("")]
let tests: TestCase[] = []

/** The tests that a file declares while it is loaded. */
export const collected = async (load: () => Promise<void>): Promise<readonly TestCase[]> => {
  stack = [newSuite("")]
  tests = []
  await load()
  return tests
}

const top = (): Suite => stack.at(-1) as Suite

const declare = (name: string, run: () => unknown): void => {
  const names = [...stack.slice(1).map((suite) => suite.name), name]
  const taken = tests.filter((test) => test.names.join() === names.join()).length
  if (taken > 0) names.push(String(taken + 1))
  tests.push({ names, suites: [...stack], run })
}

const group = (name: string, body: () => void): void => {
  stack.push(newSuite(name))
  body()
  stack.pop()
}

type Row = readonly unknown[]
const rowsOf = (table: readonly unknown[]): readonly Row[] =>
  table.map((row) => (Array.isArray(row) ? (row as Row) : [row]))

/** As vitest's: `$name` is a field of the row, the rest is printf. */
const titleOf = (name: string, row: Row): string => {
  const [first] = row
  const filled = name.replace(/\$(\w+)/g, (whole, field: string) =>
    typeof first === "object" && first !== null && field in first
      ? String((first as Record<string, unknown>)[field])
      : whole,
  )
  const places = (filled.match(/%[sdijfoO]/g) ?? []).length
  const values = row.slice(0, places).map((value) => (typeof value === "bigint" ? `${value}n` : value))
  return format(filled.replaceAll("%j", "%o"), ...values)
}

const each =
  <F extends (...args: never[]) => unknown>(use: (name: string, body: () => never) => void) =>
  (table: readonly unknown[]) =>
  (name: string, body: F): void => {
    for (const row of rowsOf(table)) use(titleOf(name, row), () => body(...(row as never[])) as never)
  }

type Body = (...args: never[]) => unknown
export const test = Object.assign(declare, { each: each<Body>(declare) })
export const it = test
export const describe = Object.assign(group, { each: each<Body>(group) })
export const beforeAll = (hook: Hook): number => top().beforeAll.push(hook)
export const beforeEach = (hook: Hook): number => top().beforeEach.push(hook)
export const afterEach = (hook: Hook): number => top().afterEach.push(hook)
export const afterAll = (hook: Hook): number => top().afterAll.push(hook)

/** Packages of vitest's own, from where it is installed. */
const vitestRequire = createRequire(createRequire(import.meta.url).resolve("vitest/package.json"))
const load = async <T>(name: string): Promise<T> =>
  (await import(pathToFileURL(vitestRequire.resolve(name)).href)) as T

interface Chai {
  use(plugin: unknown): void
  readonly expect: ((value: unknown, message?: string) => unknown) & object
}
const chai = await load<Chai>("chai")
const vitestExpect = await load<Record<string, unknown>>("@vitest/expect")
for (const plugin of ["JestExtend", "JestChaiExpect", "JestAsymmetricMatchers"])
  chai.use(vitestExpect[plugin])

// The asymmetric matchers are methods of chai's own function.
export const expect = Object.assign(
  (value: unknown, message?: string) => chai.expect(value, message),
  chai.expect,
)

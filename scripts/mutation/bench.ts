/**
 * Test files of contracts, collected once and run test by test in this process, with one mutant on. It stands in for
 * vitest, whose own start would cost more than the tests do; expectations are vitest's own.
 */
import { registerHooks } from "node:module"
import { basename } from "node:path"
import { pathToFileURL } from "node:url"
import type { Hook, Suite, TestCase } from "./standIn.ts"

const standIn = new URL("./standIn.ts", import.meta.url).href

/** From here on, whoever imports vitest gets the stand-in. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "vitest" ? { url: standIn, shortCircuit: true } : next(specifier, context),
})
const { collected } = await import("./standIn.ts")

export interface BenchTest {
  /** File and names of suites and test. */
  readonly id: string
  readonly file: string
}

export type TestOutcome = { readonly passed: true } | { readonly passed: false; readonly why: string }

interface Loaded {
  readonly file: string
  readonly tests: ReadonlyMap<string, TestCase>
}

export class Bench {
  readonly #loaded = new Map<string, Loaded>()
  readonly #isStateful: () => boolean
  readonly #stateful = new Set<string>()
  #loads = 0

  /** `isStateful` tells, after a file was loaded, whether it made a world already by being loaded. */
  constructor(isStateful: () => boolean) {
    this.#isStateful = isStateful
  }

  /** Loads a file and names its tests. */
  async load(file: string): Promise<readonly BenchTest[]> {
    const loaded = await this.#read(file)
    if (this.#isStateful()) this.#stateful.add(file)
    return [...loaded.tests.keys()].map((id) => ({ id, file }))
  }

  /** Runs one test with the hooks around it. Never rejects. */
  async run({ id, file }: BenchTest): Promise<TestOutcome> {
    try {
      const loaded = this.#stateful.has(file) ? await this.#read(file) : this.#loaded.get(file)
      const test = loaded?.tests.get(id)
      if (test === undefined) return { passed: false, why: "the test is not there any more" }
      await runTest(test)
      return { passed: true }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return { passed: false, why: message.split("\n")[0] ?? "" }
    }
  }

  async #read(file: string): Promise<Loaded> {
    const tests = await collected(async () => {
      await import(`${pathToFileURL(file).href}?load=${this.#loads++}`)
    })
    const byId = new Map(tests.map((test) => [`${basename(file)} > ${test.names.join(" > ")}`, test]))
    const loaded = { file, tests: byId }
    this.#loaded.set(file, loaded)
    return loaded
  }
}

const runHooks = async (suites: readonly Suite[], hooks: keyof Hooks): Promise<void> => {
  for (const suite of suites) for (const hook of suite[hooks]) await hook()
}

const runTest = async ({ suites, run }: TestCase): Promise<void> => {
  const inner = suites.toReversed()
  try {
    await runHooks(suites, "beforeAll")
    await runHooks(suites, "beforeEach")
    await run()
  } finally {
    await runHooks(inner, "afterEach")
    await runHooks(inner, "afterAll")
  }
}

type Hooks = Record<"beforeAll" | "beforeEach" | "afterEach" | "afterAll", readonly Hook[]>

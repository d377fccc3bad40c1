/** A process that runs tests under mutants. The parent sends one request at a time. */
import { readdirSync } from "node:fs"
import { join } from "node:path"
import type { CompiledSuite } from "../../chain/compile/artifact.ts"
import { compileContracts } from "../../chain/compile/compileContracts.ts"
import { underTest } from "../../test/contracts/underTest.ts"
import { Bench, type BenchTest } from "./bench.ts"
import type { Reply, Request, TestRecord } from "./messages.ts"
import { Switchboard } from "./switchboard.ts"

const [cacheDirectory = "", testDirectory = ""] = process.argv.slice(2)
const switchboard = new Switchboard()
let worldsBegun = 0
const bench = new Bench(() => worldsBegun > 0)
const tests = new Map<string, BenchTest>()
let compiled: Promise<CompiledSuite> | undefined

underTest.createEngine = () => switchboard.createEngine()
underTest.compile = async (overrides) => {
  worldsBegun++
  // What replaces sources itself is about other mutants than ours.
  if (Object.keys(overrides).length > 0) throw new Error("a test with sources of its own")
  if (compiled === undefined) throw new Error("a world was made before any contracts were compiled")
  return compiled
}

const setUp = (sources: Readonly<Record<string, string>>): void => {
  compiled = compileContracts({ cacheDirectory, overrides: sources })
}

/** Runs every test once without a mutant. */
const survey = async (): Promise<readonly TestRecord[]> => {
  const files = readdirSync(testDirectory)
    .filter((name) => name.endsWith(".test.ts"))
    .sort()
  const records: TestRecord[] = []
  for (const name of files) {
    worldsBegun = 0
    for (const test of await bench.load(join(testDirectory, name))) {
      tests.set(test.id, test)
      switchboard.on = 0
      switchboard.asked.clear()
      const start = performance.now()
      const outcome = await bench.run(test)
      const milliseconds = performance.now() - start
      const failure = outcome.passed ? undefined : outcome.why
      records.push({ id: test.id, milliseconds, failure, switches: [...switchboard.asked] })
    }
  }
  return records
}

/** Runs tests in their order until one fails. */
const run = async (on: number, ids: readonly string[]): Promise<Reply> => {
  switchboard.on = on
  for (const id of ids) {
    const test = tests.get(id)
    const outcome = test === undefined ? undefined : await bench.run(test)
    if (outcome?.passed === false) return { kind: "verdict", killedBy: id, why: outcome.why }
  }
  return { kind: "verdict", killedBy: undefined, why: "" }
}

/** Loads the tests without running any, for a worker that joins later. */
const load = async (): Promise<Reply> => {
  for (const name of readdirSync(testDirectory).filter((each) => each.endsWith(".test.ts"))) {
    worldsBegun = 0
    for (const test of await bench.load(join(testDirectory, name))) tests.set(test.id, test)
  }
  return { kind: "ready" }
}

const answer = async (request: Request): Promise<Reply> => {
  switch (request.kind) {
    case "compile":
      setUp(request.sources)
      try {
        await compiled
        return { kind: "ready" }
      } catch (error) {
        return { kind: "failed", message: (error as Error).message }
      }
    case "survey":
      return { kind: "survey", tests: await survey() }
    case "load":
      return load()
    case "run":
      return run(request.on, request.tests)
  }
}

process.on("message", (request: Request) => {
  void answer(request)
    .catch((error: unknown): Reply => ({ kind: "failed", message: String(error) }))
    .then((reply) => process.send?.(reply))
})
// A world that a file makes by being loaded may fail before its first test waits for it.
process.on("unhandledRejection", () => undefined)
process.on("disconnect", () => process.exit())

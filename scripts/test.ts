/** The whole of the test command: format, lint, types, tests; ends on a line `N passed, N failed`. */
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { $, chalk } from "zx"

$.stdio = "inherit"
// Tests start many workers and programs: Node keeps what it compiled.
process.env["NODE_COMPILE_CACHE"] ??= join(tmpdir(), "node-compile-cache")
$.nothrow = true

/** Checks that are not vitest's, each counted as one test. */
const checks = [
  { name: "format", run: () => $`prettier --check --log-level warn .` },
  { name: "lint", run: () => $`oxlint` },
  { name: "types", run: () => $`tsc -p .` },
]

let passed = 0
let failed = 0
// At once: no one of them keeps all cores busy.
const exitCodes = await Promise.all(checks.map(async ({ run }) => (await run()).exitCode))
for (const [index, { name }] of checks.entries()) {
  const exitCode = exitCodes[index]
  if (exitCode === 0) passed += 1
  else failed += 1
  console.log(exitCode === 0 ? chalk.green(`✓ ${name}`) : chalk.red(`✗ ${name}`))
}

const directory = await mkdtemp(join(tmpdir(), "autonet-sim-test-"))
const outputFile = join(directory, "vitest.json")
const { exitCode } = await $`vitest run --reporter=default --reporter=json --outputFile=${outputFile}`
try {
  const report = JSON.parse(await readFile(outputFile, "utf8")) as {
    numPassedTests: number
    numFailedTests: number
    numFailedTestSuites: number
  }
  passed += report.numPassedTests
  // A file that fails to load has no failed test of its own, and is a failure all the same.
  failed += report.numFailedTests || (exitCode === 0 ? 0 : Math.max(1, report.numFailedTestSuites))
} catch {
  failed += 1
}
await rm(directory, { recursive: true, force: true })

console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && exitCode === 0 ? 0 : 1

import { execFile } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

const root = resolve(import.meta.dirname, "../..")

const forbiddenImports = [
  ["sim/kernel", "../../chain/chain.ts"],
  ["chain", "../ml/backend.ts"],
  ["ml/datasets", "../../sim/agents/registry.ts"],
  ["sim/mechanisms", "../agents/registry.ts"],
  ["sim/agents", "../results/runResult.ts"],
  ["sim/world", "../../reports/writeReport.ts"],
  ["reports", "../sim/world/world.ts"],
  ["reports/figures", "../../test/anything.ts"],
] as const

const allowedImports = [
  ["sim/agents/solver", "../../kernel/time.ts"],
  ["sim/world", "../agents/registry.ts"],
  ["sim/cli", "../../reports/writeReport.ts"],
  ["reports", "../sim/results/runResult.ts"],
  ["chain", "effect"],
] as const

const bannedExpressions = [
  "Math.random()",
  "globalThis.Math.random()",
  "Math.pow(2, 0.5)",
  "Date.now()",
  "new Date()",
  "performance.now()",
  "crypto.getRandomValues(new Uint8Array(1))",
  "process.env['HOME']",
  "setTimeout(() => {}, 1)",
  "setInterval(() => {}, 1)",
  "'a'.localeCompare('b')",
  "(1).toLocaleString()",
  "new Intl.NumberFormat()",
]

const allowedExpressions = ["new Date(0)", "(1).toString()", "new Map().get(1)"]

const loop = (body: string) => `export function* f(x) { for (;;) { ${body} } }\n`
const idleLoops = ["yield* x.void", "yield* x.run(() => x.sleep(1))"]
const waitingLoops = ["yield* x.sleep(1)", "yield* x.race(x.queue.take, x.other)"]

/** A file of a made-up repository; its path is the room and a number of its own. */
const file = (room: string, index: number) => `${room}/case${index}.ts`
const imports = (source: string) => `export { x } from "${source}"\n`
const constant = (expression: string) => `export const x = ${expression}\n`

const cases = (): readonly (readonly [path: string, source: string])[] => [
  ...forbiddenImports.map(([room, source], i) => [file(room, i), imports(source)] as const),
  ...allowedImports.map(([room, source], i) => [file(room, 100 + i), imports(source)] as const),
  ...bannedExpressions.map((expression, i) => [file("ml", 200 + i), constant(expression)] as const),
  ...allowedExpressions.map((expression, i) => [file("ml", 300 + i), constant(expression)] as const),
  ...idleLoops.map((body, i) => [file("sim/agents", 400 + i), loop(body)] as const),
  ...waitingLoops.map((body, i) => [file("sim/agents", 500 + i), loop(body)] as const),
]

interface Diagnostic {
  readonly code: string
  readonly message: string
  readonly filename: string
}

/** All findings of the project's own rules on all cases, in one run of the linter. */
const lintAll = async (directory: string): Promise<readonly Diagnostic[]> => {
  for (const [path, source] of cases()) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), source)
  }
  const names = ["rooms", "no-host-nondeterminism", "no-loop-without-wait"]
  const rules = Object.fromEntries(names.map((name) => [`autonet/${name}`, "error"]))
  const jsPlugins = [join(root, "scripts/lint/plugin.ts")]
  await writeFile(join(directory, ".oxlintrc.json"), JSON.stringify({ jsPlugins, rules }))
  const command = [join(root, "node_modules/oxlint/bin/oxlint"), "--format", "json", "."]
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: directory }).catch(
    (failure: { stdout: string }) => failure,
  )
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] }
  return diagnostics.filter(({ code }) => code.startsWith("autonet"))
}

describe("lint rules of the project", () => {
  let directory: string
  let findings: readonly Diagnostic[]
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "autonet-sim-lint-"))
    findings = await lintAll(directory)
  })
  afterAll(() => rm(directory, { recursive: true, force: true }))

  const messages = (path: string) =>
    findings.filter(({ filename }) => filename.endsWith(path)).map(({ message }) => message)

  it.each(forbiddenImports.map(([room, source], i) => [room, source, i] as const))(
    "%s may not import %s",
    (room, _source, i) =>
      expect(messages(file(room, i))).toEqual([expect.stringContaining("may not import")]),
  )

  it.each(allowedImports.map(([room, source], i) => [room, source, i] as const))(
    "%s may import %s",
    (room, _source, i) => expect(messages(file(room, 100 + i))).toEqual([]),
  )

  it.each(bannedExpressions.map((expression, i) => [expression, i] as const))(
    "%s is banned inside a run, with a replacement named",
    (_expression, i) =>
      expect(messages(file("ml", 200 + i))).toEqual([
        expect.stringMatching(/is not deterministic; use .+\./),
      ]),
  )

  it.each(allowedExpressions.map((expression, i) => [expression, i] as const))(
    "%s is allowed",
    (_expression, i) => expect(messages(file("ml", 300 + i))).toEqual([]),
  )

  it.each(idleLoops.map((body, i) => [body, i] as const))("an endless loop of %s is refused", (_body, i) =>
    expect(messages(file("sim/agents", 400 + i))).toEqual([expect.stringContaining("never waits")]),
  )

  it.each(waitingLoops.map((body, i) => [body, i] as const))("an endless loop of %s is allowed", (_body, i) =>
    expect(messages(file("sim/agents", 500 + i))).toEqual([]),
  )
})

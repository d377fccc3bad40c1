import { execFile } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"

const root = resolve(import.meta.dirname, "../..")

/** Lints one file at a path of a made-up repository and gives back the messages of our own rules. */
const lint = async (directory: string, path: string, source: string): Promise<readonly string[]> => {
  const file = join(directory, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, source)
  const output = await new Promise<string>((done) => {
    const arguments_ = [join(root, "node_modules/oxlint/bin/oxlint"), "--format", "json", path]
    execFile(process.execPath, arguments_, { cwd: directory }, (_, stdout) => done(stdout))
  })
  await rm(file)
  const { diagnostics } = JSON.parse(output) as { diagnostics: readonly { code: string; message: string }[] }
  return diagnostics.filter(({ code }) => code.startsWith("autonet")).map(({ message }) => message)
}

describe("lint rules of the project", () => {
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "autonet-sim-lint-"))
    const rules = {
      "autonet/rooms": "error",
      "autonet/no-host-nondeterminism": "error",
      "autonet/no-loop-without-wait": "error",
    }
    const jsPlugins = [join(root, "scripts/lint/plugin.ts")]
    await writeFile(join(directory, ".oxlintrc.json"), JSON.stringify({ jsPlugins, rules }))
  })
  afterAll(() => rm(directory, { recursive: true, force: true }))

  it.each([
    ["sim/kernel/a.ts", "../../chain/chain.ts"],
    ["chain/a.ts", "../ml/backend.ts"],
    ["ml/datasets/a.ts", "../../sim/agents/registry.ts"],
    ["sim/mechanisms/a.ts", "../agents/registry.ts"],
    ["sim/agents/a.ts", "../results/runResult.ts"],
    ["sim/world/a.ts", "../../reports/writeReport.ts"],
    ["reports/a.ts", "../sim/world/world.ts"],
    ["reports/figures/a.ts", "../../test/anything.ts"],
  ])("%s may not import %s", async (path, source) => {
    expect(await lint(directory, path, `export { x } from "${source}"\n`)).toHaveLength(1)
  })

  it.each([
    ["sim/agents/solver/a.ts", "../../kernel/time.ts"],
    ["sim/world/a.ts", "../agents/registry.ts"],
    ["sim/cli/a.ts", "../../reports/writeReport.ts"],
    ["reports/a.ts", "../sim/results/runResult.ts"],
    ["chain/a.ts", "effect"],
  ])("%s may import %s", async (path, source) => {
    expect(await lint(directory, path, `export { x } from "${source}"\n`)).toEqual([])
  })

  it.each([
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
  ])("%s is banned inside a run, with a replacement named", async (expression) => {
    const [message, ...others] = await lint(directory, "ml/a.ts", `export const x = ${expression}\n`)
    expect(message).toMatch(/is not deterministic; use .+\./)
    expect(others).toEqual([])
  })

  it("a date made from a given time is allowed", async () => {
    expect(await lint(directory, "ml/a.ts", "export const x = new Date(0)\n")).toEqual([])
  })

  it("an endless loop must wait, and a wait in a nested function does not count", async () => {
    const loop = (body: string) => `export function* f(x) { for (;;) { ${body} } }\n`
    expect(await lint(directory, "sim/agents/a.ts", loop("yield* x.void"))).toHaveLength(1)
    expect(await lint(directory, "sim/agents/a.ts", loop("yield* x.run(() => x.sleep(1))"))).toHaveLength(1)
    expect(await lint(directory, "sim/agents/a.ts", loop("yield* x.sleep(1)"))).toEqual([])
  })
})

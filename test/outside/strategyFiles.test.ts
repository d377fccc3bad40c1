import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { beforeAll, describe, expect, test } from "vitest"

interface Outcome {
  readonly digest?: string
  readonly refused?: string
  readonly failed?: string
}

const player = join(import.meta.dirname, "playOutside.ts")

/** A whole file whose strategy is a coordinator that judges so. */
const coordinatorThat = (judges: string) =>
  strategyThat("")
    .replace("outsider/mine", "coordinator/mine")
    .replace('role: "outsider"', 'role: "coordinator"')
    .replace("{ defineStrategy }", "{ defineStrategy, SILENT, voteOnTasks }")
    .replace(/run: .*/, `run: (agent) => voteOnTasks(agent, ${judges}),`)

/** A whole file whose strategy does `run`. */
const strategyThat = (run: string, before = "") => `import { Clock, Effect, Random, Schema } from "effect"
import { defineStrategy } from "autonet-sim"
${before}
export default defineStrategy({
  name: "outsider/mine",
  role: "outsider",
  description: "From outside.",
  optionsSchema: Schema.Struct({}),
  run: (agent) => Effect.gen(function* () { ${run} }),
})
`

/** Files by the name by which a scenario has them, with what becomes of each. */
const refused = {
  "./absent.ts": [undefined, /absent\.ts: expected a file, found nothing at /],
  "./text.md": ["Hello", /expected a module \(\.ts, \.mts, \.js, \.mjs\), found \.md/],
  "./empty.ts": [
    "export {}",
    /expected export default defineStrategy\({ … }\), found no such export; it exports no strategy/,
  ],
  "./named.ts": [
    strategyThat("").replace("export default", "export const patient ="),
    /expected export default .*; it exports #patient/,
  ],
  "./shape.ts": [
    "export default 42",
    /its export default is no strategy: expected defineStrategy\(.*found 42/,
  ],
  "./role.ts": [
    strategyThat("").replace('role: "outsider"', 'role: "king"'),
    /role: expected one of proposer, .* found "king"/,
  ],
  "./name.ts": [
    strategyThat("").replace("outsider/mine", "mine"),
    /name: expected outsider\/ and a name .* found "mine"/,
  ],
  "./taken.ts": [
    strategyThat("")
      .replace("outsider/mine", "coordinator/honest")
      .replace('role: "outsider"', 'role: "coordinator"'),
    /name: expected a name of its own, found coordinator\/honest, which ships/,
  ],
  "./options.ts": [
    strategyThat("").replace("Schema.Struct({})", "{}"),
    /optionsSchema: expected a Schema, such as Schema\.Struct\({}\), found an object/,
  ],
  "./accounts.ts": [
    strategyThat("").replace("run:", "extraAccounts: 3, run:"),
    /extraAccounts: expected a function of the options, found 3/,
  ],
  "./endless-accounts.ts": [
    strategyThat("").replace("run:", "extraAccounts: () => NaN, run:"),
    /population\[0\]\.strategy: its extraAccounts: expected a whole number from 0 to 10000, found NaN/,
  ],
  "./throws.ts": [
    strategyThat("", "\nthrow new Error('on purpose')"),
    /it throws while it is loaded \(line 4\): on purpose/,
  ],
  "./syntax.ts": [`${strategyThat("")}\nexport const x: =`, /it can't be read \(line 12\): /],
  "./enum.ts": [
    strategyThat("", "enum Colour { Red }"),
    /it can't be read \(line 3\): TypeScript enum is not supported/,
  ],
  "./draws.ts": [
    strategyThat("", "const luck = Math.random()"),
    /it calls Math\.random\(\) while it is loaded, .*; use Random/,
  ],
  "./draws-quietly.ts": [
    strategyThat("", "try { Math.random() } catch {}"),
    /it calls Math\.random\(\) while it is loaded, .*; use Random/,
  ],
  "./leaves.ts": [
    strategyThat("", "Object.assign(globalThis, { seen: 1 })"),
    /it leaves globalThis\.seen behind on the host, .*; what a strategy remembers belongs inside run/,
  ],
  "./waits.ts": [
    strategyThat("", "await Promise.resolve()"),
    /it makes a promise of the host while it is loaded \(line 3\): .*; use Effect\.gen, in run/,
  ],
  "./waits-on-nothing.ts": [
    strategyThat("", "await null"),
    /it makes a promise of the host while it is loaded \(line 3\): /,
  ],
  "./disk.ts": [
    strategyThat("", 'import "node:fs"'),
    /it imports node:fs; a strategy may import "effect", "autonet-sim" and files beside it/,
  ],
  "./package.ts": [strategyThat("", 'import "viem"'), /it imports the package viem; a strategy may import/],
  "./network.ts": [
    strategyThat("", 'import "effect/unstable/http"'),
    /it imports the package effect\/unstable\/http; /,
  ],
  "./deep.ts": [
    strategyThat("", 'import "./beside/bad.ts"'),
    /deep\.ts: .*beside\/bad\.ts: it imports \.\/nowhere\.ts: expected a file, found nothing/,
  ],
  "./node_modules/mine.ts": [
    strategyThat(""),
    /it lies in node_modules, where Node runs no TypeScript; copy it elsewhere/,
  ],
} as const

type Failing = Readonly<Record<string, readonly [run: string, message: string, before?: string]>>

/** Promises proceed whenever an engine lets the host have its turn: what fails on one must fail on the other. */
const onBothEngines = (name: string, run: string, before = ""): Failing => {
  const message = `agent outsider-1 makes a promise of the host (an async function, .then, await, or a method that gives one), which virtual time does not order; use Effect.gen and Effect.sleep (FOLDER/${name}`
  return {
    [`./${name}.ts`]: [run, `${message}.ts:9)`, before],
    [`./${name}-judged.ts`]: [run, `${message}-judged.ts:9)`, before],
  }
}

const failed: Failing = {
  "./run-random.ts": ["Math.random()", "agent outsider-1 called Math.random()"],
  "./run-random-quietly.ts": [
    "try { Math.random() } catch {}; yield* Effect.sleep('1 minute')",
    "agent outsider-1 called Math.random()",
  ],
  "./run-counts.ts": [
    "const host = globalThis as { seen?: number }; host.seen = (host.seen ?? 0) + 1",
    "run-counts.ts: it leaves globalThis.seen behind on the host, where the next run would find it",
  ],
  "./run-patches.ts": [
    "Math.max = Math.min; Object.assign(Array.prototype, { last: 1 }); Object.assign(process, { seen: 1 })",
    "it leaves globalThis.Array.prototype.last, globalThis.Math.max, process.seen behind on the host",
  ],
  "./run-generators.ts": [
    "Object.assign(Object.getPrototypeOf(function* () {}), { seen: 1 })",
    "it leaves Object.getPrototypeOf(function* () {}).seen behind on the host",
  ],
  "./run-own-list.ts": [
    "(roles as unknown as string[]).push('king')",
    "it leaves roles.length behind on the host",
    'import { roles } from "autonet-sim"',
  ],
  ...onBothEngines(
    "run-async",
    "void (async () => { await null; seen += 1 })(); yield* Effect.sleep(seen + 1)",
    "let seen = 0",
  ),
  ...onBothEngines("run-blob", "void new Blob(['a']).arrayBuffer(); yield* Effect.sleep(1)"),
  "./run-then.ts": [
    "Promise.resolve().then(() => 0)",
    "agent outsider-1 makes a promise of the host (an async function, .then, await",
  ],
  "./run-from-async.ts": ["void Array.fromAsync([1])", "agent outsider-1 makes a promise of the host"],
  "./run-response.ts": ["void new Response('a').text()", "agent outsider-1 makes a promise of the host"],
  "./run-microtask.ts": ["queueMicrotask(() => {})", "agent outsider-1 called queueMicrotask()"],
  "./run-exit.ts": ["process.exit(0)", "agent outsider-1 called process.exit()"],
  "./run-date.ts": [
    "new (new Date(0).constructor as DateConstructor)()",
    "agent outsider-1 called new Date()",
  ],
  "./run-falls-silent.ts": [
    "yield* Effect.forkScoped(Effect.interrupt); yield* Effect.sleep('1 hour')",
    "agent outsider-1 failed at 0 s of virtual time: it is interrupted before the end of the run, by Effect.interrupt",
  ],
  "./run-fetch.ts": ["fetch('http://localhost/')", "agent outsider-1 called fetch()"],
  "./run-import.ts": ["yield* Effect.promise(() => import('./beside/good.ts'))", "agent outsider-1"],
  "./run-throws.ts": [
    "throw new Error('on purpose')",
    "agent outsider-1 failed at 0 s of virtual time: Error: on purpose (FOLDER/run-throws.ts:9)",
  ],
}

const OPINION = "{ correct: true or false, score: a whole number from 0 to 100 }"

/** Coordinators by what they say. */
const nonsense = {
  "() => Effect.succeed(90)": `expected ${OPINION}, found 90`,
  "() => Effect.void": `what coordinator-1 says about a submission: expected ${OPINION}, found nothing (undefined)`,
  "() => Effect.succeed({ correct: 'yes', score: 90 })": `expected ${OPINION}, found { correct: "yes", score: 90 }`,
  "() => Effect.succeed({ correct: true, score: NaN })": `expected ${OPINION}, found { correct: true, score: NaN }`,
  "() => Effect.succeed({ correct: true, score: 101 })": `expected ${OPINION}, found { correct: true, score: 101 }`,
  "() => Effect.succeed({ correct: false, score: -3 })": `expected ${OPINION}, found { correct: false, score: -3 }`,
  "() => ({ correct: true, score: 90 })":
    "what coordinator-1's judge gives back: expected an Effect, such as Effect.succeed(…), found { correct: true, score: 90 }",
} as const

const nonsenseFile = (index: number) => `./nonsense-${index}.ts`

const sound = {
  // What one run leaves in a variable is not there in the next: else the second would fail.
  "./again.ts": strategyThat(
    "runs += 1; if (runs > 1) throw new Error('not anew'); yield* Effect.sleep('1 minute'); yield* Random.next",
    'import { zero } from "./beside/good.ts"\nlet runs = zero',
  ),
  "./again.ts#default": undefined,
  // What the program's libraries keep in globals is theirs.
  "./real.ts": strategyThat(""),
  "./silent.ts": `console.log("printed at load");${coordinatorThat("() => Effect.succeed(SILENT)")}`,
  "./several.ts#second": strategyThat("").replace("export default", "export const second ="),
}

/** What `init --strategy` writes. */
const template = fileURLToPath(new URL("../../templates/strategy/strategy.ts", import.meta.url))

const outcomes = new Map<string, Outcome>()

let folder = ""
let printed: readonly string[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "autonet-sim-outside-"))
  const write = (name: string, text: string | undefined) => {
    const path = join(folder, name.replace(/#.*/, ""))
    mkdirSync(dirname(path), { recursive: true })
    if (text !== undefined) writeFileSync(path, text)
  }
  for (const [name, [text]] of Object.entries(refused)) write(name, text)
  for (const [name, [run, , before]] of Object.entries(failed)) write(name, strategyThat(run, before))
  for (const [name, text] of Object.entries(sound)) write(name, text)
  Object.keys(nonsense).forEach((judges, index) => write(nonsenseFile(index), coordinatorThat(judges)))
  write("beside/good.ts", "export const zero: number = 0\n")
  write("beside/bad.ts", 'import "./nowhere.ts"\n')
  const named = [refused, failed, sound].flatMap((group) => Object.keys(group))
  const names = [...named, ...Object.keys(nonsense).map((_, index) => nonsenseFile(index)), template]
  const { stdout, stderr } = spawnSync(process.execPath, [player, folder, ...names], { encoding: "utf8" })
  rmSync(folder, { recursive: true })
  const line = stdout.trim()
  printed = stderr.split("\n")
  if (!line.startsWith("[")) throw new Error(stderr)
  const all = JSON.parse(line) as Outcome[]
  names.forEach((name, index) => outcomes.set(name, all[index] ?? {}))
})

describe("a strategy from a file", () => {
  test.each(Object.entries(refused))("is refused with a reason: %s", (name, [, message]) => {
    expect(outcomes.get(name)?.refused).toMatch(message)
    expect(outcomes.get(name)?.refused).toContain("scenario.yaml:9:")
    // One line: no stack of the loader's.
    expect(outcomes.get(name)?.refused).not.toContain("\n")
  })

  test.each(Object.entries(failed))("obeys the bans in a run: %s", (name, [, message]) => {
    const said = outcomes.get(name)?.failed?.replaceAll(folder, "FOLDER")
    expect(said).toContain(message)
    // One line: no frames of the program.
    expect(said).not.toContain("\n")
  })

  test("prints to stderr: stdout is the program's", () => {
    expect(printed).toContain("printed at load")
  })

  test.each(Object.entries(nonsense))("may not say nonsense: %s", (judges, message) => {
    const failure = outcomes.get(nonsenseFile(Object.keys(nonsense).indexOf(judges)))?.failed
    expect(failure).toContain("agent coordinator-1 failed at ")
    expect(failure).toContain(message)
  })

  test("is what the template is", () => {
    expect(outcomes.get(template)?.digest).toMatch(/^[0-9a-f]{64}$/)
  })

  test("takes part, and begins every run anew", () => {
    const [first, second, real, silent, other] = Object.keys(sound).map((name) => outcomes.get(name)?.digest)
    expect(real).toMatch(/^[0-9a-f]{64}$/)
    expect(silent).toMatch(/^[0-9a-f]{64}$/)
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect(second).toBe(first)
    expect(other).not.toBe(first)
  })
})

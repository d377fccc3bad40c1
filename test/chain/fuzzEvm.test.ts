/** The short version of `npm run fuzz:evm`, and proof that the search would find an engine that is wrong. */
import { appendFileSync, mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Journal } from "../../scripts/fuzzing/journal.ts"
import { readCases } from "../fuzz/evm/caseFile.ts"
import { Coverage, addTally, emptyTally } from "../fuzz/evm/coverage.ts"
import { type EnginePair, createStockPair, createTunedPair, openPair } from "../fuzz/evm/enginePairs.ts"
import { lies } from "../fuzz/evm/lies.ts"
import { fromJson, toJson } from "../fuzz/evm/scenario.ts"
import { programsOf, scenario as anyScenario } from "../fuzz/evm/scenarios.ts"
import { search, tryScenario } from "../fuzz/evm/search.ts"
import { situations } from "../fuzz/evm/situations.ts"
import { missedTargets } from "../fuzz/evm/targets.ts"

const seed = 20_261_122
const corpus = readCases(join(import.meta.dirname, "../fixtures/evm-programs"))

const failureOn = async (
  open: (coverage: Coverage) => Promise<EnginePair>,
  scenario: (typeof corpus)[number][1]["scenario"],
): Promise<string | undefined> => {
  const coverage = new Coverage()
  return (await tryScenario(await open(coverage), scenario, coverage)).failure?.message
}

describe("generated programs", () => {
  test("end alike on the WebAssembly engine and on EthereumJS, and leave the same state", async () => {
    const { tally, findings } = await search(openPair("wasm"), { seed, scenarios: 750 })
    expect(findings.map(toJson)).toEqual([])
    expect(tally.programs).toBeGreaterThan(2_000)
    expect(missedTargets(tally)).toEqual([])
  })

  test("end alike on EthereumJS as it is tuned and as its packages make it", async () => {
    const { findings, tally } = await search(createStockPair, { seed, scenarios: 20 })
    expect(findings.map(toJson)).toEqual([])
    expect(tally.programs).toBeGreaterThan(40)
  })

  test("are the same for the same seed, whatever ran before", () => {
    const [first, second] = [1, 2].map(() => fc.sample(anyScenario, { seed, numRuns: 20 }).map(toJson))
    expect(first).toEqual(second)
  })

  test("survive being written to a file", () => {
    for (const scenario of fc.sample(anyScenario, { seed, numRuns: 20 }))
      expect(fromJson(toJson(scenario))).toEqual(scenario)
  })
})

describe("cases that were found", () => {
  test.each(corpus)("%s ends alike on every engine", async (_name, { scenario, stockDiffers }) => {
    expect(await failureOn(openPair("wasm"), scenario)).toBeUndefined()
    expect(await failureOn(openPair("tuned"), scenario)).toBeUndefined()
    expect(await failureOn(createStockPair, scenario)).toEqual(stockDiffers && expect.any(String))
  })

  const ofLies = corpus.filter(([, { found }]) => "lie" in found)
  test.each(ofLies)("%s gives the engine away that it was found on", async (_name, { found, scenario }) => {
    const lie = lies[(found as { readonly lie: string }).lie]
    expect(await failureOn(createTunedPair([lie ?? []].flat()), scenario)).toMatch(/the reference says/)
  })

  test("there is one for every lie", () => {
    expect(ofLies.map(([, { found }]) => "lie" in found && found.lie).sort()).toEqual(
      Object.keys(lies).sort(),
    )
  })
})

/** Those that a few worlds give away; `npm run fuzz:evm -- --lies` looks for all of them. */
const plainLies = [
  "CALLDATACOPY beyond the end leaves memory as it was",
  "MCOPY of overlapping ranges copies forwards",
  "SSTORE of a dirty slot costs as a clean one",
  "SSTORE refunds 15,000 for clearing, as before London",
]

describe("the search", () => {
  test.each(plainLies)("finds an engine of which this is true: %s", async (name) => {
    const open = createTunedPair([lies[name] ?? []].flat())
    const { findings } = await search(open, { seed, scenarios: 150, maxFindings: 1 })
    expect(findings).toHaveLength(1)
    const [{ scenario, what }] = findings as [(typeof findings)[number]]
    expect(what).toMatch(/the reference says/)
    expect(scenario.steps.length).toBeLessThanOrEqual(2)
    expect(await failureOn(open, scenario)).toBe(what)
    expect(await failureOn(createTunedPair(), scenario)).toBeUndefined()
  })

  test("counts programs that ran, by what they did", async () => {
    const [, { scenario }] = corpus.find(([name]) => name.startsWith("sdiv")) as (typeof corpus)[number]
    const coverage = new Coverage()
    const { outcomes } = await tryScenario(await createTunedPair()(coverage), scenario, coverage)
    const tally = emptyTally()
    coverage.keep(tally, programsOf(scenario), outcomes)
    expect(tally).toMatchObject({ programs: 1, longPrograms: 0, scenarios: 1, outcomes: { success: 1 } })
    expect(tally.successes[0x05]).toBe(1)
    expect(tally.successes[0xf3]).toBe(1)
  })

  test("says what hardly ever succeeded or happened, and that programs were too short", () => {
    const tally = emptyTally()
    addTally(tally, { ...emptyTally(), programs: 1_000_000, longPrograms: 499_999 })
    tally.successes.fill(1_000)
    tally.successes[0xff] = 999
    for (const situation of situations) tally.situations[situation] = 100
    tally.situations["precompile 8 answers"] = 99
    expect(missedTargets(tally)).toEqual([
      "SELFDESTRUCT succeeded 999 times; 1000 are needed",
      "499999 of 1000000 programs got past 20 instructions; half are needed",
      "precompile 8 answers: 99 times; 100 are needed",
    ])
  })
})

describe("a search that was stopped", () => {
  const done = (chunk: number) => ({ kind: "done" as const, chunk, tally: emptyTally(), cases: [] })
  const file = () => join(mkdtempSync(join(tmpdir(), "fuzz-evm-")), "journal.jsonl")

  test("goes on with the chunks that are missing, also when it was stopped in the middle of a line", () => {
    const path = file()
    const journal = new Journal(path, "sources")
    journal.add(done(0))
    journal.add(done(2))
    appendFileSync(path, JSON.stringify(done(3)).slice(0, 40))
    const resumed = new Journal(path, "sources")
    expect([...resumed.done.keys()]).toEqual([0, 2])
    resumed.add(done(1))
    expect([...new Journal(path, "sources").done.keys()]).toEqual([0, 2, 1])
  })

  test("begins anew when engines or generators have changed", () => {
    const path = file()
    new Journal(path, "sources").add(done(0))
    expect(new Journal(path, "other sources").done.size).toBe(0)
    expect(new Journal(path, "sources").done.size).toBe(0)
  })
})

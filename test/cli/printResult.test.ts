import { expect, test } from "vitest"
import { printResult } from "../../sim/cli/printResult.ts"
import { styleFor, widthOf } from "../../sim/cli/terminal.ts"
import { manifestSection } from "../../reports/page/manifestSection.ts"
import { verdictSentences } from "../../reports/page/verdictSection.ts"
import { syntheticExperiment } from "../reports/syntheticExperiment.ts"

const places = { folder: "out/x", report: undefined }
const style = styleFor({ isTTY: false } as NodeJS.WriteStream, {})

test("the first page says what each setting ran on, which rules were off in it, and what nobody could check", () => {
  const { result } = syntheticExperiment({ seeds: [1, 2], rounds: 2 })
  const { manifest } = result
  const [set] = manifest.contractSets
  const names = manifest.inputs.settings.map(({ name }) => name)
  expect(names.length).toBeGreaterThan(1)
  const settings = manifest.inputs.settings.map((setting, index) => ({
    ...setting,
    contracts: index === 0 ? "plain" : "c0ffee",
  }))
  const plain = {
    ...set!,
    id: "plain",
    source: "./plain",
    rulesOff: [],
    fixed: [{ view: "ResultsRewards.EMA_DECAY", value: "9" }],
    missing: ["ResultsRewards.commitVote", "ResultsRewards.revealVote"],
    unchecked: [{ invariant: "liveness", reason: "the set has no TaskContract.scheduleOf" }],
  }
  const off = { ...set!, rulesOff: [{ name: "tie-slashes", rule: "A tie slashes nobody." }] }
  const text = printResult(
    {
      ...result,
      manifest: { ...manifest, inputs: { ...manifest.inputs, settings }, contractSets: [plain, off] },
    },
    places,
    style,
  )
  const lines = text.split("\n")
  expect(lines).toContain(
    "base on the contracts in ./plain: 2 functions fewer than the built-in contracts, 1 number fixed by the bytecode",
  )
  expect(lines).toContain("note of the invariants one could not be checked in base: liveness")
  expect(lines.filter((line) => line.startsWith("rules off"))).toEqual(
    names.slice(1).map((name) => `rules off in ${name}: tie-slashes`),
  )
})

test("means of agents have intervals, in tables that fit a hundred columns", () => {
  const { result } = syntheticExperiment({
    settings: ["base", "poisoning-solver"],
    seeds: [1, 2, 3, 4, 5],
    rounds: 2,
  })
  const [, base] = result.settings
  const tablesWith = (group: string) => {
    const strategies = base!.strategies.map((row) => ({ ...row, group }))
    const text = printResult({ ...result, settings: [{ ...base!, strategies }] }, places, style)
    return /^strategy [^]*(?=^accuracy of)/m.exec(text)![0]
  }
  const interval = String.raw`[−\d.,]+ +\[[−\d.,]+, [−\d.,]+\]`
  const tables = tablesWith("a-seat")
  expect(tables).toMatch(
    new RegExp(String.raw`^coordinator/honest \(a-seat\) +\d +${interval} +${interval}$`, "m"),
  )
  expect(tables).toMatch(/^voters +agents +votes +false accepts$/m)
  for (const group of ["a-seat", "a-seat-that-has-a-long-name-of-its-own"])
    expect(Math.max(...tablesWith(group).split("\n").map(widthOf))).toBeLessThanOrEqual(100)
})

test("shares are shown in percent, and differences between them in percentage points", () => {
  const { result } = syntheticExperiment({ seeds: [1, 2, 3], rounds: 2 })
  const measures = result.comparisons.flatMap((comparison) => comparison.measures)
  expect(new Set(measures.map(({ isShare }) => isShare))).toEqual(new Set([true, false]))
  const lines = printResult(result, places, style).split("\n")
  for (const { measure, isShare } of measures) {
    const line = lines.find((text) => text.startsWith(`  ${measure} `)) ?? ""
    const [, levels = "", difference = ""] = /(→.*?) {2,}(difference .*?) {2,}/.exec(line) ?? []
    expect(levels.endsWith(" %"), line).toBe(isShare)
    expect(difference.endsWith(" points"), line).toBe(isShare)
    expect(difference).not.toContain("%")
  }
})

test("an experiment that stopped as soon as all was decided says how many replicates were played", () => {
  const { result } = syntheticExperiment({ seeds: [1, 2, 3, 4, 5, 6, 7, 8], rounds: 2 })
  const { manifest } = result
  const seeds = Array.from({ length: 24 }, (_, index) => index + 1)
  const inputs = { ...manifest.inputs, seeds, looks: [8, 16, 24] }
  const early = { ...result, manifest: { ...manifest, inputs } }
  expect(printResult(early, places, style)).toContain("8 of at most 24 replicates (seeds 1 to 8), ")
  expect(verdictSentences(early)[0]).toContain("over 8 of at most 24 replicates")
  expect(manifestSection(early).markup).toContain("seeds 1 to 8 played, of at most 1, 2, 3, ")
  expect(printResult(result, places, style)).toContain("8 replicates (seeds 1 to 8), ")
})

test("where every run failed, nothing can be judged", () => {
  const { result } = syntheticExperiment({ seeds: [1, 2], rounds: 2 })
  const [base] = result.settings
  const failure = { setting: "base", seed: 1, reason: "agent", agent: null, timeSeconds: null, message: "no" }
  const failed = {
    ...result,
    verdict: "undecided",
    settings: [{ ...base!, runs: [] }],
    failures: [failure],
  } as unknown as typeof result
  expect(printResult(failed, places, style)).toMatch(
    /^verdict +none: nothing can be judged, since every run failed$/m,
  )
  expect(verdictSentences(failed)).toEqual(["Nothing can be judged, since every run failed."])
  expect(printResult({ ...failed, settings: [base!] }, places, style)).toMatch(/^verdict +undecided$/m)
})

import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { knownMutants, runCanary } from "../../sim/trial/canary.ts"
import { foundFolder, readFound } from "../../sim/trial/foundFile.ts"
import { openPlayer, type Player } from "../../sim/trial/player.ts"
import { readTrial } from "../../sim/trial/readTrial.ts"
import { runTrials } from "../../sim/trial/runTrials.ts"
import { SEARCH_RUNS, TRAINING_SEEDS } from "../../sim/trial/seeds.ts"
import { trialTable, type JudgedTrial, type TrialRow } from "../../sim/trial/trialTable.ts"
import { exampleRegistries } from "../scenario/exampleRegistries.ts"
import { folderOf, trialText } from "./trialFile.ts"

const runModule = new URL("../fixtures/run-modules/attacked.ts", import.meta.url).href
const strength = "population[attacker].options.strength"
const freshSeed = 5000

const options = { cacheDirectory: undefined, engine: "reference", workers: 1, watchdogSeconds: 60 }
const { signal } = new AbortController()
let player: Player
/** Of every run, in the order in which they were asked for. */
const seeds: number[] = []

beforeAll(async () => {
  const own = await openPlayer({ ...options, runModule, scenarios: [], signal, onPlayed: () => undefined })
  const play: Player["play"] = (scenario, seed, order) => {
    seeds.push(seed)
    return own.play(scenario, seed, order)
  }
  player = { play, close: own.close }
})
afterAll(() => player.close())

const trialsIn = (folder: string) =>
  Promise.all(
    readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .map((file) => Effect.runPromise(readTrial(join(folder, file), exampleRegistries))),
  )

const judge = async (folder: string, { search = false, mostReplicates = 64 } = {}) => {
  const trials = await trialsIn(folder)
  const observer = { wanted: () => undefined, searched: () => undefined, judged: () => undefined }
  const rest = { search, atOnce: 2, foundFolder, firstSeed: freshSeed, mostReplicates, observer }
  return { trials, rows: await runTrials({ trials, player, ...rest }) }
}

describe("trials", () => {
  test("find the attacker's best options with rule off and on, keep them, and judge them on fresh seeds", async () => {
    const folder = folderOf(trialText())
    const { rows, trials } = await judge(folder, { search: true })
    const [row] = rows as [TrialRow]
    expect(row).toMatchObject({ off: "succeeds", on: "costs the attacker", outcome: "costs the attacker" })
    for (const rule of ["off", "on"] as const) {
      const { setting, found } = row.chosen[rule]
      expect(Math.abs(Number(setting[strength]) - 7)).toBeLessThan(0.5)
      expect(found).toMatchObject({ settings: 64, runs: SEARCH_RUNS })
      expect(found!.nominalScore).toBeLessThan(found!.score!)
      expect(found!.failures).toBeGreaterThan(0)
      expect(found!.failure).toBe("the attacker overdid it")
    }
    expect(row.lossAtn!.mean).toBeGreaterThan(1.5)
    expect(row.judged.on.capitalAtn.mean).toBe(100)
    const fresh = seeds.filter((seed) => !TRAINING_SEEDS.includes(seed))
    expect(seeds.length - fresh.length).toBe(2 * SEARCH_RUNS)
    expect(Math.min(...fresh)).toBe(freshSeed)

    const again = await judge(folder)
    expect(again.rows[0]!.chosen.on).toMatchObject({ setting: row.chosen.on.setting, source: "searched" })
    expect(again.rows[0]!.judged.on).toEqual(row.judged.on)
    const [trial] = trials
    const kept = readFileSync(join(folder, "found/poisoning.json"), "utf8")
    expect(JSON.parse(kept)).toMatchObject({ trainingSeeds: TRAINING_SEEDS, on: { runs: SEARCH_RUNS } })
    expect(readFound({ ...trial!, text: `# A comment.\n${trialText()}` }, [foundFolder(trial!)])._tag).toBe(
      "found",
    )
    expect(readFound({ ...trial!, text: trialText({ margin: "0.2" }) }, [foundFolder(trial!)])._tag).toBe(
      "stale",
    )
    writeFileSync(join(folder, "found/poisoning.json"), "{")
    expect(readFound(trial!, [foundFolder(trial!)])).toEqual({ _tag: "stale", found: undefined })
  })

  test("use the options of the file where nothing was searched, and say what is not withstood or not shown", async () => {
    const folder = folderOf(
      trialText({ name: "early", success: "totalProfit(attacker) > -20" }),
      trialText({ name: "late", success: "totalProfit(attacker) > 50" }),
      trialText({ name: "open", success: "totalProfit(attacker) > 3.99", margin: "0.02" }),
    )
    const { rows } = await judge(folder)
    expect(rows.map(({ trial, off, on, outcome }) => [trial.name, off, on, outcome])).toEqual([
      ["early", "succeeds", "not withstood", "not withstood"],
      ["late", "does not succeed", "costs the attacker", "attack not shown"],
      ["open", "undecided", "costs the attacker", "undecided"],
    ])
    expect(rows.every(({ chosen }) => chosen.on.source === "not searched")).toBe(true)
    const [early, , open] = rows as [TrialRow, TrialRow, TrialRow]
    expect([early.judged.on.replicates, open.judged.off.replicates]).toEqual([16, 64])
    expect(open.judged.off.judgement.needed).toBeGreaterThan(64)
    expect(early.judged.on.worst!.value).toBeGreaterThan(early.judged.on.judgement.effect!)
  })
})

describe("the canary", () => {
  test("finds which trial exploits a missing rule, and nothing where the rule stops nobody", async () => {
    const folder = folderOf(
      trialText(),
      trialText({ name: "early", success: "totalProfit(attacker) > -20" }),
      trialText({ name: "late", success: "totalProfit(attacker) > 50", rule: "tie-slashes" }),
    )
    const trials = await trialsIn(folder)
    const mutants = knownMutants(trials)
    expect(mutants).toEqual(["double-payout", "tie-slashes"])
    const rows = await runCanary({
      trials,
      mutants,
      player,
      firstSeed: freshSeed,
      onMutant: () => undefined,
    })
    expect(rows.map(({ exploit }) => exploit?.trial.name)).toEqual(["poisoning", undefined])
    expect(rows[0]!.exploit).toMatchObject({
      mutated: { judgement: { verdict: "holds" } },
      complete: { judgement: { verdict: "fails" } },
    })
  })
})

describe("the table of trials", () => {
  const judgement = (claim: "holds" | "fails", p: number) => ({
    verdict: claim,
    claim,
    p,
    effect: 1,
    lower: 0.5,
    upper: 1.5,
    replicates: 8,
    needed: null,
  })
  const verdict = (claim: "holds" | "fails", p: number) => ({
    judgement: judgement(claim, p),
    replicates: 8,
    failed: [],
    profitAtn: { mean: -1, lower: -2, upper: 0, replicates: 8 },
    capitalAtn: { mean: 1, lower: 1, upper: 1, replicates: 8 },
    loss: judgement("fails", 1),
    worst: null,
  })
  const chosen = { setting: {}, source: "not searched", found: null } as const
  const trialOf = (on: number): JudgedTrial => ({
    trial: {} as JudgedTrial["trial"],
    chosen: { off: chosen, on: chosen },
    judged: { off: verdict("holds", 0.001), on: verdict("fails", on) },
  })

  test("holds as a whole: the more verdicts, the surer each must be", () => {
    expect(trialTable([trialOf(0.03)])[0]!.on).toBe("withstood")
    expect(trialTable([trialOf(0.03), trialOf(0.03)]).map(({ on }) => on)).toEqual(["undecided", "undecided"])
    expect(trialTable([trialOf(0.01), trialOf(0.03)]).map(({ on }) => on)).toEqual(["withstood", "withstood"])
  })
})

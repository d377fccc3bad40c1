import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { describe, expect, test } from "vitest"
import { runExperiment } from "../../sim/experiment/runExperiment.ts"
import { experimentOf, experimentOptions, temporaryFolder } from "./experimentOf.ts"

const digestOf = async (...args: Parameters<typeof experimentOf>) =>
  (await experimentOf(...args)).result?.digest

describe("an experiment", () => {
  test("gives the same result for any number of workers and any order of completion", async () => {
    const one = await experimentOf("sound")
    const many = await experimentOf("slow", { workers: 4, set: SHORT })
    const three = await experimentOf("sound", { workers: 3 })
    expect(one.result?.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(three.result).toEqual(one.result)
    // A slow world waits in host calls, where virtual time stands still: the same runs.
    expect(many.result?.settings[0]?.runs[0]?.identity).toBe(one.result?.settings[0]?.runs[0]?.identity)
  })

  test("judges what the scenario expects and compares settings seed by seed", async () => {
    const { result } = await experimentOf("sound")
    expect(result?.verdict).toBe("holds")
    expect(result?.expectations.map(({ verdict }) => verdict)).toEqual(["holds", "holds"])
    const [profit, falseAccepts] = result!.comparisons[0]!.measures
    expect(falseAccepts).toMatchObject({ isShare: true, change: { moves: true, to: { mean: 0 } } })
    expect(profit?.change.difference.replicates).toBe(5)
    expect(result?.settings[0]?.strategies.map(({ strategy, agents }) => [strategy, agents])).toEqual([
      ["coordinator/honest", 3],
      ["coordinator/lazy", 2],
    ])
  })

  test("has another digest where a seed, a number or a strategy is another", async () => {
    const base = await digestOf("sound")
    const others = await Promise.all([
      digestOf("sound", { set: ["seed=2"] }),
      digestOf("sound", { set: ["money.supplyAtn=10000001"] }),
      digestOf("sound", { set: ["population[coordinator/lazy].count=3"] }),
    ])
    expect(new Set([base, ...others]).size).toBe(4)
  })

  test("gives a run the same identity and digest however many replicates there are", async () => {
    const few = await experimentOf("sound", { set: ["replicates=2"] })
    const more = await experimentOf("sound", { set: ["replicates=3"] })
    const runs = (outcome: typeof few) => outcome.result!.settings[0]!.runs.slice(0, 2)
    expect(runs(more)).toEqual(runs(few))
    expect(more.result?.digest).not.toBe(few.result?.digest)
  })

  test("is undecided with one replicate, whose intervals are unknown", async () => {
    const { result } = await experimentOf("sound", { set: ["replicates=1"] })
    expect(result?.verdict).toBe("undecided")
    expect(result?.expectations[0]?.note).toBe("5 replicates at least to decide it at 95%")
    expect(result?.settings[0]?.strategies[0]?.profitAtn).toMatchObject({
      lower: null,
      upper: null,
      replicates: 1,
    })
  })

  test("keeps traces on request, a line per event, the same in every playing", async () => {
    const folders = [temporaryFolder(), temporaryFolder()]
    for (const folder of folders) await experimentOf("sound", { folder, trace: true, set: ["replicates=2"] })
    const [first, second] = folders.map((folder) => readFileSync(join(folder, "runs/base-1.trace.jsonl.gz")))
    expect(first?.equals(second!)).toBe(true)
    const lines = gunzipSync(first!).toString().trimEnd().split("\n")
    expect(JSON.parse(lines[0]!)).toEqual([12_000_000, "coordinator-1", "earned", expect.anything()])
  })
})

describe("checking", () => {
  test("finds nothing where runs are reproducible", async () => {
    const outcome = await experimentOf("sound", { check: true })
    expect(outcome.mismatches).toEqual([])
    expect(outcome.result?.digest).not.toBeNull()
  })

  test("takes nothing from the cache the second time, so that a wrong one is found out", async () => {
    const cacheDirectory = temporaryFolder()
    const outcome = await experimentOf("misled", { check: true, cacheDirectory, set: ["replicates=1"] })
    expect(outcome.mismatches.map(({ setting, seed }) => [setting, seed])).toEqual([
      ["base", 1],
      ["all-honest", 1],
    ])
  })

  test("names the runs that did not come out the same twice, and gives them no digest", async () => {
    const outcome = await experimentOf("forgetful", { check: true })
    expect(outcome.mismatches.length).toBeGreaterThan(0)
    expect(outcome.mismatches[0]).toMatchObject({ setting: expect.any(String), seed: expect.any(Number) })
    expect(outcome.result?.digest).toBeNull()
  })
})

describe("a run that goes wrong", () => {
  test("by hanging is ended by the watchdog, which names agent and virtual time; others are kept", async () => {
    const { result } = await experimentOf("hanging", { watchdogSeconds: 1 })
    expect(result?.failures.map(({ setting, seed }) => `${setting} ${seed}`)).toEqual([
      "base 2",
      "all-honest 2",
    ])
    expect(result?.failures[0]).toMatchObject({
      reason: "hang",
      agent: "coordinator-1",
      timeSeconds: 72,
    })
    expect(result?.settings[0]?.runs.map(({ seed }) => seed)).toEqual([1, 3, 4, 5])
    expect([result?.digest, result?.complete, result?.verdict]).toEqual([null, false, "undecided"])
  })

  test("by a long host call is none: the watchdog looks at agents only", async () => {
    const { result } = await experimentOf("slow", { watchdogSeconds: 0.3, set: ["replicates=2"] })
    expect(result?.failures).toEqual([])
  })

  test("by an error, a dead worker or an impossible result is reported with its seed", async () => {
    const folder = temporaryFolder()
    const { result } = await experimentOf("faulty", { folder })
    const base = result!.failures.filter(({ setting }) => setting === "base")
    expect(base.map(({ seed, reason }) => [seed, reason])).toEqual([
      [2, "error"],
      [3, "crash"],
      [4, "error"],
    ])
    expect(base[0]).toMatchObject({ agent: "coordinator-1", timeSeconds: 72 })
    expect(base[0]?.message).toContain("the well is dry")
    expect(base[1]?.message).toContain("exit code 7")
    expect(base[2]?.message).toContain("virtualSeconds")
    expect(readdirSync(join(folder, "runs")).filter((name) => name.startsWith("base"))).toEqual([
      "base-1.json",
      "base-5.json",
    ])
  })
})

const SHORT = ["replicates=2"]

/** Interrupts the slow world when so many runs are done. */
const interrupted = async (folder: string, after: number) => {
  const controller = new AbortController()
  let count = 0
  const done = () => {
    if (++count === after) controller.abort()
  }
  const silent = { prepared: () => {}, progress: () => {}, failed: () => {}, audited: () => {} }
  return experimentOf("slow", {
    folder,
    signal: controller.signal,
    observer: { ...silent, done },
    set: SHORT,
  })
}

describe("an interrupted experiment", () => {
  test("keeps its finished runs, and a resume gives the result of an uninterrupted one", async () => {
    const folder = temporaryFolder()
    const first = await interrupted(folder, 2)
    expect(first).toMatchObject({ interrupted: true, result: undefined, planned: 4 })
    expect(first.finished).toBeGreaterThanOrEqual(2)
    let found = -1
    const observer = { progress: () => {}, done: () => {}, failed: () => {}, audited: () => {} }
    const resumed = await experimentOf("slow", {
      folder,
      resume: true,
      set: SHORT,
      observer: { ...observer, prepared: ({ finished }) => (found = finished) },
    })
    expect(found).toBe(first.finished)
    const whole = await experimentOf("slow", { set: SHORT })
    expect(resumed.result).toEqual(whole.result)
  })

  test("plays again what was damaged since, or was being written when it was killed", async () => {
    const folder = temporaryFolder()
    const options = await experimentOptions("sound", { folder })
    const whole = await runExperiment(options)
    writeFileSync(join(folder, "runs/base-2.json"), "{}")
    rmSync(join(folder, "runs/base-3.json"))
    appendFileSync(join(folder, "journal.jsonl"), '{"setting":"base","seed":4,"ide')
    const played: string[] = []
    const done = ({ setting, seed }: { setting: string; seed: number }) =>
      void played.push(`${setting} ${seed}`)
    const observer = { ...options.observer, done }
    const resumed = await runExperiment({ ...options, resume: true, observer })
    expect(played.toSorted()).toEqual(["base 2", "base 3"])
    expect(resumed.result).toEqual(whole.result)
  })

  test("is not resumed with other inputs: the refusal says which changed", async () => {
    const folder = temporaryFolder()
    await interrupted(folder, 1)
    const refusal = experimentOf("slow", {
      folder,
      resume: true,
      set: ["money.supplyAtn=20000000", "replicates=3"],
    })
    await expect(refusal).rejects.toMatchObject({
      _tag: "IdentityChanged",
      changed: expect.arrayContaining([
        'setting base: money: supplyWei: was "10000000000000000000000000", is "20000000000000000000000000"',
        "seeds: was [1,2], is [1,2,3]",
      ]),
    })
  })
})

describe("the output folder", () => {
  test("is left alone where it holds something else", async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, "thesis.tex"), "…")
    await expect(experimentOf("sound", { folder })).rejects.toMatchObject({
      _tag: "FolderRefused",
      message: expect.stringContaining("thesis.tex"),
    })
    expect(readdirSync(folder)).toEqual(["thesis.tex"])
  })

  test("of an earlier experiment is begun anew without touching what is not ours", async () => {
    const folder = temporaryFolder()
    await experimentOf("sound", { folder })
    mkdirSync(join(folder, "runs"), { recursive: true })
    writeFileSync(join(folder, "runs/notes.txt"), "mine")
    await experimentOf("sound", { folder, set: ["replicates=2"] })
    expect(existsSync(join(folder, "runs/notes.txt"))).toBe(true)
    expect(readdirSync(join(folder, "runs")).filter((name) => name.endsWith(".json"))).toHaveLength(4)
  })

  test("without an experiment in it can't be resumed", async () => {
    await expect(experimentOf("sound", { resume: true })).rejects.toMatchObject({ _tag: "FolderRefused" })
  })
})

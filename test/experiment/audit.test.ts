import { appendFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { auditPlan, type AuditFailed } from "../../sim/experiment/audit.ts"
import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import { experimentOf, experimentOptions, temporaryFolder, type World } from "./experimentOf.ts"
import { runExperiment } from "../../sim/experiment/runExperiment.ts"

const audited = (share: number) => ({ engine: "fast", audit: { share, engine: "reference" } })

const failureOf = async (...args: Parameters<typeof experimentOf>): Promise<AuditFailed> =>
  failureWith(await experimentOptions(...args))

const failureWith = async (options: Parameters<typeof runExperiment>[0]): Promise<AuditFailed> => {
  try {
    await runExperiment(options)
  } catch (error) {
    return error as AuditFailed
  }
  throw new Error("no audit failed")
}

const resultIn = (folder: string) =>
  JSON.parse(readFileSync(join(folder, "experiment.json"), "utf8")) as ExperimentResult

/** Runs that were played, and those that the judge repeated. */
const watched = async (world: World, changes: Parameters<typeof experimentOptions>[1] = {}) => {
  const options = await experimentOptions(world, changes)
  const [played, judged]: string[][] = [[], []]
  const name = ({ setting, seed }: { setting: string; seed: number }) => `${setting} ${seed}`
  const observer = {
    ...options.observer,
    done: (job: Parameters<typeof name>[0]) => void played!.push(name(job)),
    audited: (job: Parameters<typeof name>[0]) => void judged!.push(name(job)),
  }
  const attempt = () => runExperiment({ ...options, observer })
  return { attempt, played: played!, judged: judged! }
}

describe("an audit", () => {
  test("repeats the share of runs that was asked for, and says which", async () => {
    const { attempt, judged } = await watched("sound", audited(0.3))
    const { result } = await attempt()
    const { audit, manifest } = result!
    expect(judged).toHaveLength(3)
    expect(audit?.equal.map(({ setting, seed }) => `${setting} ${seed}`).sort()).toEqual(judged.toSorted())
    expect(audit?.unequal).toEqual([])
    expect(manifest.audit).toMatchObject({
      share: 0.3,
      engine: { name: "reference", version: "reference 1.0" },
      seed: manifest.identity,
      runs: audit!.equal,
    })
    expect(manifest.engine).toEqual({ name: "fast", version: "fast 1.0" })
  })

  test("leaves no mark on the digest, and neither does the engine", async () => {
    const { result } = await experimentOf("sound", audited(1))
    const reference = await experimentOf("sound")
    expect(result?.digest).toBe(reference.result?.digest)
    expect(result?.settings).toEqual(reference.result?.settings)
  })

  test("is none where the share is 0 or the judge itself plays", () => {
    const runs = [{ setting: "base", seed: 1 }]
    const asked = { share: 1, seed: "s", played: "fast", judge: { name: "reference", version: "1" } }
    expect(auditPlan(runs, asked)?.runs).toEqual(runs)
    expect(auditPlan(runs, { ...asked, share: 0 })?.runs).toEqual([])
    expect(auditPlan(runs, { ...asked, played: "reference" })).toBeNull()
  })

  test("of a run that has no result on either engine finds nothing to compare", async () => {
    const { result } = await experimentOf("faulty", audited(1))
    const lost = result!.failures.map(({ setting, seed }) => ({ setting, seed }))
    expect(lost.length).toBeGreaterThan(0)
    expect(result?.audit?.missing.toSorted(byName)).toEqual(lost.toSorted(byName))
    expect(result?.audit?.unequal).toEqual([])
  })
})

const byName = (a: { setting: string; seed: number }, b: { setting: string; seed: number }) =>
  `${a.setting} ${a.seed}` < `${b.setting} ${b.seed}` ? -1 : 1

describe("an audit that finds a difference", () => {
  test("fails the whole result, naming the run, both digests and the first event that differs", async () => {
    const folder = temporaryFolder()
    const failure = await failureOf("disagreeing", { folder, ...audited(1) })
    expect(failure._tag).toBe("AuditFailed")
    expect(failure.mismatches.map(({ setting, seed }) => `${setting} ${seed}`)).toEqual([
      "base 3",
      "all-honest 3",
    ])
    const [{ digest, judgeDigest, divergence }] = failure.mismatches as [AuditFailed["mismatches"][0]]
    expect(digest).not.toBe(judgeDigest)
    for (const part of ["base seed 3", digest, judgeDigest!, `number ${divergence?.event}`]) {
      expect(failure.message).toContain(part)
    }
    // Five agents earn once a step, from 12 s on: it is the second agent's entry of step 7 that differs.
    expect(divergence?.event).toBe(7 * 5 + 2)
    const [played, judged] = [divergence?.played, divergence?.judged].map(
      (line) => JSON.parse(line!) as unknown[],
    )
    expect(played?.slice(0, 3)).toEqual([8 * 12_000_000, "coordinator-2", "earned"])
    expect(judged?.slice(0, 3)).toEqual(played?.slice(0, 3))
    expect(judged?.[3]).not.toEqual(played?.[3])
  })

  test("says of strategies from files that one of them may be to blame", async () => {
    const options = await experimentOptions("disagreeing", { ...audited(1), set: ["comparisons=[]"] })
    expect((await failureWith(options)).message).not.toContain("run --check")
    const file = { strategy: "coordinator/lazy", path: "/my/lazy.ts", exportName: "default", modules: {} }
    const base = { ...options.plan.base, strategyFiles: [file] }
    const { message } = await failureWith({
      ...options,
      folder: temporaryFolder(),
      plan: { ...options.plan, base },
    })
    expect(message).toContain("a strategy from a file plays too (/my/lazy.ts)")
    expect(message).toContain("run --check plays each run twice on one engine")
  })

  test("loses nothing that was played, and leaves no file that was made from other results", async () => {
    const folder = temporaryFolder()
    const derivedFiles = () => Promise.resolve(["report.html"])
    const options = { folder, derivedFiles, ...audited(1) }
    await failureOf("disagreeing", options)
    const result = resultIn(folder)
    expect(result.audit?.unequal).toHaveLength(2)
    expect(result.audit?.equal).toHaveLength(8)
    expect([result.digest, result.complete]).toEqual([null, false])
    expect(result.settings.map(({ runs }) => runs.length)).toEqual([5, 5])
    expect(readdirSync(join(folder, "runs"))).toHaveLength(10)
    expect(readdirSync(join(folder, "audits")).toSorted()).toEqual([
      "base-3.fast.json",
      "base-3.fast.trace.jsonl.gz",
      "base-3.reference.json",
      "base-3.reference.trace.jsonl.gz",
    ])
    writeFileSync(join(folder, "report.html"), "all is well")
    await failureOf("disagreeing", { ...options, resume: true })
    expect(existsSync(join(folder, "report.html"))).toBe(false)
  })

  test("finds it in no other runs than those of its sample", async () => {
    const { result } = await experimentOf("disagreeing", { ...audited(1), set: ["replicates=2"] })
    expect(result?.audit?.equal).toHaveLength(4)
  })

  test("fails also where the judge has no result, and says why", async () => {
    const failure = await failureOf("brokenJudge", audited(0.1))
    expect(failure.mismatches).toHaveLength(1)
    expect(failure.mismatches[0]).toMatchObject({ judgeDigest: null, divergence: null })
    expect(failure.message).toMatch(/no result on reference \(error: .*the judge is ill/)
  })
})

describe("a failed audit", () => {
  const set = ["comparisons=[]", "replicates=3"]

  test("stays failed on every resume, whatever share is asked for", async () => {
    const folder = temporaryFolder()
    const first = await failureOf("disagreeing", { folder, set, ...audited(1) })
    for (const options of [audited(1), audited(0), { engine: "fast" }]) {
      const again = await watched("disagreeing", { folder, set, resume: true, ...options })
      await expect(again.attempt()).rejects.toMatchObject({ _tag: "AuditFailed", message: first.message })
      expect([again.played, again.judged]).toEqual([[], []])
      expect(resultIn(folder).digest).toBeNull()
    }
  })

  test("of a start that was killed before it said so stays failed without a resume too", async () => {
    const folder = temporaryFolder()
    await failureOf("disagreeing", { folder, set, ...audited(1) })
    rmSync(join(folder, "experiment.json"))
    const failure = await failureOf("disagreeing", { folder, set, ...audited(0) })
    expect(failure.mismatches).toHaveLength(1)
  })

  test("where the judge had no result is tried again, whatever share is asked for", async () => {
    const folder = temporaryFolder()
    await failureOf("brokenJudge", { folder, set, ...audited(0.1) })
    const failure = await failureOf("brokenJudge", { folder, set, resume: true, ...audited(0) })
    expect(failure.mismatches).toHaveLength(1)
  })

  test("names the way out: what the judge plays anew stands, and the other engine's runs still do not", async () => {
    const folder = temporaryFolder()
    const failure = await failureOf("disagreeing", { folder, set, ...audited(1) })
    expect(failure.message).toContain(`play it anew on reference`)
    expect(failure.message).toContain(`--resume ${folder} --engine reference`)
    const judge = await watched("disagreeing", { folder, set, resume: true })
    const { result } = await judge.attempt()
    expect([judge.played.length, result?.audit]).toEqual([3, null])
    expect(result?.digest).toMatch(/^[0-9a-f]{64}$/)
    const again = await failureOf("disagreeing", { folder, set, resume: true, ...audited(0) })
    expect(again.mismatches).toEqual(failure.mismatches)
  })

  test("is one of the runs that were played: what the judge played of other inputs says nothing", async () => {
    const folder = temporaryFolder()
    const options = { folder, set, ...audited(0) }
    await experimentOf("sound", options)
    const [line] = readFileSync(join(folder, "journal.jsonl"), "utf8").split("\n")
    const judged = { ...(JSON.parse(line!) as object), engine: "reference", digest: "another" }
    const note = (run: object) => appendFileSync(join(folder, "audits.jsonl"), `${JSON.stringify(run)}\n`)
    note({ ...judged, identity: "of other inputs" })
    const { result } = await experimentOf("sound", { ...options, resume: true })
    expect(result?.audit).toEqual({ equal: [], unequal: [], missing: [] })
    note(judged)
    const failure = await failureOf("sound", { ...options, resume: true })
    expect(failure.mismatches).toMatchObject([{ judgeDigest: "another" }])
  })
})

describe("a resumed audit", () => {
  test("of a smaller share repeats what the first start was to repeat, and says so", async () => {
    const folder = temporaryFolder()
    await experimentOf("sound", { folder, ...audited(0.5) })
    const options = await experimentOptions("sound", { folder, resume: true, ...audited(0.1) })
    const said: (number | undefined)[] = []
    const prepared = (info: { keptAuditShare?: number | undefined }) => void said.push(info.keptAuditShare)
    const { result } = await runExperiment({ ...options, observer: { ...options.observer, prepared } })
    expect(result?.audit?.equal).toHaveLength(5)
    expect(result?.manifest.audit?.share).toBe(0.5)
    expect(said).toEqual([0.5])
  })

  test("repeats nothing that was repeated, and all that a larger share adds", async () => {
    const folder = temporaryFolder()
    const first = await watched("sound", { folder, ...audited(0.2) })
    await first.attempt()
    expect(first.judged).toHaveLength(2)
    // As a kill would leave it.
    appendFileSync(join(folder, "audits.jsonl"), '{"setting":"base","seed":')
    const again = await watched("sound", { folder, resume: true, ...audited(0.2) })
    expect((await again.attempt()).result?.audit?.equal).toHaveLength(2)
    expect([again.played, again.judged]).toEqual([[], []])
    const more = await watched("sound", { folder, resume: true, ...audited(0.4) })
    const { result } = await more.attempt()
    expect(more.played).toEqual([])
    expect(more.judged).toHaveLength(2)
    expect([...first.judged, ...more.judged].sort()).toEqual(
      result?.audit?.equal.map(({ setting, seed }) => `${setting} ${seed}`).sort(),
    )
    const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as unknown
    expect(manifest).toMatchObject({ audit: { share: 0.4 } })
  })

  test("keeps the audits of an interrupted experiment", async () => {
    const folder = temporaryFolder()
    const controller = new AbortController()
    const judged: string[] = []
    const options = await experimentOptions("slow", { folder, set: ["replicates=2"], ...audited(0.5) })
    const audit = ({ setting, seed }: { setting: string; seed: number }) => {
      judged.push(`${setting} ${seed}`)
      if (judged.length === 1) controller.abort()
    }
    const stopped = await runExperiment({
      ...options,
      signal: controller.signal,
      observer: { ...options.observer, audited: audit },
    })
    expect([stopped.interrupted, judged.length]).toEqual([true, 1])
    const rest = await watched("slow", { folder, resume: true, set: ["replicates=2"], ...audited(0.5) })
    const { result } = await rest.attempt()
    expect(rest.judged).toHaveLength(1)
    expect(rest.judged).not.toEqual(judged)
    expect(result?.audit?.equal).toHaveLength(2)
  })

  test("plays again on another engine: results of one do not stand in for the other's", async () => {
    const folder = temporaryFolder()
    const options = { folder, set: ["replicates=2"] }
    await experimentOf("sound", options)
    const fast = await watched("sound", { ...options, resume: true, ...audited(0.5) })
    await fast.attempt()
    expect([fast.played.length, fast.judged.length]).toEqual([4, 2])
  })
})

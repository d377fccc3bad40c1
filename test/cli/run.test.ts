import { existsSync, readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { onWorld, studyFolder } from "./autonetSim.ts"

const run = (world: string, folder: string, ...args: readonly string[]) =>
  onWorld(world, ["run", "small.yaml", "--workers", "1", ...args], folder).ended

const digestIn = (stdout: string) => /^digest +([0-9a-f]{64})$/m.exec(stdout)?.[1]

describe("a run", () => {
  test("prints strategies, verdicts, comparisons, digest and how to do it again", async () => {
    const folder = studyFolder()
    const { code, stdout, stderr } = await run("sound", folder)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^coordinator\/honest +3 +\d+\.\d+ +\[\d+\.\d+, \d+\.\d+\] +0$/m)
    expect(stdout).toMatch(/^voters .*\ncoordinator\/honest +3 +20 +0\ncoordinator\/lazy +2 +20 +\d/m)
    expect(stdout).toMatch(/^report +out\/small\/report\.html, with data and runs beside it\nagain /m)
    expect(stdout).toMatch(/^holds +profit\(coordinator\/honest\) > profit\(coordinator\/lazy\) at 95%/m)
    expect(stdout).toMatch(/falseAcceptRate +[\d.]+ → 0.0 % .* moves beyond its interval$/m)
    expect(stdout).toMatch(/^again +npm run sim -- run small\.yaml$/m)
    expect(digestIn(stdout)).toBeDefined()
    expect(stdout).toMatch(/^base and all-honest on the built-in contracts$/m)
    expect(stdout + stderr).not.toContain("\u001b[")
    expect(stderr).toContain("10/10")
    expect(readdirSync(join(folder, "out/small"))).toEqual(
      expect.arrayContaining(["experiment.json", "manifest.json", "report.html", "runs"]),
    )
  })

  test("has the same digest in another process, time zone and language, with other workers", async () => {
    const folder = studyFolder()
    const first = await run("sound", folder, ...SHORT)
    const env = { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" }
    const second = await onWorld("sound", ["run", "small.yaml", "--workers", "3", ...SHORT], folder, env)
      .ended
    expect(digestIn(second.stdout)).toBe(digestIn(first.stdout))
    expect(digestIn(first.stdout)).toBeDefined()
  })

  test("prints nothing of what strategies print but on stderr", async () => {
    const folder = studyFolder()
    const { stdout, stderr } = await onWorld(
      "talkative",
      ["run", "small.yaml", "--json", "--quiet", "--replicates", "1"],
      folder,
    ).ended
    expect(JSON.parse(stdout)).toMatchObject({ name: "small" })
    expect(stderr).toContain("coordinator-1 thinks aloud\n")
  })

  test("with --json prints one document on stdout; with --quiet nothing on stderr", async () => {
    const { code, stdout, stderr } = await run(
      "sound",
      studyFolder(),
      "--json",
      "--quiet",
      "--replicates",
      "2",
    )
    const document = JSON.parse(stdout) as {
      verdict: string
      contracts: unknown
      settings: { runs: unknown[] }[]
    }
    expect(document.contracts).toMatchObject([{ settings: ["base", "all-honest"], source: "builtin" }])
    expect([code, stderr, document.settings.map(({ runs }) => runs.length)]).toEqual([
      { holds: 0, undecided: 3 }[document.verdict],
      "",
      [2, 2],
    ])
  })

  test("exits 1 where an expectation fails and 3 where none is decided", async () => {
    const folder = studyFolder()
    const refuted = "expectations=[profit(coordinator/honest) < profit(coordinator/lazy)]"
    const fails = await run("sound", folder, "--set", refuted, "--set", "comparisons=[]")
    expect([fails.code, fails.stdout]).toEqual([1, expect.stringMatching(/^fails +profit/m)])
    const undecided = await run("sound", folder, "--replicates", "1")
    expect([undecided.code, undecided.stdout]).toEqual([
      3,
      expect.stringMatching(/^undecided .*5 replicates at least to decide it at 95%$/m),
    ])
  })

  test("with --check says that all came out the same twice, or exits 4 and names what did not", async () => {
    const sound = await run("sound", studyFolder(), "--check", "--replicates", "2")
    expect(sound.stdout).toMatch(/^checked +every run came out the same twice$/m)
    const forgetful = await run("forgetful", studyFolder(), "--check", "--replicates", "3")
    expect(forgetful.code).toBe(4)
    expect(forgetful.stderr).toMatch(
      /^not reproducible: (base|all-honest) seed \d: digest [0-9a-f]+, then [0-9a-f]+$/m,
    )
    expect(digestIn(forgetful.stdout)).toBeUndefined()
  })

  test("with a hanging agent exits 4, naming agent, virtual time and seed; other runs are kept", async () => {
    const folder = studyFolder()
    const { code, stdout } = await run("hanging", folder, "--watchdog", "1", "--set", "comparisons=[]")
    expect(code).toBe(4)
    expect(stdout).toMatch(/^no result base seed 2 \(hang\): coordinator-1 hangs at 72 s of virtual time/m)
    expect(digestIn(stdout)).toBeUndefined()
    expect(readdirSync(join(folder, "out/small/runs")).toSorted()).toEqual([
      "base-1.json",
      "base-3.json",
      "base-4.json",
      "base-5.json",
    ])
  })
})

const SHORT = ["--replicates", "2"]

describe("an interrupted run", () => {
  test("ends cleanly on Ctrl-C with code 130, and --resume gives the digest of an uninterrupted one", async () => {
    const folder = studyFolder()
    const started = onWorld("slow", ["run", "small.yaml", "--workers", "1", ...SHORT], folder)
    await started.shown("2/4")
    started.kill("SIGINT")
    const { code, stdout, stderr } = await started.ended
    expect([code, stdout]).toEqual([130, ""])
    expect(stderr).toMatch(/interrupted: \d of 4 runs are finished and kept in out\/small/)
    expect(stderr).toContain("run --resume out/small")
    const resumed = await onWorld("slow", ["run", "--resume", "out/small"], folder).ended
    expect(resumed.stderr).toMatch(/^\d runs? of 4 (is|are) there already$/m)
    const whole = await run("slow", folder, "--out", "whole", ...SHORT)
    expect(digestIn(resumed.stdout)).toBeDefined()
    expect(digestIn(resumed.stdout)).toBe(digestIn(whole.stdout))
    const saved = (name: string) =>
      JSON.parse(readFileSync(join(folder, name, "experiment.json"), "utf8")) as unknown
    expect(saved("out/small")).toEqual(saved("whole"))
  })

  test("survives a kill: --resume gives the digest of an uninterrupted one", async () => {
    const folder = studyFolder()
    const started = onWorld("slow", ["run", "small.yaml", "--workers", "2", ...SHORT], folder)
    await started.shown("2/4")
    started.kill("SIGKILL")
    await started.ended
    expect(existsSync(join(folder, "out/small/experiment.json"))).toBe(false)
    const resumed = await onWorld("slow", ["run", "--resume", "out/small"], folder).ended
    const whole = await run("slow", folder, "--out", "whole", ...SHORT)
    expect(digestIn(resumed.stdout)).toBe(digestIn(whole.stdout))
  })

  test("is not resumed with other inputs: exit code 2 and which changed", async () => {
    const folder = studyFolder()
    await run("sound", folder, "--replicates", "1")
    const args = ["run", "--resume", "out/small", "--set", "rounds=11"]
    const { code, stderr } = await onWorld("sound", args, folder).ended
    expect([code, stderr]).toEqual([2, expect.stringContaining("setting base: rounds: was 10, is 11")])
  })
})

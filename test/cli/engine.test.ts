import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { engineChoice } from "../../sim/cli/engineChoice.ts"
import { DEFAULT_AUDIT_SHARE } from "../../sim/experiment/auditSample.ts"
import { onWorld, studyFolder } from "./autonetSim.ts"

const engines = { names: ["fast", "reference"], default: "fast", judge: "reference" }
const nothing = { engine: undefined, auditShare: undefined }
const before = (name: string, share: number | null) => ({
  engine: { name, version: "1" },
  audit: share === null ? null : { share, engine: { name: "reference", version: "1" }, seed: "s", runs: [] },
})

describe("the engine", () => {
  test("is the default and audited a little, unless the command line says otherwise", () => {
    const audit = { share: DEFAULT_AUDIT_SHARE, engine: "reference" }
    expect(engineChoice(nothing, engines, undefined)).toEqual({ engine: "fast", audit })
    expect(engineChoice({ ...nothing, auditShare: 0.5 }, engines, undefined).audit?.share).toBe(0.5)
    const reference = { engine: "reference", auditShare: undefined }
    expect(engineChoice(reference, engines, undefined)).toEqual({ engine: "reference", audit: undefined })
  })

  test("of a resumed experiment is that of its first start, and so is its audit", () => {
    expect(engineChoice(nothing, engines, before("reference", null)).engine).toBe("reference")
    expect(engineChoice(nothing, engines, before("fast", 0.2)).audit?.share).toBe(0.2)
    expect(engineChoice(nothing, engines, before("fast", 0)).audit?.share).toBe(0)
    expect(engineChoice({ ...nothing, auditShare: 0.4 }, engines, before("fast", 0.2)).audit?.share).toBe(0.4)
  })

  test("of a resumed experiment is not audited less than at its first start", () => {
    const less = { ...nothing, auditShare: 0.1 }
    expect(() => engineChoice(less, engines, before("fast", 0.2))).toThrow(
      "--audit-share: expected 0.2, as at the first start, or more, found 0.1",
    )
    expect(engineChoice({ ...less, engine: "fast" }, engines, before("reference", null)).audit?.share).toBe(
      0.1,
    )
  })

  test("of another name is refused, and so is an audit of the judge by itself", () => {
    expect(() => engineChoice({ ...nothing, engine: "fats" }, engines, undefined)).toThrow(
      '--engine: expected fast or reference, found "fats" (did you mean fast?)',
    )
    expect(() => engineChoice({ engine: "reference", auditShare: 0.1 }, engines, undefined)).toThrow(
      "to audit fast, name it with --engine",
    )
  })
})

describe("a run on the engine that was asked for", () => {
  const short = ["--replicates", "2", "--workers", "1"]

  test("says in terminal, manifest and report what was audited, and how to do it again", async () => {
    const folder = studyFolder()
    const args = ["run", "small.yaml", "--engine", "fast", "--audit-share", "0.25", ...short]
    const { stdout, stderr } = await onWorld("sound", args, folder).ended
    expect(stdout).toMatch(/^audit +1 of 4 runs repeated on reference, equal$/m)
    expect(stdout).toMatch(
      /^again +npm run sim -- run small\.yaml --replicates 2 --engine fast --audit-share 0\.25$/m,
    )
    expect(stderr).toMatch(/^\d\/5 (base|all-honest) seed \d repeated for the audit/m)
    expect(readFileSync(join(folder, "out/small/report.html"), "utf8")).toContain(
      "1 of 4 runs repeated on reference, equal",
    )
    const manifest = JSON.parse(readFileSync(join(folder, "out/small/manifest.json"), "utf8")) as unknown
    expect(manifest).toMatchObject({ engine: { name: "fast" }, audit: { share: 0.25 } })
  })

  test("that nobody audited is said not to be, in terminal and report", async () => {
    const folder = studyFolder()
    const args = ["run", "small.yaml", "--engine", "fast", "--audit-share", "0", ...short]
    const { stdout } = await onWorld("sound", args, folder).ended
    expect(stdout).toMatch(/^audit +not audited: reference, which judges, repeated no run$/m)
    expect(stdout).toMatch(/^again .* --engine fast --audit-share 0$/m)
    const report = readFileSync(join(folder, "out/small/report.html"), "utf8")
    expect(report).toContain("not audited: reference, which judges, repeated no run")
  })

  test("that the judge disagrees with exits 4, with the run and both digests, and without a report", async () => {
    const folder = studyFolder()
    const args = ["run", "small.yaml", "--engine", "fast", "--audit-share", "1", "--set", "comparisons=[]"]
    const { code, stdout, stderr } = await onWorld("disagreeing", [...args, "--workers", "1"], folder).ended
    expect([code, stdout]).toEqual([4, ""])
    expect(stderr).toMatch(/base seed 3: digest [0-9a-f]{64} on fast, [0-9a-f]{64} on reference/)
    expect(stderr).toMatch(
      /first event that differs: number 37; both traces and results are in out\/small\/audits/,
    )
    expect(stderr).not.toContain("internal error")
    expect(existsSync(join(folder, "out/small/runs/base-3.json"))).toBe(true)
    expect(existsSync(join(folder, "out/small/report.html"))).toBe(false)
    const resume = (...more: string[]) =>
      onWorld("disagreeing", ["run", "--resume", "out/small", "--workers", "1", ...more], folder).ended
    const [less, again, anew] = [
      await resume("--audit-share", "0"),
      await resume(),
      await resume("--engine", "reference"),
    ]
    expect([less.code, less.stdout]).toEqual([2, ""])
    expect(less.stderr).toContain("--audit-share: expected 1, as at the first start, or more, found 0")
    expect([again.code, again.stdout]).toEqual([4, ""])
    expect(again.stderr).toContain("run --resume out/small --engine reference")
    expect(anew.code).not.toBe(4)
    expect(anew.stdout).toMatch(/^digest +[0-9a-f]{64}$/m)
  })
})

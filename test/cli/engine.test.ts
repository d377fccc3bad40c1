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
    expect(engineChoice(nothing, engines, before("fast", null)).audit?.share).toBe(0)
    expect(engineChoice({ ...nothing, auditShare: 0.4 }, engines, before("fast", 0.2)).audit?.share).toBe(0.4)
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
    expect(stdout).toMatch(/^audited +1 of 4 runs repeated on reference, equal$/m)
    expect(stdout).toMatch(/^again +npm run sim -- run small\.yaml --replicates 2 --engine fast$/m)
    expect(stderr).toMatch(/^\d\/5 (base|all-honest) seed \d repeated for the audit/m)
    expect(readFileSync(join(folder, "out/small/report.html"), "utf8")).toContain(
      "1 of 4 runs repeated on reference, equal",
    )
    const manifest = JSON.parse(readFileSync(join(folder, "out/small/manifest.json"), "utf8")) as unknown
    expect(manifest).toMatchObject({ engine: { name: "fast" }, audit: { share: 0.25 } })
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
  })
})

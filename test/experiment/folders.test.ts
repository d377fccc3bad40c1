import { spawn } from "node:child_process"
import { once } from "node:events"
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import { claimFolder } from "../../sim/experiment/claimFolder.ts"
import { inspectFolder, LOCK_FILE } from "../../sim/experiment/outputFolder.ts"
import type { OtherExperiment } from "../../sim/experiment/experimentOptions.ts"
import { experimentOf, temporaryFolder } from "./experimentOf.ts"

describe("claiming an output folder", () => {
  test("makes it and those above it, and takes them away again where nothing was written", () => {
    const above = temporaryFolder()
    const folder = join(above, "a/b")
    claimFolder(folder).release()
    expect(readdirSync(above)).toEqual([])
    const claim = claimFolder(folder)
    expect(readdirSync(folder)).toEqual([LOCK_FILE])
    expect(inspectFolder(folder)).toEqual({ _tag: "free" })
    writeFileSync(join(folder, "x"), "")
    claim.release()
    expect(readdirSync(folder)).toEqual(["x"])
  })

  test.each([
    ["/proc/self/nowhere/out", "can't be made"],
    ["/proc/nowhere", "can't be made"],
    [`${import.meta.filename}/out`, "can't be made: a part of its path is a file"],
    [import.meta.filename, "is no folder"],
    [join(tmpdir(), "x".repeat(300)), "can't be made: the name is too long"],
  ])("is refused at once where it can't be made: %s", (folder, message) => {
    expect(() => claimFolder(folder)).toThrow(
      expect.objectContaining({ _tag: "FolderRefused", message: expect.stringContaining(message) }),
    )
  })

  test.skipIf(process.getuid?.() === 0)("is refused where it can't be written to", () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o500)
    expect(() => claimFolder(folder)).toThrow("can't be written to: permission denied")
    chmodSync(folder, 0o700)
  })

  test("is refused while another process holds it, and granted when that is gone, however it ended", async () => {
    const folder = join(temporaryFolder(), "out")
    const module = JSON.stringify(new URL("../../sim/experiment/claimFolder.ts", import.meta.url).href)
    const script = `(await import(${module})).claimFolder(${JSON.stringify(folder)}); console.log("held"); setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ["--input-type=module", "-e", script])
    await once(holder.stdout, "data")
    expect(() => claimFolder(folder)).toThrow(`is in use by another run (process ${holder.pid})`)
    holder.kill("SIGKILL")
    await once(holder, "exit")
    expect(existsSync(join(folder, LOCK_FILE))).toBe(true)
    claimFolder(folder).release()
    expect(existsSync(join(folder, LOCK_FILE))).toBe(false)
  })

  test("is granted over a lock whose number another process has now, or that is torn", () => {
    const folder = temporaryFolder()
    for (const lock of [JSON.stringify({ pid: process.pid, started: "1" }), '{"pid"', ""]) {
      writeFileSync(join(folder, LOCK_FILE), lock)
      claimFolder(folder).release()
    }
    writeFileSync(join(folder, LOCK_FILE), JSON.stringify({ pid: 1, started: null }))
    expect(() => claimFolder(folder)).toThrow("is in use by another run (process 1)")
  })
})

describe("a folder with another experiment", () => {
  const begin = async (folder: string, keepOther: boolean, set: readonly string[]) => {
    let other: OtherExperiment | undefined
    const silent = { progress: () => {}, done: () => {}, failed: () => {}, audited: () => {} }
    const observer = { ...silent, prepared: (info: { other: typeof other }) => void (other = info.other) }
    const derivedFiles = () => Promise.resolve(["report.html", "figures/a.svg"])
    await experimentOf("sound", { folder, keepOther, observer, derivedFiles, set })
    return other
  }
  const replicates = (folder: string) =>
    (JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as { inputs: { seeds: number[] } })
      .inputs.seeds.length

  test("keeps it under a name beside it, and says in what it differs", async () => {
    const folder = join(temporaryFolder(), "out")
    mkdirSync(folder)
    await begin(folder, true, ["replicates=1"])
    writeFileSync(join(folder, "notes.txt"), "mine")
    const { release } = claimFolder(folder)
    const other = await begin(folder, true, ["replicates=2"])
    release()
    expect(other?.changed).toContain("seeds: was [1], is [1,2]")
    const movedTo = other!.movedTo!
    expect([dirname(movedTo), basename(movedTo)]).toEqual([
      dirname(folder),
      expect.stringMatching(/^out-[0-9a-f]{8}$/),
    ])
    expect([replicates(movedTo), replicates(folder)]).toEqual([1, 2])
    expect(readdirSync(movedTo)).toContain("notes.txt")
    expect(readdirSync(movedTo)).not.toContain(LOCK_FILE)
    expect(await begin(folder, true, ["replicates=2"])).toBeUndefined()
    await begin(folder, true, ["replicates=1"])
    const again = await begin(folder, true, ["replicates=2"])
    expect(again?.movedTo).toBe(`${movedTo}-2`)
  })

  test("is written over where the folder was named, without what was made from it", async () => {
    const folder = join(temporaryFolder(), "out")
    await begin(folder, false, ["replicates=1"])
    mkdirSync(join(folder, "figures"))
    for (const file of ["report.html", "figures/a.svg", "figures/mine.svg"])
      writeFileSync(join(folder, file), "")
    const other = await begin(folder, false, ["replicates=2"])
    expect(other).toMatchObject({
      changed: expect.arrayContaining(["seeds: was [1], is [1,2]"]),
      movedTo: null,
    })
    expect(readdirSync(join(folder, "figures"))).toEqual(["mine.svg"])
    expect(existsSync(join(folder, "report.html"))).toBe(false)
  })
})

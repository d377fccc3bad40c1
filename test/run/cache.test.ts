import { readFileSync, writeFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { filesOf } from "../../sim/cache/cacheFolder.ts"
import { temporaryFolder } from "../experiment/experimentOf.ts"
import { playScenario } from "./playScenario.ts"

const set = ["rounds=1"]

describe("a run whose results of learning are kept on disk", () => {
  test("has the digest of one without, cold, warm, and with every entry damaged", async () => {
    const directory = temporaryFolder()
    const files = () => [...filesOf(directory, "training"), ...filesOf(directory, "evaluations")]
    // Another name of the same folder, so that this thread's own memory does not answer.
    let names = 0
    const play = (program = "this program") => {
      const name = `${directory}${"/.".repeat(names++)}`
      return playScenario({ set, cache: { directory: name, program } })
    }
    const without = await playScenario({ set })
    expect((await play()).digest).toBe(without.digest)
    const written = files()
    expect(filesOf(directory, "training").length).toBeGreaterThan(2)
    expect(filesOf(directory, "evaluations").length).toBeGreaterThan(5)

    expect(await play()).toEqual(without)
    // Nothing was worked out anew, or there would be other files or later ones.
    expect(files().map(({ path }) => path)).toEqual(written.map(({ path }) => path))

    for (const { path } of files()) {
      const bytes = readFileSync(path)
      writeFileSync(path, bytes.with(bytes.length - 1, bytes.at(-1)! ^ 1))
    }
    expect((await play()).digest).toBe(without.digest)
    expect((await play()).digest).toBe(without.digest)
    expect(files()).toHaveLength(written.length)

    await play("another program")
    expect(files()).toHaveLength(2 * written.length)
  }, 60_000)
})

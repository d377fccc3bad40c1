import { mkdirSync, writeFileSync, existsSync, utimesSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, test } from "vitest"
import { parseCommandLine } from "../../sim/cli/commandLine.ts"
import { autonetSim, studyFolder } from "./autonetSim.ts"

const HOUR_MS = 3_600_000

/** A cache of two compiled units, a trained model and three evaluations, and a file that is not ours. */
const cacheIn = (folder: string) => {
  const directory = join(folder, "cache", "autonet-sim")
  const write = (path: string, bytes: number, ageHours: number): void => {
    const file = join(directory, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, new Uint8Array(bytes))
    const used = new Date(Date.now() - ageHours * HOUR_MS)
    utimesSync(file, used, used)
  }
  const hex = "a".repeat(62)
  write(`unit-00${hex}.json`, 300_000, 50)
  write(`unit-01${hex}.json`, 10, 2.5)
  write(`training/0f/${hex}`, 2 ** 20 + 1, 1.5)
  for (const folder of ["00", "01", "02"]) write(`evaluations/${folder}/${hex}`, 400, 0)
  write("training/0f/notes.txt", 1, 0)
  return {
    directory,
    foreign: join(directory, "training/0f/notes.txt"),
    env: { XDG_CACHE_HOME: join(folder, "cache") },
  }
}

describe("the command cache", () => {
  test("shows what is kept in an aligned table: entries, size as the disk counts, limits and ages", async () => {
    const folder = studyFolder()
    const { directory, env } = cacheIn(folder)
    const { code, stdout } = await autonetSim(["cache"], folder, env).ended
    expect(code).toBe(0)
    expect(stdout.split("\n")).toEqual([
      "kind         what                entries  MiB  limit MiB  oldest use   latest use",
      "contracts    compiled contracts        2  0.3       none  2 days ago  2 hours ago",
      "training     trained models            1  1.0    1,024.0  1 hour ago   1 hour ago",
      "evaluations  evaluations               3  0.0       64.0    just now     just now",
      "",
      `1.3 MiB in ${directory}`,
      "Clearing it loses nothing but time: autonet-sim cache clear [--only KIND ...]",
      "",
    ])
    const data = JSON.parse((await autonetSim(["cache", "--json"], folder, env).ended).stdout) as {
      kinds: { kind: string; entries: number; bytes: number; limitBytes: number | null }[]
    }
    expect(
      data.kinds.map(({ kind, entries, bytes, limitBytes }) => [kind, entries, bytes, limitBytes]),
    ).toEqual([
      ["contracts", 2, 75 * 4096, null],
      ["training", 1, 257 * 4096, 1024 * 2 ** 20],
      ["evaluations", 3, 3 * 4096, 64 * 2 ** 20],
    ])
  })

  test("clears one kind or all, and nothing that is not ours", async () => {
    const folder = studyFolder()
    const { env, foreign } = cacheIn(folder)
    const one = await autonetSim(["cache", "clear", "--only", "training"], folder, env).ended
    expect([one.code, one.stdout]).toEqual([0, "training: removed 1 entry, 1.0 MiB\n"])
    const all = await autonetSim(["cache", "clear"], folder, env).ended
    expect([all.code, all.stdout]).toEqual([
      0,
      "contracts: removed 2 entries, 0.3 MiB\ntraining: removed 0 entries, 0.0 MiB\nevaluations: removed 3 entries, 0.0 MiB\n",
    ])
    expect(existsSync(foreign)).toBe(true)
  })

  test("clears the rest where something else lies in the place of an entry or a folder, and says what", async () => {
    const folder = studyFolder()
    const { directory, env } = cacheIn(folder)
    const inPlaceOfEntry = join(directory, "training/0f", "b".repeat(62))
    mkdirSync(inPlaceOfEntry)
    const inPlaceOfFolder = join(directory, "evaluations/0a")
    writeFileSync(inPlaceOfFolder, "")
    expect((await autonetSim(["cache"], folder, env).ended).code).toBe(0)
    const { code, stdout, stderr } = await autonetSim(["cache", "clear"], folder, env).ended
    expect([code, stderr]).toEqual([0, ""])
    expect(stdout.split("\n")).toEqual([
      "contracts: removed 2 entries, 0.3 MiB",
      "training: removed 1 entry, 1.0 MiB",
      `training: left ${inPlaceOfEntry}: it is no file`,
      "evaluations: removed 3 entries, 0.0 MiB",
      expect.stringContaining(`evaluations: left ${inPlaceOfFolder}: ENOTDIR`),
      "",
    ])
    expect(existsSync(inPlaceOfEntry)).toBe(true)
  })

  test("shows an empty one where there is none", async () => {
    const folder = studyFolder()
    const { code, stdout } = await autonetSim(["cache"], folder, { XDG_CACHE_HOME: folder }).ended
    expect(code).toBe(0)
    expect(stdout).toContain(
      "training     trained models            0  0.0    1,024.0           -           -\n",
    )
  })

  test.each<[string, string[]]>([
    ["cache: expected clear or nothing, found claer (did you mean clear?)", ["claer"]],
    [
      '--only: expected one of contracts, training, evaluations, found "trainin" (did you mean training?)',
      ["clear", "--only", "trainin"],
    ],
    ["a kind of what is kept: contracts, training, evaluations, found nothing", ["clear", "--only"]],
    ["--only says what to clear: autonet-sim cache clear --only KIND", ["--only", "training"]],
    ["cache takes one action, found also training", ["clear", "training"]],
  ])("refuses: %s", (message, args) => {
    expect(() => parseCommandLine(["cache", ...args])).toThrow(message)
  })

  test("tells the shell that its input was bad", async () => {
    const { code, stdout, stderr } = await autonetSim(["cache", "clear", "--only", "all"], studyFolder())
      .ended
    expect([code, stdout, stderr.split("\n")]).toEqual([
      2,
      "",
      [expect.stringContaining("--only: expected one of"), ""],
    ])
  })
})

test("a run is played without the cache where that is asked", () => {
  expect(parseCommandLine(["run", "x.yaml"])).toMatchObject({ cache: true })
  expect(parseCommandLine(["run", "x.yaml", "--no-cache"])).toMatchObject({ cache: false })
})

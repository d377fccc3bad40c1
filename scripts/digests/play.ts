/** Plays a scenario of a clone with the clone's own program, and reads the digests of its runs. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { $ } from "zx"
import type { KeptDigests } from "./kept.ts"

export interface Place {
  /** Of the clone. */
  readonly folder: string
  /** For `TZ`. */
  readonly zone: string
  /** For `LC_ALL` and `LANG`. */
  readonly locale: string
  readonly workers: number
  /** Where this place keeps compiled contracts and results of learning; undefined = where the user does. */
  readonly cache: string | undefined
}

/** By setting and seed. Rejects where the program fails. */
export async function playedDigests(
  { folder, zone, locale, workers, cache }: Place,
  { scenario, set, replicates }: KeptDigests,
): Promise<KeptDigests["digests"]> {
  const out = await mkdtemp(join(tmpdir(), "autonet-digests-out-"))
  const env = {
    ...process.env,
    TZ: zone,
    LC_ALL: locale,
    LANG: locale,
    ...(cache === undefined ? {} : { XDG_CACHE_HOME: cache }),
  }
  const changes = set.flatMap((change) => ["--set", change])
  const options = ["--replicates", replicates, "--workers", workers, "--audit-share", 0]
  const program = [process.execPath, join(folder, "sim/cli/main.ts")]
  try {
    // Expectations may fail in so small a version: only a run without a result is an error.
    const ran = await $({
      cwd: folder,
      env,
      nothrow: true,
      quiet: true,
    })`${program} run ${scenario} ${changes} ${options} --quiet --out ${join(out, "runs")}`
    if (ran.exitCode === 2 || ran.exitCode === 4) throw new Error(`${scenario}: ${ran.stderr}${ran.stdout}`)
    return await digestsIn(join(out, "runs/runs"))
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

async function digestsIn(folder: string): Promise<KeptDigests["digests"]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort()
  const entries = files.map(async (name) => {
    const { digest } = JSON.parse(await readFile(join(folder, name), "utf8")) as { digest: string }
    return [name.replace(/\.json$/, ""), digest] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

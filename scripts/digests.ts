/**
 * Checks digests kept in the repository (`scenarios/digests.json`) against two clones of its HEAD in folders of
 * different names, with different time zones and locales, one on a single worker and one on two. Prints a table; exit
 * code 1 where anything differs.
 *
 *     npm run digests                  check HEAD
 *     npm run digests -- --update      play the working tree and keep what comes out
 *     npm run digests -- --only NAME
 */
import { rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { alignRows } from "../sim/cli/terminal.ts"
import { playedDigests, type Place } from "./digests/play.ts"
import { cloneOfHead } from "./digests/clone.ts"
import { digestsFile, readKept, type KeptDigests } from "./digests/kept.ts"
import { readOptions, refuseOptions } from "./readOptions.ts"

const HELP = `npm run digests [-- --only NAME] [-- --update]

Plays small versions of scenarios that ship in two clones of HEAD, in folders of different names, with different time
zones and locales, on one worker and on two, and compares every run's digest with scenarios/digests.json.

  --only NAME  this entry of the file; repeatable
  --update     play the working tree instead and write its digests to the file: when the protocol, the learning or a
               scenario has been changed on purpose
`

const root = fileURLToPath(new URL("../", import.meta.url))
const options = readOptions({ only: { type: "string", multiple: true }, update: { type: "boolean" } }, HELP)

const kept = await readKept()
const chosen = kept.filter(({ name }) => options.only === undefined || options.only.includes(name))
const unknown = options.only?.find((only) => kept.every(({ name }) => name !== only))
if (unknown !== undefined) {
  refuseOptions(`--only: expected one of ${kept.map(({ name }) => name).join(", ")}, found ${unknown}`)
}
if (options.update === true) await update()
else await check()

async function update(): Promise<void> {
  const here: Place = { folder: root, zone: "UTC", locale: "C", workers: 1, cache: undefined }
  const fresh: KeptDigests[] = []
  for (const entry of kept) {
    const digests = chosen.includes(entry) ? await playedDigests(here, entry) : entry.digests
    const changed = JSON.stringify(digests) !== JSON.stringify(entry.digests)
    console.log(`${entry.name}: ${changed ? "changed" : "as it was"}`)
    fresh.push({ ...entry, digests })
  }
  await writeFile(digestsFile, `${JSON.stringify(fresh, null, 2)}\n`)
}

async function check(): Promise<void> {
  const clones = [await cloneOfHead(root, "here"), await cloneOfHead(root, "a folder elsewhere")]
  const places: readonly Place[] = [
    {
      folder: clones[0]!,
      zone: "Pacific/Kiritimati",
      locale: "tr_TR.UTF-8",
      workers: 1,
      cache: cacheOf(clones[0]!),
    },
    { folder: clones[1]!, zone: "America/St_Johns", locale: "C", workers: 2, cache: cacheOf(clones[1]!) },
  ]
  const rows: (readonly string[])[] = [["scenario", "run", "kept", ...places.map(titleOf), ""]]
  let wrong = 0
  try {
    for (const entry of chosen) {
      const played = [await playedDigests(places[0]!, entry), await playedDigests(places[1]!, entry)]
      const runs = new Set([entry.digests, ...played].flatMap((digests) => Object.keys(digests)))
      for (const run of runs) {
        const digests = [entry.digests, ...played].map((each) => each[run])
        const equal = digests.every((digest) => digest !== undefined && digest === digests[0])
        if (!equal) wrong += 1
        rows.push([entry.name, run, ...digests.map(short), equal ? "equal" : "DIFFERENT"])
      }
    }
  } finally {
    for (const clone of clones) await rm(join(clone, ".."), { recursive: true, force: true })
  }
  console.log(alignRows(rows, ["left", "left", "left", "left", "left", "left"]).join("\n"))
  const count = rows.length - 1
  console.log(
    wrong === 0
      ? `\n${count} digests, all equal`
      : `\n${wrong} of ${count} digests differ. If all columns but the first agree and the change was meant: npm run digests -- --update`,
  )
  process.exitCode = wrong === 0 ? 0 : 1
}

/** Each clone works everything out by itself, once. */
function cacheOf(clone: string): string {
  return join(clone, "../cache")
}

function titleOf({ zone, locale, workers }: Place): string {
  return `${zone}, ${locale}, ${workers} worker${workers === 1 ? "" : "s"}`
}

function short(digest: string | undefined): string {
  return digest === undefined ? "none" : digest.slice(0, 16)
}

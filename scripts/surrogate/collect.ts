/**
 * The real curves: plays every federation of the design with real training, and writes what it measures.
 *
 * A journal keeps what is done, so that a stopped run goes on where it was.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs"
import { initialiseBackend } from "../../ml/backend.ts"
import type { Dataset } from "../../ml/datasets/dataset.ts"
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { type Curve, type Federation, groundOf, playFederation } from "./federation.ts"
import { realLearner } from "./realLearner.ts"

const DIRECTORY = new URL("../../out/surrogate/", import.meta.url)
const JOURNAL = new URL("curves.jsonl", DIRECTORY)

/** Curves in the order of the federations. `onPlayed` hears of each with the seconds of CPU time that it took. */
export const collectCurves = async (
  federations: readonly Federation[],
  dataset: Dataset,
  onPlayed: (played: number, seconds: number) => void,
): Promise<readonly Curve[]> => {
  await initialiseBackend()
  mkdirSync(DIRECTORY, { recursive: true })
  const known = readJournal()
  return federations.map((federation, index) => {
    const key = canonicalJson(federation)
    const kept = known.get(key)
    if (kept !== undefined) return kept
    const start = process.cpuUsage()
    const curve = playFederation(groundOf(federation, dataset), realLearner(federation.hidden, dataset))
    const { user, system } = process.cpuUsage(start)
    appendFileSync(JOURNAL, `${JSON.stringify({ federation, curve })}\n`)
    onPlayed(index + 1, (user + system) / 1e6)
    return curve
  })
}

const readJournal = (): Map<string, Curve> => {
  if (!existsSync(JOURNAL)) return new Map()
  const lines = readFileSync(JOURNAL, "utf8")
    .split("\n")
    .filter((line) => line !== "")
  return new Map(
    lines.map((line) => {
      const { federation, curve } = JSON.parse(line) as { federation: Federation; curve: Curve }
      return [canonicalJson(federation), curve]
    }),
  )
}

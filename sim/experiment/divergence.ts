/** Plays a run on two engines, keeping both traces, and finds the first event in which they part. */
import { createReadStream, readFileSync } from "node:fs"
import { createInterface } from "node:readline"
import { createGunzip } from "node:zlib"
import type { Divergence } from "../results/audit.ts"
import { divergenceFiles } from "./auditFolder.ts"
import type { Job } from "./workerMessages.ts"
import { playAll, type PoolOptions } from "./workerPool.ts"

type Pool = Omit<PoolOptions, "onDone" | "onFailed">

/** Null where one of the playings failed, or both came out the same this time. The files stay in the folder. */
export async function findDivergence(
  folder: string,
  played: Job,
  judged: Job,
  pool: Pool,
): Promise<Divergence | null> {
  const [ours, theirs] = [played, judged].map((job) => divergenceFiles(folder, job, job.engine))
  if (ours === undefined || theirs === undefined) return null
  let done = 0
  await playAll(
    [
      { ...played, ...ours },
      { ...judged, ...theirs },
    ],
    {
      ...pool,
      onProgress: () => undefined,
      onDone: () => void done++,
      onFailed: () => undefined,
    },
  )
  if (done < 2) return null
  return (
    (await firstEvent(ours.traceFile, theirs.traceFile)) ?? firstValue(ours.resultFile, theirs.resultFile)
  )
}

const linesOf = (file: string): AsyncIterator<string> =>
  createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity })[
    Symbol.asyncIterator
  ]()

async function firstEvent(playedFile: string, judgedFile: string): Promise<Divergence | undefined> {
  const [ours, theirs] = [linesOf(playedFile), linesOf(judgedFile)]
  for (let event = 1; ; event++) {
    const [left, right] = [await ours.next(), await theirs.next()]
    const played = left.done === true ? null : left.value
    const judged = right.done === true ? null : right.value
    if (played === null && judged === null) return undefined
    if (played !== judged) return { event, played, judged }
  }
}

/** The first value, by path, in which two results differ. */
function firstValue(playedFile: string, judgedFile: string): Divergence | null {
  const [played, judged] = [playedFile, judgedFile].map((file): unknown =>
    JSON.parse(readFileSync(file, "utf8")),
  )
  const found = differing(played, judged, "")
  if (found === undefined) return null
  const show = (value: unknown) => (value === undefined ? null : `${found.path}: ${JSON.stringify(value)}`)
  return { event: null, played: show(found.played), judged: show(found.judged) }
}

interface Difference {
  readonly path: string
  readonly played: unknown
  readonly judged: unknown
}

/** The digest follows from all the others, so that it is no news. */
function differing(played: unknown, judged: unknown, path: string): Difference | undefined {
  if (Object.is(played, judged)) return undefined
  if (!isContainer(played) || !isContainer(judged)) return { path, played, judged }
  for (const key of new Set([...Object.keys(played), ...Object.keys(judged)])) {
    if (path === "" && key === "digest") continue
    const found = differing(played[key], judged[key], path === "" ? key : `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null
}

/** What the program keeps between starts, by kind, and where. All of it may be deleted at any time. */
import { readdirSync, rmSync, statSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"

const MIB = 1024 ** 2

/** Kinds of what is kept. The least recently used goes where there is a limit. */
export const cacheKinds = {
  contracts: { title: "compiled contracts", folder: ".", limitBytes: undefined },
  training: { title: "trained models", folder: "training", limitBytes: 1024 * MIB },
  evaluations: { title: "evaluations", folder: "evaluations", limitBytes: 64 * MIB },
} as const satisfies Record<string, CacheKindRecord>

export interface CacheKindRecord {
  readonly title: string
  /** Below the cache directory. */
  readonly folder: string
  /** As the disk counts; undefined = none. */
  readonly limitBytes: number | undefined
}

export type CacheKind = keyof typeof cacheKinds
export const cacheKindNames = Object.keys(cacheKinds) as readonly CacheKind[]

/** `$XDG_CACHE_HOME/autonet-sim`, by default `~/.cache/autonet-sim`. */
export const defaultCacheDirectory = (environment: NodeJS.ProcessEnv): string => {
  const base = environment["XDG_CACHE_HOME"]
  return join(base === undefined || base === "" ? join(homedir(), ".cache") : base, "autonet-sim")
}

/** Where the entry of a key lies: 64 hex digits, of which two name a folder, so that none gets too full. */
export const fileOfKey = (folder: string, key: string): string => join(folder, key.slice(0, 2), key.slice(2))

/** A file of the cache. */
export interface CacheFile {
  readonly path: string
  /** As the disk counts: whole blocks. */
  readonly bytes: number
  /** When it was last used, or written where nobody notes use; milliseconds since 1970. */
  readonly usedMs: number
}

const BLOCK_BYTES = 4096

/** What lies where an entry or a folder of entries should, and can't be used as one. */
export interface Obstacle {
  readonly path: string
  readonly problem: string
}

type Report = (obstacle: Obstacle) => void

/** Entries of the kind, in no order. Files that vanish meanwhile are left out, and so is what is not ours. */
export const filesOf = (directory: string, kind: CacheKind, report?: Report): readonly CacheFile[] => {
  const folder = join(directory, cacheKinds[kind].folder)
  return kind === "contracts" ? filesIn(folder, COMPILED_UNIT, report) : entriesIn(folder, report)
}

/** Files of a folder that `diskStore.ts` keeps. */
export const entriesIn = (folder: string, report?: Report): readonly CacheFile[] =>
  namesIn(folder, FOLDER, report).flatMap((name) => filesIn(join(folder, name), ENTRY, report))

/** Removes all entries of the kind, and nothing that is not ours; says how much went, and what stands in the way. */
export const clearKind = (
  directory: string,
  kind: CacheKind,
): { readonly entries: number; readonly bytes: number; readonly left: readonly Obstacle[] } => {
  const left: Obstacle[] = []
  const report: Report = (obstacle) => left.push(obstacle)
  const files = filesOf(directory, kind, report)
  const removed = files.filter(
    ({ path }) => attempt(path, report, () => (rmSync(path, { force: true }), true)) ?? false,
  )
  return { entries: removed.length, bytes: removed.reduce((sum, { bytes }) => sum + bytes, 0), left }
}

/** Written by `chain/compile`. */
const COMPILED_UNIT = /^unit-[0-9a-f]{64}\.json(\..*\.tmp)?$/
/** Entries of `diskStore.ts`, and what it was writing when it was killed. */
const ENTRY = /^[0-9a-f]{62}(\..*\.tmp)?$/

/** The first two digits of keys. */
const FOLDER = /^[0-9a-f]{2}$/

/** Undefined for what is not there. Undefined, and reported, for what the disk refuses: there is work without a cache. */
const attempt = <A>(path: string, report: Report | undefined, work: () => A): A | undefined => {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if (!("code" in error && error.code === "ENOENT")) report?.({ path, problem: error.message })
    return undefined
  }
}

const namesIn = (folder: string, pattern: RegExp, report: Report | undefined): readonly string[] =>
  (attempt(folder, report, () => readdirSync(folder)) ?? []).filter((name) => pattern.test(name))

const filesIn = (folder: string, pattern: RegExp, report: Report | undefined): readonly CacheFile[] =>
  namesIn(folder, pattern, report).flatMap((name) => {
    const path = join(folder, name)
    const found = attempt(path, report, () => statSync(path))
    if (found === undefined) return []
    if (!found.isFile()) {
      report?.({ path, problem: "it is no file" })
      return []
    }
    return [{ path, bytes: Math.ceil(found.size / BLOCK_BYTES) * BLOCK_BYTES, usedMs: found.mtimeMs }]
  })

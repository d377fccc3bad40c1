/** What the program keeps between starts, by kind, and where. All of it may be deleted at any time. */
import { existsSync, readdirSync, rmSync, statSync } from "node:fs"
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

/** Entries of the kind, in no order. Files that vanish meanwhile are left out, and so is what is not ours. */
export const filesOf = (directory: string, kind: CacheKind): readonly CacheFile[] => {
  const folder = join(directory, cacheKinds[kind].folder)
  return kind === "contracts" ? filesIn(folder, COMPILED_UNIT) : entriesIn(folder)
}

/** Files of a folder that `diskStore.ts` keeps. */
export const entriesIn = (folder: string): readonly CacheFile[] =>
  foldersIn(folder).flatMap((name) => filesIn(join(folder, name), ENTRY))

/** Removes all entries of the kind, and nothing that is not ours; says how much went. */
export const clearKind = (directory: string, kind: CacheKind): { entries: number; bytes: number } => {
  const files = filesOf(directory, kind)
  for (const { path } of files) rmSync(path, { force: true })
  return { entries: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}

/** Written by `chain/compile`. */
const COMPILED_UNIT = /^unit-[0-9a-f]{64}\.json(\..*\.tmp)?$/
/** Entries of `diskStore.ts`, and what it was writing when it was killed. */
const ENTRY = /^[0-9a-f]{62}(\..*\.tmp)?$/

const foldersIn = (folder: string): readonly string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => /^[0-9a-f]{2}$/.test(name)) : []

const filesIn = (folder: string, pattern: RegExp): readonly CacheFile[] => {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .flatMap((name) => {
      const path = join(folder, name)
      const found = statSync(path, { throwIfNoEntry: false })
      if (found === undefined) return []
      return [{ path, bytes: Math.ceil(found.size / BLOCK_BYTES) * BLOCK_BYTES, usedMs: found.mtimeMs }]
    })
}

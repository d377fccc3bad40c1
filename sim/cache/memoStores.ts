/** The stores behind a run's memo of learning. */
import { join } from "node:path"
import type { MemoStore, MemoStores } from "../../ml/memo/memoStore.ts"
import { canonicalJson } from "../kernel/canonicalJson.ts"
import { sha256Hex } from "../kernel/hash.ts"
import { cacheKinds } from "./cacheFolder.ts"
import { createDiskStore } from "./diskStore.ts"

/** A folder of results that outlive the process, and whose results count. */
export interface ResultCache {
  readonly directory: string
  /** Hash of all that decides what this program makes of a request: results of another are not found. */
  readonly program: string
}

/** Identifies the program, its packages, its Node and the kind of machine. */
export const programKey = (identity: {
  readonly sources: string
  readonly lockfile: string
  readonly node: string
}): string => {
  const { sources, lockfile, node } = identity
  const { arch, platform } = process
  return sha256Hex(canonicalJson({ format: FORMAT, sources, lockfile, node, arch, platform }))
}

/** Of the files. A change of `storedResult.ts` is one of the sources anyway. */
const FORMAT = 1

export const openMemoStores = ({ directory, program }: ResultCache): MemoStores => ({
  training: storeOf(directory, "training", program),
  evaluation: storeOf(directory, "evaluations", program),
})

const storeOf = (directory: string, kind: "training" | "evaluations", program: string): MemoStore => {
  const { folder, limitBytes } = cacheKinds[kind]
  const store = createDiskStore({ folder: join(directory, folder), limitBytes })
  const keyOf = (key: string) => sha256Hex(`${program}${key}`)
  return {
    get: (key) => store.get(keyOf(key)),
    set: (key, bytes) => store.set(keyOf(key), bytes),
  }
}

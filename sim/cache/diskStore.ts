/**
 * Bytes by key in a folder: a file an entry, shared by threads and processes without a lock.
 *
 * A file is written under a name of its writer's and renamed, so that a reader sees all of it or nothing. It begins
 * with the SHA-256 of its key and payload, checked at every read: an entry that was damaged counts as absent and is
 * removed. This finds accidents. Whoever can write to the folder can write an entry whose checksum is right, as they
 * could change the program: a result that must not rest on the folder is played without it (`--no-cache`, `--check`).
 *
 * An own small store and not the library `cacache`: that one reads asynchronously only, which would let the host's
 * promises into the middle of a training call, and it has no limit in bytes.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { threadId } from "node:worker_threads"
import type { MemoStore } from "../../ml/memo/memoStore.ts"
import { sha256Hex } from "../kernel/hash.ts"
import { entriesIn, fileOfKey } from "./cacheFolder.ts"

export interface DiskStoreOptions {
  readonly folder: string
  /**
   * What the folder may hold, as the disk counts. Several writers do not ask each other: each looks again after a
   * twentieth of the limit, and so the folder may exceed it by that much a writer for a while.
   */
  readonly limitBytes: number
}

/** Keys are 64 hex digits. */
export const createDiskStore = ({ folder, limitBytes }: DiskStoreOptions): MemoStore => {
  let unseenBytes = Infinity
  const makeRoom = (writtenBytes: number): void => {
    unseenBytes += writtenBytes
    if (unseenBytes <= limitBytes / LOOKS_A_LIMIT) return
    unseenBytes = 0
    quietly(() => removeOldest(folder, limitBytes))
  }
  return {
    get(key) {
      const file = fileOfKey(folder, key)
      const bytes = quietly(() => readFileSync(file))
      if (bytes === undefined) return undefined
      const payload = payloadOf(key, bytes)
      quietly(() => (payload === undefined ? rmSync(file, { force: true }) : touch(file)))
      return payload
    },
    set(key, payload) {
      if (payload.length > limitBytes) return
      writeEntry(fileOfKey(folder, key), Buffer.concat([Buffer.from(checksum(key, payload)), payload]))
      makeRoom(payload.length)
    },
  }
}

const writeEntry = (file: string, bytes: Uint8Array): void => {
  const temporary = `${file}.${process.pid}-${threadId}.tmp`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(temporary, bytes)
    renameSync(temporary, file)
  } catch {
    quietly(() => rmSync(temporary, { force: true }))
  }
}

const LOOKS_A_LIMIT = 20
/** Share of the limit that is left after making room, so that it is not made for every entry. */
const KEPT_SHARE = 0.9

const removeOldest = (folder: string, limitBytes: number): void => {
  const files = entriesIn(folder)
  let held = files.reduce((sum, { bytes }) => sum + bytes, 0)
  if (held <= limitBytes) return
  for (const { path, bytes } of files.toSorted((a, b) => a.usedMs - b.usedMs)) {
    if (held <= limitBytes * KEPT_SHARE) return
    rmSync(path, { force: true })
    held -= bytes
  }
}

const CHECKSUM_LENGTH = 64

const checksum = (key: string, payload: Uint8Array): string => sha256Hex(`${key}${sha256Hex(payload)}`)

const payloadOf = (key: string, bytes: Uint8Array): Uint8Array | undefined => {
  const payload = bytes.subarray(CHECKSUM_LENGTH)
  const stated = Buffer.from(bytes.subarray(0, CHECKSUM_LENGTH)).toString("latin1")
  return stated === checksum(key, payload) ? payload : undefined
}

/** Notes that an entry was used. */
const touch = (file: string): void => {
  const now = new Date()
  utimesSync(file, now, now)
}

/** A folder that can't be read or written is no error: then nothing is kept. */
const quietly = <A>(work: () => A): A | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}

/** Compiled source units on disk, one file a key. A damaged or foreign file counts as absent. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { createHash } from "node:crypto"
import { join } from "node:path"
import { threadId } from "node:worker_threads"
import type { CompiledUnit } from "./compileUnits.ts"

const fileOf = (directory: string, key: string): string => join(directory, `unit-${key}.json`)

const checksum = (text: string): string => createHash("sha256").update(text).digest("hex")

export const readCached = (directory: string, key: string): CompiledUnit | undefined => {
  try {
    const text = readFileSync(fileOf(directory, key), "utf8")
    const lineEnd = text.indexOf("\n")
    const payload = text.slice(lineEnd + 1)
    return text.slice(0, lineEnd) === checksum(`${key}${payload}`)
      ? (JSON.parse(payload) as CompiledUnit)
      : undefined
  } catch {
    return undefined
  }
}

/**
 * Writes to a temporary name and renames, so that a reader never sees half a file. Two processes may
 * write the same unit; both write the same bytes. A directory that cannot be written is no error: the
 * next start compiles again.
 */
export const writeCached = (directory: string, key: string, unit: CompiledUnit): void => {
  const target = fileOf(directory, key)
  const temporary = `${target}.${process.pid}-${threadId}.tmp`
  const payload = JSON.stringify(unit)
  try {
    mkdirSync(directory, { recursive: true })
    writeFileSync(temporary, `${checksum(`${key}${payload}`)}\n${payload}`)
    renameSync(temporary, target)
  } catch {
    removeQuietly(temporary)
  }
}

const removeQuietly = (file: string): void => {
  try {
    rmSync(file, { force: true })
  } catch {
    // Where nothing can be written there is nothing to remove.
  }
}

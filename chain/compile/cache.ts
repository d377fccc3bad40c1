/** Compiled suites on disk, one file a content hash. A damaged or foreign file counts as absent. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { createHash } from "node:crypto"
import { join } from "node:path"
import { threadId } from "node:worker_threads"
import type { CompiledSuite } from "./artifact.ts"

const fileOf = (directory: string, contentHash: string): string =>
  join(directory, `contracts-${contentHash}.json`)

const checksum = (text: string): string => createHash("sha256").update(text).digest("hex")

export const readCached = (directory: string, contentHash: string): CompiledSuite | undefined => {
  try {
    const text = readFileSync(fileOf(directory, contentHash), "utf8")
    const lineEnd = text.indexOf("\n")
    const payload = text.slice(lineEnd + 1)
    if (text.slice(0, lineEnd) !== checksum(payload)) return undefined
    const suite = JSON.parse(payload) as CompiledSuite
    return suite.contentHash === contentHash ? suite : undefined
  } catch {
    return undefined
  }
}

/**
 * Writes to a temporary name and renames, so that a reader never sees half a file. Two processes may
 * write the same suite; both write the same bytes. A directory that cannot be written is no error: the
 * next start compiles again.
 */
export const writeCached = (directory: string, suite: CompiledSuite): void => {
  const target = fileOf(directory, suite.contentHash)
  const temporary = `${target}.${process.pid}-${threadId}.tmp`
  const payload = JSON.stringify(suite)
  try {
    mkdirSync(directory, { recursive: true })
    writeFileSync(temporary, `${checksum(payload)}\n${payload}`)
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

/** A run's trace on disk: lines of canonical JSON, gzipped; equal traces give equal bytes. */
import { createHash } from "node:crypto"
import { closeSync, openSync, renameSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import { gzipSync } from "node:zlib"
import { partial } from "./atomicFile.ts"
import { makeFolder } from "./makeFolder.ts"

export interface TraceFile {
  readonly append: (line: string) => void
  /** Completes the file and returns the SHA-256 of its bytes. */
  readonly close: () => string
}

// Pieces are compressed by themselves: gzip members may follow each other, and nothing waits in memory for a host event
// loop that a run keeps busy.
const PIECE_LENGTH = 1 << 20

export function openTraceFile(file: string): TraceFile {
  makeFolder(dirname(file))
  const handle = openSync(partial(file), "w")
  const hash = createHash("sha256")
  let lines: string[] = []
  let length = 0
  const flush = () => {
    if (lines.length === 0) return
    const bytes = gzipSync(`${lines.join("\n")}\n`)
    for (let offset = 0; offset < bytes.length;) offset += writeSync(handle, bytes, offset)
    hash.update(bytes)
    lines = []
    length = 0
  }
  return {
    append(line) {
      lines.push(line)
      length += line.length + 1
      if (length >= PIECE_LENGTH) flush()
    },
    close() {
      flush()
      closeSync(handle)
      renameSync(partial(file), file)
      return hash.digest("hex")
    },
  }
}

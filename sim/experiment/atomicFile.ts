/** Files that are there as a whole or not at all, also after a kill or a power cut. */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs"
import { dirname } from "node:path"
import { makeFolder } from "./makeFolder.ts"

/** The name under which a file is written until it is complete. */
export function partial(file: string): string {
  return `${file}.part`
}

/** Writes beside the file, flushes to disk and renames. Makes the folder if there is none. */
export function writeAtomically(file: string, content: string | Uint8Array): void {
  makeFolder(dirname(file))
  const handle = openSync(partial(file), "w")
  try {
    const bytes = typeof content === "string" ? Buffer.from(content) : content
    for (let offset = 0; offset < bytes.length;) offset += writeSync(handle, bytes, offset)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(partial(file), file)
}

/** Starts a new line in a journal where a kill tore the last one, so that the next entry is not lost with it. */
export function endLine(journal: string): void {
  if (!existsSync(journal)) return
  const text = readFileSync(journal, "utf8")
  if (text !== "" && !text.endsWith("\n")) appendFileSync(journal, "\n")
}

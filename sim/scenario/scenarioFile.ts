/** Reads the bytes of a scenario file, or says precisely why they are none. */
import { readdirSync, readFileSync, statSync } from "node:fs"
import { basename, dirname } from "node:path"
import { didYouMean } from "./didYouMean.ts"

/** Larger files are refused unread. */
export const MAX_FILE_BYTES = 2 ** 20

export type ReadFile =
  { readonly _tag: "read"; readonly text: string } | { readonly _tag: "failed"; readonly message: string }

function failed(message: string): ReadFile {
  return { _tag: "failed", message }
}

export function readScenarioFile(file: string): ReadFile {
  try {
    const stat = statSync(file)
    if (stat.isDirectory()) {
      const inside = scenariosIn(file)
      const hint = inside.length > 0 ? `; in it: ${inside.slice(0, 10).join(", ")}` : ""
      return failed(`expected a scenario file, found a directory${hint}`)
    }
    if (!stat.isFile()) return failed("expected a regular file, found a device, pipe or socket")
    if (stat.size > MAX_FILE_BYTES) {
      const mib = (stat.size / 2 ** 20).toFixed(1)
      return failed(`expected a scenario file of at most 1 MiB, found ${mib} MiB`)
    }
    return decodeText(readFileSync(file))
  } catch (fault) {
    return failed(faultMessage(file, fault))
  }
}

function decodeText(bytes: Uint8Array): ReadFile {
  const zero = bytes.indexOf(0)
  if (zero >= 0)
    return { _tag: "failed", message: `expected YAML text, found binary data (a zero at byte ${zero})` }
  try {
    return { _tag: "read", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) }
  } catch {
    return { _tag: "failed", message: "expected YAML text in UTF-8, found bytes that are not UTF-8" }
  }
}

function faultMessage(file: string, fault: unknown): string {
  const code = (fault as NodeJS.ErrnoException).code
  if (code === "ENOENT" || code === "ENOTDIR") {
    const hint = didYouMean(basename(file), scenariosIn(dirname(file)))
    return `expected a scenario file, found none of this name${hint}`
  }
  if (code === "EACCES" || code === "EPERM")
    return "expected a readable file, found one without read permission"
  if (code === "ENAMETOOLONG" || code === "ELOOP")
    return `expected a file name that the system accepts (${code})`
  throw fault
}

function scenariosIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
  } catch {
    return []
  }
}

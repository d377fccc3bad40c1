/**
 * What the program is, as far as results depend on it: hashes of its sources and of the package lock.
 *
 * A clone hashes what lies there. An installed package holds JavaScript and no lock, so packing writes both hashes,
 * taken from the clone, into `identity.json`: clone and package have the same identity.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { createHash } from "node:crypto"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Schema } from "effect"
import { sha256Hex } from "../kernel/hash.ts"

export const ProgramIdentity = Schema.Struct({
  /** SHA-256 over paths and contents of `sim`, `chain` and `ml`: TypeScript and Solidity. */
  sources: Schema.String,
  /** SHA-256 of package-lock.json. */
  lockfile: Schema.String,
  version: Schema.String,
})
export type ProgramIdentity = typeof ProgramIdentity.Type

export const IDENTITY_FILE = "identity.json"

/** The rooms that decide what a run does; reports only read results. */
const ROOMS = ["chain", "ml", "sim"]

const root = fileURLToPath(new URL("../../", import.meta.url))

/** The identity of the program that is running. */
export function programIdentity(): ProgramIdentity {
  const packed = join(root, IDENTITY_FILE)
  return existsSync(packed)
    ? Schema.decodeUnknownSync(ProgramIdentity)(JSON.parse(readFileSync(packed, "utf8")))
    : identityOfSources(root)
}

/** The identity of a clone. */
export function identityOfSources(clone: string): ProgramIdentity {
  const { version } = JSON.parse(readFileSync(join(clone, "package.json"), "utf8")) as { version: string }
  return {
    sources: hashSources(clone),
    lockfile: sha256Hex(readFileSync(join(clone, "package-lock.json"))),
    version,
  }
}

function hashSources(clone: string): string {
  const hash = createHash("sha256")
  for (const path of ROOMS.flatMap((room) => sourcesIn(clone, room)).sort()) {
    // Line ends are a matter of checkout, not of meaning.
    const content = readFileSync(join(clone, path), "utf8").replaceAll("\r\n", "\n")
    hash.update(`${path}\n${Buffer.byteLength(content)}\n${content}`)
  }
  return hash.digest("hex")
}

function sourcesIn(clone: string, folder: string): readonly string[] {
  return readdirSync(join(clone, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sourcesIn(clone, path)
    return /\.(ts|sol)$/.test(entry.name) ? [path] : []
  })
}

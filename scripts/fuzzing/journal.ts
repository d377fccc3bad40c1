/** Which chunks are done, in a file, so that a search that was stopped goes on. */
import { createHash } from "node:crypto"
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Done } from "./messages.ts"

/** Of everything that decides what a chunk does: engines and generators. Other sources, another search. */
export const fingerprintOf = (root: string): string => {
  const hash = createHash("sha256")
  for (const directory of ["chain/engine", "test/fuzz/evm"]) {
    const files = readdirSync(join(root, directory), { recursive: true, encoding: "utf8" })
    for (const file of files.filter((name) => /\.(ts|wasm)$/.test(name)).sort())
      hash.update(`${file}\0`).update(readFileSync(join(root, directory, file)))
  }
  return hash.update(readFileSync(join(root, "package-lock.json"))).digest("hex")
}

export class Journal {
  readonly #file: string
  readonly done = new Map<number, Done>()

  constructor(file: string, fingerprint: string) {
    this.#file = file
    mkdirSync(dirname(file), { recursive: true })
    const [first, ...lines] = existsSync(file) ? readFileSync(file, "utf8").split("\n") : []
    const header = JSON.stringify({ fingerprint })
    if (first !== header) {
      writeFileSync(file, `${header}\n`)
      return
    }
    for (const line of lines) this.#take(line)
    if (lines.at(-1) !== "") appendFileSync(file, "\n")
  }

  /** A line that was cut off when the search was stopped says nothing. */
  #take(line: string): void {
    try {
      const done = JSON.parse(line) as Done
      this.done.set(done.chunk, done)
    } catch {
      return
    }
  }

  add(done: Done): void {
    this.done.set(done.chunk, done)
    appendFileSync(this.#file, `${JSON.stringify(done)}\n`)
  }
}

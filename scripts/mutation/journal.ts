/** What is known of each mutant, one line each as it becomes known, so that a kill loses nothing. */
import { createHash } from "node:crypto"
import { appendFileSync, existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs"
import { dirname, join } from "node:path"

export interface Verdict {
  readonly key: string
  /** The build of contracts and tests that it was found on. */
  readonly build: string
  /** The test that failed; absent where none did. */
  readonly killedBy?: string
  readonly why?: string
}

export class Journal {
  readonly #file: string
  readonly #build: string
  readonly #last = new Map<string, Verdict>()

  constructor(file: string, build: string) {
    this.#file = file
    this.#build = build
    mkdirSync(dirname(file), { recursive: true })
    if (!existsSync(file)) return
    for (const line of readFileSync(file, "utf8").split("\n")) {
      const verdict = parsed(line)
      if (verdict !== undefined) this.#last.set(verdict.key, verdict)
    }
  }

  /** The verdict on the same build, if there is one. */
  settled(key: string): Verdict | undefined {
    const verdict = this.#last.get(key)
    return verdict?.build === this.#build ? verdict : undefined
  }

  /** The last verdict, whatever the build. */
  last(key: string): Verdict | undefined {
    return this.#last.get(key)
  }

  add(verdict: Omit<Verdict, "build">): void {
    const whole = { ...verdict, build: this.#build }
    this.#last.set(whole.key, whole)
    appendFileSync(this.#file, `${JSON.stringify(whole)}\n`)
  }
}

/** A line that a kill cut short counts for nothing. */
const parsed = (line: string): Verdict | undefined => {
  try {
    return JSON.parse(line) as Verdict
  } catch {
    return undefined
  }
}

/** Of the sources and of all files of tests: verdicts hold for these only. */
export const buildHash = (sources: Readonly<Record<string, string>>, testDirectory: string): string => {
  const hash = createHash("sha256")
  const add = (name: string, text: string) =>
    hash
      .update(`${name.length}:${Buffer.byteLength(text)}:`)
      .update(name)
      .update(text)
  for (const [name, text] of Object.entries(sources)) add(name, text)
  for (const name of readdirSync(testDirectory).sort()) {
    if (name.endsWith(".ts")) add(name, readFileSync(join(testDirectory, name), "utf8"))
  }
  return hash.digest("hex")
}

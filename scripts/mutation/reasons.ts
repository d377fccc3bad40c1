/** Why a mutant may survive: a checked-in list, keyed by words and not by lines. */
import { existsSync, readFileSync } from "node:fs"
import { parse } from "yaml"
import { type Mutant, type MutantKey, type Operator, keyOf, normalised, operators } from "./mutant.ts"

/** As in the file; `at` is `Contract.function`. */
interface Entry {
  readonly at: string
  readonly operator: Operator
  readonly original: string
  readonly nth?: number
  readonly reason: string
}

export interface Reasons {
  /** By key of the mutant. */
  readonly byKey: ReadonlyMap<string, string>
  /** Entries that name no mutant there is. */
  readonly unknown: readonly string[]
}

/** Throws where an entry is incomplete. */
export const readReasons = (file: string, mutants: readonly Mutant[]): Reasons => {
  const entries = existsSync(file) ? ((parse(readFileSync(file, "utf8")) ?? []) as readonly Entry[]) : []
  const known = new Set(mutants.map(keyOf))
  const byKey = new Map<string, string>()
  const unknown: string[] = []
  for (const [index, entry] of entries.entries()) {
    const key = keyOf(keyOfEntry(entry, `${file}, entry ${index + 1}`))
    if (known.has(key)) byKey.set(key, entry.reason)
    else unknown.push(key)
  }
  return { byKey, unknown }
}

const keyOfEntry = ({ at, operator, original, nth = 1, reason }: Entry, where: string): MutantKey => {
  const [contract = "", name = ""] = (at ?? "").split(".")
  if (name === "") throw new Error(`${where}: "at" must be Contract.function; got ${at}.`)
  if (!operators.includes(operator)) {
    throw new Error(`${where}: there is no operator "${operator}"; there are: ${operators.join(", ")}.`)
  }
  if ((reason ?? "").trim().length < 10) throw new Error(`${where}: a reason is missing.`)
  return { contract, function: name, operator, original: normalised(original), nth }
}

/** Picks entries of a list by what somebody remembers of their names. */
import { didYouMean } from "../scenario/didYouMean.ts"
import { UsageError } from "./usageError.ts"

interface Named {
  readonly name: string
  readonly description: string
}

/** Whether a text contains the pattern; letter case aside, `*` stands for anything. */
export function fits(text: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(parts.join(".*"), "i").test(text)
}

/**
 * The entries whose name, or failing that whose description, contains the pattern. All of them without a
 * pattern. Throws `UsageError` where none does.
 */
export function matching<E extends Named>(entries: readonly E[], pattern: string | undefined, what: string) {
  if (pattern === undefined) return entries
  const byName = entries.filter(({ name }) => fits(name, pattern))
  const found = byName.length > 0 ? byName : entries.filter(({ description }) => fits(description, pattern))
  if (found.length > 0) return found
  const hint = didYouMean(
    pattern,
    entries.flatMap(({ name }) => beginnings(name)),
  )
  throw new UsageError(
    `expected a part of the name of a ${what}, found ${JSON.stringify(pattern)}${hint}; without a pattern all are listed`,
  )
}

/** The entries that `matching` finds for any of the patterns, in the order of the list; all of them without patterns. */
export function matchingAny<E extends Named>(
  entries: readonly E[],
  patterns: readonly string[],
  what: string,
): readonly E[] {
  const found = new Set(patterns.flatMap((pattern) => matching(entries, pattern, what)))
  return patterns.length === 0 ? entries : entries.filter((entry) => found.has(entry))
}

/** Of `ResultsRewards.voteCommitBlocks`: all of it, `ResultsRewards`, `vote`, `voteCommit`, `voteCommitBlocks`. */
function beginnings(name: string): readonly string[] {
  const words = name.split(".").flatMap((part) => {
    const ends = [...part.matchAll(/[a-z0-9](?=[A-Z-])|$/g)].map(({ index }) => index + 1)
    return ends.map((end) => part.slice(0, end))
  })
  return [name, ...words]
}

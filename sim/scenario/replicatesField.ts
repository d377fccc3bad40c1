/** How often a scenario is played: a number, or until its expectations are decided. */
import { Schema } from "effect"
import { DEFAULT_CONFIDENCE } from "../results/expectation.ts"
import { looksAt } from "../results/sequential.ts"
import { about, integer } from "./fields.ts"
import { MAX_REPLICATES } from "./limits.ts"

const count = (title: string, description: string) =>
  integer({ min: 1, max: MAX_REPLICATES }, { title, description })

const EXPECTED = `a whole number from 1 to ${MAX_REPLICATES}, or { atLeast, atMost }`

export const Replicates = Schema.Union([
  count(
    "Replicates",
    "Runs per setting. Intervals need two; nothing is claimed at 95 % with fewer than five, at 99 % with fewer than seven.",
  ),
  Schema.Struct({
    atLeast: count("At least", "Runs per setting before the first look at the expectations."),
    atMost: count("At most", "Runs per setting after which what is undecided stays so."),
  }),
]).annotate({
  ...about({
    title: "Replicates",
    description: `Runs per setting: a number, or { atLeast, atMost }, which goes on until every expectation is decided. One looks at doubling numbers, and the error of each statement is kept over all looks. ${EXPECTED}.`,
  }),
  expected: EXPECTED,
  default: 5,
})

type Written = typeof Replicates.Type

/** Runs per setting at most. */
export const mostReplicates = (replicates: Written): number =>
  typeof replicates === "number" ? replicates : replicates.atMost

/** Numbers of replicates at which the expectations are looked at, ascending; one where the number is fixed. */
export const looksOf = (replicates: Written, confidences: readonly number[]): readonly number[] => {
  if (typeof replicates === "number") return [replicates]
  const { atLeast, atMost } = replicates
  // The least demanding statement may be decided first; without one there is nothing to wait for.
  return looksAt({ least: atLeast, most: atMost }, 1 - Math.min(...confidences, DEFAULT_CONFIDENCE))
}

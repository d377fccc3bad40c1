/** One small wrong change of a contract, and where it is made. */
import type { Range } from "./ast.ts"

export const operators = [
  "delete check",
  "delete guard",
  "delete modifier",
  "negate comparison",
  "move boundary",
  "flip sign",
] as const
export type Operator = (typeof operators)[number]

/** A mutant by the words that stay when lines move. */
export interface MutantKey {
  readonly contract: string
  /** Of the contract; `constructor`, `fallback` and names of modifiers too. */
  readonly function: string
  readonly operator: Operator
  /** The source that is changed, white space normalised. */
  readonly original: string
  /** Counts from 1 where a function has the same words several times. */
  readonly nth: number
}

/**
 * How a mutant is expressed: `real` replaces the text of `range` in the source. `switched` is the same with a
 * switch: an expression that is true while the mutant is on, and the text of `range` with all that is mutated
 * inside it.
 */
export interface Edit {
  readonly range: Range
  readonly real: string
  readonly switched: ((on: string, inner: string) => string) | undefined
}

export interface Mutant extends MutantKey {
  /** Below `chain/contracts`. */
  readonly file: string
  readonly line: number
  /** What stands there instead. */
  readonly mutated: string
  readonly edit: Edit
}

export const keyOf = ({ contract, function: name, operator, original, nth }: MutantKey): string =>
  `${contract}.${name}: ${operator}: ${original}${nth === 1 ? "" : ` (${nth})`}`

export const normalised = (text: string): string => text.replace(/\s+/g, " ").trim()

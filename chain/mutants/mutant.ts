/** A built-in contract set with one rule taken away: what tests must notice, and what attack trials call "rule off". */

/** One change of one source; `find` must stand in it exactly once. */
export interface Edit {
  /** Path below `chain/contracts`. */
  readonly file: string
  readonly find: string
  readonly replace: string
}

/** What notices that the rule is gone: invariants that a run reports, or a statement among the tests. */
export type Killer = { readonly invariants: readonly [string, ...string[]] } | { readonly statement: string }

export interface Mutant extends Edit {
  /** In kebab-case; what a scenario's `rulesOff` names. */
  readonly name: string
  /** The rule that the mutant breaks, as the built-in set keeps it, in one sentence. */
  readonly rule: string
  /** The row of the attack catalogue that the missing rule opens. */
  readonly attack: string
  /** The deployed contract whose behaviour changes. */
  readonly contract: string
  /** Where the rule is kept in more than one place: the other places. */
  readonly also?: readonly Edit[]
  readonly killedBy: Killer
}

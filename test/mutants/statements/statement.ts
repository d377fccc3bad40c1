import type { PopulatedOptions } from "../../contracts/cycle.ts"
import type { World } from "../../contracts/world.ts"

/** A statement about behaviour that holds on the built-in set, and not where a rule is off. */
export interface Statement {
  /** The world that it speaks of; the usual populated one when absent. */
  readonly world?: PopulatedOptions
  /**
   * The files whose contracts are mutated for it, all others being as they are; for a rule that nearly every contract
   * is compiled with. All that depend on what is changed when absent.
   */
  readonly mutated?: readonly string[]
  /** Rejects where it does not hold. */
  readonly holds: (world: World) => Promise<void>
}

/** By the mutant that it kills. */
export type Statements = Readonly<Record<string, Statement>>

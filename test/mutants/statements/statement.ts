import type { PopulatedOptions } from "../../contracts/cycle.ts"
import type { World } from "../../contracts/world.ts"

/** A statement about behaviour that holds on the built-in set, and not where a rule is off. */
export interface Statement {
  /** The world that it speaks of; the usual populated one when absent. */
  readonly world?: PopulatedOptions
  /** Rejects where it does not hold. */
  readonly holds: (world: World) => Promise<void>
}

/** By the mutant that it kills. */
export type Statements = Readonly<Record<string, Statement>>

import type { Effect } from "effect"
import type { Block } from "../../../chain/transaction.ts"
import type { Chain } from "../../../chain/chain.ts"
import type { ContractReadError } from "../../../chain/errors.ts"

/** Something that must hold after every block. Invariants only look: they never change the world. */
export interface Invariant {
  /** Stable, for results and reports. */
  readonly name: string
  /** One sentence: what must hold. */
  readonly statement: string
  /** Extension functions, as `Contract.function`, without which it cannot be checked. */
  readonly needs: readonly string[]
  /** Says what is wrong after this block, or nothing. Called for every block that is not empty, in order. */
  readonly check: (block: Block) => Effect.Effect<string | undefined, ContractReadError, Chain>
}

import type { Effect } from "effect"
import type { Block } from "../../../chain/transaction.ts"
import type { Chain } from "../../../chain/chain.ts"
import type { ContractReadError } from "../../../chain/errors.ts"
import type { Law } from "./law.ts"

/** Something that must hold after every block. Invariants only look: they never change the world. */
export interface Invariant extends Law {
  /** Says what is wrong after this block, or nothing. Called for every block that is not empty, in order. */
  readonly check: (block: Block) => Effect.Effect<string | undefined, ContractReadError, Chain>
}

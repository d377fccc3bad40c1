import type { Effect } from "effect"
import type { Address, Hex } from "viem"
import type { Chain } from "../../../chain/chain.ts"
import type { Wallet } from "../../../chain/wallet.ts"
import type { ProtocolFailure } from "./protocolFailure.ts"

/** What a keeper has decided about a task before it exists. */
export interface TrapPlan {
  readonly trapped: boolean
  /** Hands in the known-bad result; must be the account that does. */
  readonly account: Address
  readonly salt: Hex
  /** Of the bad result; undefined where there is no trap. */
  readonly contentHash: Hex | undefined
}

type Verb<A> = Effect.Effect<A, ProtocolFailure, Chain | Wallet>

export interface Traps {
  /** Whether traps must look like other solutions, and keepers hand in work to untrapped tasks too. */
  readonly areHidden: boolean
  /** Keeper: before a task is proposed. Whether the plan stands. */
  readonly plan: (taskId: bigint, plan: TrapPlan) => Verb<boolean>
  /** Keeper: once the bad result is committed. Whether the trap is laid; if not, the result should not be shown. */
  readonly lay: (taskId: bigint, plan: TrapPlan) => Verb<boolean>
  /** Keeper: waits for the votes, and brings about what follows from them. */
  readonly settle: (taskId: bigint, plan: TrapPlan) => Verb<void>
  /** Coordinator: after its vote against a solution, in case that is a known-bad one. */
  readonly report: (taskId: bigint, solution: string) => Verb<void>
}

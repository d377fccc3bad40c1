import type { Effect } from "effect"
import type { Hex } from "viem"
import type { Chain } from "../../../chain/chain.ts"
import type { Receipt } from "../../../chain/transaction.ts"
import type { Wallet } from "../../../chain/wallet.ts"
import type { Capability } from "../capability.ts"
import type { ProtocolFailure } from "./protocolFailure.ts"

export interface TaskTerms {
  readonly capability: Capability
  readonly specHash: Hex
  readonly groundTruthHash: Hex
}

/** What tasks are about, and what that makes them worth. Multipliers in basis points: 10,000 is 1.00. */
export interface Modules {
  /** The receipt of the proposal; undefined where the contracts refused it. */
  readonly propose: (terms: TaskTerms) => Effect.Effect<Receipt | undefined, ProtocolFailure, Chain | Wallet>
  /** Solvers that one task takes. */
  readonly placesOfTask: Effect.Effect<number, ProtocolFailure, Chain>
  /** By which a task's rewards are multiplied, fixed when it was proposed. */
  readonly multiplierOfTask: (taskId: bigint) => Effect.Effect<bigint, ProtocolFailure, Chain>
  /** By which those of a task proposed now would be. */
  readonly multiplierNow: (capability: Capability) => Effect.Effect<bigint, ProtocolFailure, Chain>
  /** Reports how well a capability is mastered, in basis points; whether the report was accepted. */
  readonly report: (
    capability: Capability,
    scoreBps: bigint,
  ) => Effect.Effect<boolean, ProtocolFailure, Chain | Wallet>
}

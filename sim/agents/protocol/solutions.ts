import type { Effect } from "effect"
import type { Hex } from "viem"
import type { Chain } from "../../../chain/chain.ts"
import type { WriteOptions } from "../../../chain/contractTypes.ts"
import type { Wallet } from "../../../chain/wallet.ts"
import type { Cid } from "../../../ml/store/cid.ts"
import type { ProtocolFailure } from "./protocolFailure.ts"

/** What is committed to a task, and what is needed to reveal it. */
export interface SealedSolution {
  readonly taskId: bigint
  readonly commitment: Hex
  /** Undefined where the commitment is the content's bare hash. */
  readonly salt: Hex | undefined
}

/** All from the account that sends. */
export interface Solutions {
  /** `contentHash`: keccak256 of the content identifier, as text. */
  readonly seal: (
    taskId: bigint,
    contentHash: Hex,
  ) => Effect.Effect<SealedSolution, ProtocolFailure, Chain | Wallet>
  /** Whether the commitment was accepted: tasks take a limited number. */
  readonly commit: (
    sealed: SealedSolution,
    options?: WriteOptions,
  ) => Effect.Effect<boolean, ProtocolFailure, Chain | Wallet>
  /** Whether the solution is revealed now. */
  readonly reveal: (
    sealed: SealedSolution,
    cid: Cid,
  ) => Effect.Effect<boolean, ProtocolFailure, Chain | Wallet>
}

import { Effect } from "effect"
import type { Address, Hex } from "viem"
import type { Chain } from "../../../chain/chain.ts"
import type { WriteOptions } from "../../../chain/contractTypes.ts"
import type { Wallet } from "../../../chain/wallet.ts"
import type { ProtocolFailure } from "./protocolFailure.ts"

/** What a coordinator says about a submission. */
export interface Opinion {
  readonly correct: boolean
  /** 0 to 100. */
  readonly score: number
}

/** A vote that is ready to be cast. */
export interface Vote extends Opinion {
  readonly solver: Address
  /** Undefined where votes are open. */
  readonly salt: Hex | undefined
}

export interface Ballots {
  /** Draws what a vote needs besides the opinion; votes are made one after the other as submissions are judged. */
  readonly mark: (solver: Address, opinion: Opinion) => Effect.Effect<Vote>
  /** Casts marked votes on a task, and waits for what is left to do about them, such as revealing. */
  readonly cast: (
    taskId: bigint,
    votes: readonly Vote[],
    options?: WriteOptions,
  ) => Effect.Effect<void, ProtocolFailure, Chain | Wallet>
}

/** No report is published besides the vote. */
export const NO_REPORT = ""

/** At once, so that one block can hold them all. */
export const together = <A, B, E, R>(items: readonly A[], act: (item: A) => Effect.Effect<B, E, R>) =>
  Effect.forEach(items, act, { concurrency: "unbounded", discard: true })

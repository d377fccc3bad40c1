import { Effect } from "effect"
import type { Address, Hex } from "viem"
import type { Chain } from "../../../chain/chain.ts"
import type { WriteOptions } from "../../../chain/contractTypes.ts"
import type { Wallet } from "../../../chain/wallet.ts"
import { isWhole, refuseDecision } from "../decisionRefused.ts"
import type { Participant } from "../participant.ts"
import type { ProtocolFailure } from "./protocolFailure.ts"

/** What a coordinator says about a submission. */
export interface Opinion {
  readonly correct: boolean
  /** A whole number, 0 to 100. Some contract sets take more, up to `MOST_SCORE`. */
  readonly score: number
}

/** Below 2^256, what the contracts' type can hold: the largest such number. */
export const MOST_SCORE = 2 ** 256 - 2 ** 203

/** Refuses what is no opinion: contracts would not hear it, and nobody would notice. */
export const checkedOpinion = (
  { name }: Pick<Participant, "name">,
  opinion: Opinion,
  mostScore: number,
): Effect.Effect<Opinion> => {
  const given: Partial<Record<"correct" | "score", unknown>> = opinion ?? {}
  if (typeof given.correct === "boolean" && isWhole(given.score, 0, mostScore)) return Effect.succeed(opinion)
  const most = mostScore === MOST_SCORE ? "below 2^256" : `from 0 to ${mostScore}`
  const expected = `{ correct: true or false, score: a whole number ${most} }`
  return refuseDecision(`what ${name} says about a submission`, expected, opinion)
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

/** Private words between accomplices, outside the protocol: nobody else sees them, no contract knows of them. */
import type { Effect, Scope } from "effect"
import type { Address } from "viem"
import type { GroundTruth } from "../../ml/store/taskDocuments.ts"

/** What a ring's members tell each other. */
export interface LeakedGroundTruth {
  readonly kind: "groundTruth"
  readonly taskId: bigint
  readonly truth: GroundTruth
}
/** How a member that has looked at a submission finds it, so that the others need not look. */
export interface SharedOpinion {
  readonly kind: "opinion"
  readonly taskId: bigint
  readonly solver: Address
  readonly correct: boolean
  /** 0 to 100. */
  readonly score: number
}

/** A member that slashes took below its stake, and has nothing left to restore it: who has ATN pays. */
export interface Shortfall {
  readonly kind: "shortfall"
  readonly account: Address
  readonly missingWei: bigint
}

/** What a model's host answers to whoever paid for an inference. */
export interface InferenceAnswer {
  readonly kind: "inferenceAnswer"
  readonly requestId: bigint
  /** The class that the example is said to be of. */
  readonly label: number
}

/** What a member has learnt from its own shard, for all to craft their updates from. */
export interface SharedUpdate {
  readonly kind: "update"
  readonly taskId: bigint
  /** Its name. */
  readonly from: string
  readonly values: Float32Array
}

export type Whisper = LeakedGroundTruth | SharedOpinion | Shortfall | InferenceAnswer | SharedUpdate

/** One member's end of a ring's channel. */
export interface Channel {
  /** Tells every other member that listens by then; it is on its way while the sender's scope is open. */
  readonly tell: (whisper: Whisper) => Effect.Effect<void, never, Scope.Scope>
  /** What others tell from now on, one after the other, while the scope is open. */
  readonly listen: Effect.Effect<{ readonly take: Effect.Effect<Whisper> }, never, Scope.Scope>
}

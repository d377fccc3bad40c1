/** Private words between accomplices, outside the protocol: nobody else sees them, no contract knows of them. */
import type { Effect, Scope } from "effect"
import type { GroundTruth } from "../../ml/store/taskDocuments.ts"

/** What a ring's members tell each other. */
export interface LeakedGroundTruth {
  readonly kind: "groundTruth"
  readonly taskId: bigint
  readonly truth: GroundTruth
}
export type Whisper = LeakedGroundTruth

/** One member's end of a ring's channel. */
export interface Channel {
  /** Tells every other member that listens by then; it is on its way while the sender's scope is open. */
  readonly tell: (whisper: Whisper) => Effect.Effect<void, never, Scope.Scope>
  /** What others tell from now on, one after the other, while the scope is open. */
  readonly listen: Effect.Effect<{ readonly take: Effect.Effect<Whisper> }, never, Scope.Scope>
}

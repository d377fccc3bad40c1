import { Effect } from "effect"
import { record } from "../../kernel/ambient.ts"

/**
 * Undefined where numbers outgrow what can be computed or written down: training diverges, or what comes of it is not
 * finite. A model that others poisoned may lead there whoever trains from it honestly, and life goes on without this
 * piece of work. The trace says so.
 */
export const unlessDiverged = <A, E extends { readonly _tag: string; readonly message: string }, R>(
  learning: Effect.Effect<A, E, R>,
) => Effect.catchTags(learning, { TrainingDiverged: giveUp, DocumentMalformed: giveUp })

const giveUp = ({ message }: { readonly message: string }) =>
  Effect.as(record("diverged", { problem: message }), undefined)

import { Effect } from "effect"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { mayVote, type Calls } from "./calls.ts"
import type { Participant } from "./participant.ts"

/** No panels, and a vote that opens with each reveal: every coordinator votes on every solution as it appears. */
export const callsAtReveal = (participant: Participant): Calls => ({
  answer: (handle) =>
    forEachEvent(
      participant.contracts.results.events.SolutionRevealed,
      Effect.fnUntraced(function* ({ taskId, solver, cid }) {
        if (yield* mayVote(participant)) yield* handle(taskId, [{ taskId, solver, solution: cid }])
      }),
    ),
})

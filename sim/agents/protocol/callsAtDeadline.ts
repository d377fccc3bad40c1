import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { mayVote, revealedSubmissions, type Calls } from "./calls.ts"
import type { Participant } from "../participant.ts"
import type { Timetable } from "./timetable.ts"

/** No panels: every coordinator votes on every task, once the time for revealing solutions is over. */
export const callsAtDeadline = (participant: Participant, timetable: Timetable): Calls => ({
  summon: () => Effect.void,
  answer: (handle) =>
    forEachEvent(
      participant.contracts.tasks.events.TaskProposed,
      Effect.fnUntraced(function* ({ taskId }) {
        const chain = yield* Chain
        yield* chain.awaitBlock((yield* timetable.of(taskId)).solutionEnd)
        if (!(yield* mayVote(participant))) return
        yield* handle(taskId, yield* revealedSubmissions(participant, taskId))
      }),
    ),
})

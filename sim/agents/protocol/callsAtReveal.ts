import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { mayVote, type Calls } from "./calls.ts"
import type { Participant } from "../participant.ts"
import type { Timetable } from "./timetable.ts"

/** No panels, and votes that are open: every coordinator votes on every solution once its vote has begun. */
export const callsAtReveal = (participant: Participant, timetable: Timetable): Calls => ({
  summon: () => Effect.void,
  answer: (handle) => {
    const { results } = participant.contracts
    return forEachEvent(
      results.events.SolutionRevealed,
      Effect.fnUntraced(function* ({ taskId, solver, cid }) {
        const chain = yield* Chain
        const { voteRevealEnd } = yield* timetable.of(taskId)
        const isOpen = results.read.isVotingOpen([taskId, solver])
        while (!(yield* isOpen) && (yield* chain.blockNumber) < voteRevealEnd) yield* chain.nextBlock
        if (yield* mayVote(participant)) yield* handle(taskId, [{ taskId, solver, solution: cid }])
      }),
    )
  },
})

import { forEachEvent } from "../steps/awaitEvent.ts"
import type { Calls } from "./calls.ts"
import type { Participant } from "./participant.ts"

/** No panels, and a vote that opens with each reveal: every coordinator votes on every solution as it appears. */
export const callsAtReveal = ({ contracts }: Participant): Calls => ({
  answer: (handle) =>
    forEachEvent(contracts.results.events.SolutionRevealed, ({ taskId, solver, cid }) =>
      handle(taskId, [{ taskId, solver, solution: cid }]),
    ),
})

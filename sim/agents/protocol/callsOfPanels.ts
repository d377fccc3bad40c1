import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { parameterKey } from "../../../chain/suite.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { revealedSubmissions, type Calls, type Judge } from "./calls.ts"
import type { Participant } from "../participant.ts"
import type { Timetable } from "./timetable.ts"

/** A panel is drawn for each task. Where its size is 0, every coordinator votes on every task once solutions are in. */
export const callsOfPanels = (participant: Participant, timetable: Timetable): Calls => ({
  // A coordinator's first vote draws the panel too, and whoever comes second reverts.
  summon: (taskId) => Effect.asVoid(expectRevert(participant.contracts.results.write.drawPanel([taskId]))),
  answer: <E, R>(handle: Judge<E, R>) => {
    const { results, tasks } = participant.contracts
    const sit = Effect.fnUntraced(function* (taskId: bigint) {
      yield* handle(taskId, yield* revealedSubmissions(participant, taskId))
    })
    const drawn = forEachEvent(results.events.PanelDrawn, ({ taskId, panel }) =>
      panel.includes(participant.account) ? sit(taskId) : Effect.void,
    )
    const open = forEachEvent(
      tasks.events.TaskProposed,
      Effect.fnUntraced(function* ({ taskId }) {
        const panelSize = yield* results.read.parameter([parameterKey("panelSize")])
        if (panelSize > 0n) return
        const chain = yield* Chain
        yield* chain.awaitBlock((yield* timetable.of(taskId)).solutionEnd)
        yield* sit(taskId)
      }),
    )
    return Effect.all([drawn, open], { concurrency: "unbounded", discard: true })
  },
})

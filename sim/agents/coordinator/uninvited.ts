import { Effect } from "effect"
import { zeroHash } from "viem"
import type { Agent } from "../agent.ts"
import { revealedSubmissions, type Judge } from "../protocol/calls.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { wouldSucceed } from "../steps/wouldSucceed.ts"

/** Handles tasks whose panel the agent is not on, where the contracts would take its vote all the same. */
export const answerUninvited = <E, R>(agent: Agent, handle: Judge<E, R>) => {
  const { results } = agent.contracts
  return forEachEvent(
    results.events.PanelDrawn,
    Effect.fnUntraced(function* ({ taskId, panel }) {
      if (panel.includes(agent.account)) return
      const submissions = yield* revealedSubmissions(agent, taskId)
      const first = submissions.at(0)
      if (first === undefined) return
      const isTaken = yield* wouldSucceed(results.simulate.commitVote([taskId, first.solver, zeroHash]))
      if (isTaken) yield* handle(taskId, submissions)
    }),
  )
}

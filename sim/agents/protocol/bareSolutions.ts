import { Effect } from "effect"
import { expectRevert } from "../steps/expectRevert.ts"
import type { Participant } from "../participant.ts"
import type { Solutions } from "./solutions.ts"
import { wouldSucceed } from "../steps/wouldSucceed.ts"

/** The commitment is the content's hash: whoever sees it can hand in the same. */
export const bareSolutions = ({ contracts }: Participant): Solutions => {
  const { tasks, results } = contracts
  return {
    seal: (taskId, contentHash) => Effect.succeed({ taskId, commitment: contentHash, salt: undefined }),
    // Such a set may take one solver a task, so that most come too late: looking first saves the gas.
    commit: Effect.fnUntraced(function* ({ taskId, commitment }, options) {
      const isTaken = yield* wouldSucceed(tasks.simulate.commitSolution([taskId, commitment]))
      return isTaken && (yield* expectRevert(tasks.write.commitSolution([taskId, commitment], options)))
    }),
    reveal: ({ taskId }, cid) => expectRevert(results.write.revealSolution([taskId, cid])),
  }
}

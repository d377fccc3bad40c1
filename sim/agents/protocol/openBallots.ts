import { Effect } from "effect"
import { expectRevert } from "../steps/expectRevert.ts"
import { NO_REPORT, together, type Ballots } from "./ballots.ts"
import type { Participant } from "../participant.ts"

/** Votes that everybody can read as soon as they are cast. */
export const openBallots = ({ contracts }: Participant): Ballots => ({
  mark: (solver, opinion) => Effect.succeed({ ...opinion, solver, salt: undefined }),
  cast: (taskId, votes, options) =>
    together(votes, ({ solver, correct, score }) =>
      expectRevert(
        contracts.results.write.submitVote([taskId, solver, correct, BigInt(score), NO_REPORT], options),
      ),
    ),
})

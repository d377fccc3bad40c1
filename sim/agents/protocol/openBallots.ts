import { Effect } from "effect"
import { expectRevert } from "../steps/expectRevert.ts"
import { checkedOpinion, MOST_SCORE, NO_REPORT, together, type Ballots } from "./ballots.ts"
import type { Participant } from "../participant.ts"

/** Votes that everybody can read as soon as they are cast. */
export const openBallots = ({ name, contracts }: Participant): Ballots => ({
  mark: (solver, opinion) =>
    Effect.map(checkedOpinion({ name }, opinion, MOST_SCORE), ({ correct, score }) => {
      return { correct, score, solver, salt: undefined }
    }),
  cast: (taskId, votes, options) =>
    together(votes, ({ solver, correct, score }) =>
      expectRevert(
        contracts.results.write.submitVote([taskId, solver, correct, BigInt(score), NO_REPORT], options),
      ),
    ),
})

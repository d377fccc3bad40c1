import { Effect } from "effect"
import type { Hex } from "viem"
import { Chain } from "../../../chain/chain.ts"
import type { WriteOptions } from "../../../chain/contractTypes.ts"
import { randomBytes32 } from "../steps/draw.ts"
import { persistently } from "../steps/persistently.ts"
import { checkedOpinion, MOST_SCORE, NO_REPORT, together, type Ballots, type Vote } from "./ballots.ts"
import type { Participant } from "../participant.ts"
import type { Timetable } from "./timetable.ts"

/** Votes are committed first and revealed when nobody can commit any more: copying another's is impossible. */
export const sealedBallots = (participant: Participant, timetable: Timetable): Ballots => {
  const { results } = participant.contracts

  const commit = Effect.fnUntraced(function* (taskId: bigint, vote: Vote, options?: WriteOptions) {
    const { solver } = vote
    const ballot = ballotOf(vote)
    const key = [taskId, solver, participant.account] as const
    const commitment = yield* results.read.voteCommitmentFor([...key, ...ballot])
    const args = [taskId, solver, commitment] as const
    yield* persistently(results.write.commitVote(args, options), results.simulate.commitVote(args))
  })

  return {
    mark: Effect.fnUntraced(function* (solver, opinion) {
      const { correct, score } = yield* checkedOpinion(participant, opinion, MOST_SCORE)
      return { correct, score, solver, salt: yield* randomBytes32 }
    }),
    cast: Effect.fnUntraced(function* (taskId, votes, options) {
      const chain = yield* Chain
      const { voteCommitEnd } = yield* timetable.of(taskId)
      yield* together(votes, (vote) => commit(taskId, vote, options))
      yield* chain.awaitBlock(voteCommitEnd)
      yield* together(votes, (vote) => {
        const args = [taskId, vote.solver, ...ballotOf(vote)] as const
        return persistently(results.write.revealVote(args, options), results.simulate.revealVote(args))
      })
    }),
  }
}

const NO_SALT: Hex = `0x${"0".repeat(64)}`

const ballotOf = ({ correct, score, salt = NO_SALT }: Vote) =>
  [correct, BigInt(score), NO_REPORT, salt] as const

import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { revealedSubmissions } from "./calls.ts"
import type { Participant } from "../participant.ts"
import type { Settlement } from "./settlement.ts"
import { wouldSucceed } from "../steps/wouldSucceed.ts"
import { revealedHash } from "../revealedHash.ts"

/**
 * Each solution is settled by itself, by anybody, from the least number of votes on; honest agents wait for the
 * agreed end of the vote. A task is final when every solution that was revealed is.
 */
export const settlementOfVotes = (participant: Participant): Settlement => {
  const { results, forcedErrors } = participant.contracts

  const isFinal = Effect.fnUntraced(function* (taskId: bigint) {
    for (const { solver } of yield* revealedSubmissions(participant, taskId)) {
      if (!(yield* results.read.getConsensusResult([taskId, solver])).finalized) return false
    }
    return true
  })

  return {
    close: Effect.fnUntraced(function* (taskId, { voteRevealEnd, openingEnd }) {
      const chain = yield* Chain
      yield* chain.awaitBlock(voteRevealEnd)
      for (const { solver } of yield* revealedSubmissions(participant, taskId)) {
        const isSettleable = wouldSucceed(results.simulate.finalizeVoting([taskId, solver]))
        while (!(yield* isSettleable) && (yield* chain.blockNumber) <= openingEnd) yield* chain.nextBlock
        // Where too few have voted, nothing can be settled.
        if (yield* isSettleable) yield* expectRevert(results.write.finalizeVoting([taskId, solver]))
      }
    }),
    closedTasks: Effect.map(results.events.YumaConsensusReached.subscribe, (subscription) => ({
      take: Effect.gen(function* () {
        for (;;) {
          const { args } = yield* subscription.take
          if (yield* isFinal(args.taskId)) return args.taskId
        }
      }),
    })),
    isVerified: Effect.fnUntraced(function* (taskId, solver) {
      const { finalized, consensusCorrect } = yield* results.read.getConsensusResult([taskId, solver])
      if (!finalized || !consensusCorrect) return false
      const content = revealedHash(yield* results.read.revealedSolutions([taskId, solver]))
      return (yield* forcedErrors.read.getForcedError([taskId])).knownBadHash !== content
    }),
  }
}

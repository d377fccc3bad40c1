/** Settles a submission in the very block in which the ring's votes are revealed, ahead of everybody else's. */
import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { together } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { expectRevert } from "../steps/expectRevert.ts"

/** Less than the votes pay, so that those of all members come first; more than others pay for theirs. */
const AFTER_VOTES = { priorityFeeWeiPerGas: 500_000_000n }

/** Runs `cast` and settles right behind it; where contracts refuse, that costs the gas of trying. */
export const finaliseEarly = Effect.fnUntraced(function* <E, R>(
  agent: Agent,
  taskId: bigint,
  submissions: readonly SubmissionToJudge[],
  cast: Effect.Effect<void, E, R>,
) {
  const chain = yield* Chain
  const { results } = agent.contracts
  const { voteCommitEnd } = yield* agent.protocol.timetable.of(taskId)
  const settle = Effect.gen(function* () {
    yield* chain.awaitBlock(voteCommitEnd)
    // Half a block: the votes are on their way by then, and the next block is not built yet.
    yield* Effect.sleep(`${500 * Number(chain.timestampOf(1n) - chain.timestampOf(0n))} millis`)
    yield* together(submissions, ({ solver }) =>
      expectRevert(results.write.finalizeVoting([taskId, solver], AFTER_VOTES)),
    )
  })
  // Where votes are open and two are enough, there is no window to wait for.
  const settleAtOnce = together(submissions, ({ solver }) =>
    Effect.matchEffect(results.simulate.finalizeVoting([taskId, solver]), {
      onSuccess: () => expectRevert(results.write.finalizeVoting([taskId, solver], AFTER_VOTES)),
      onFailure: () => Effect.void,
    }),
  )
  yield* Effect.all([Effect.andThen(cast, settleAtOnce), settle], { concurrency: "unbounded", discard: true })
})

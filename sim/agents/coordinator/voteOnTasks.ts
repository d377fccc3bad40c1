/** The life of a coordinator around the judgement itself: stake, answer calls to vote, cast votes, stake again. */
import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import type { Opinion, Vote } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"

/** Stakes, then votes on every submission that it is called to judge, as `judge` says. */
export const voteOnTasks = <E, R>(
  agent: Agent,
  judge: (submission: SubmissionToJudge) => Effect.Effect<Opinion, E, R>,
) =>
  Effect.gen(function* () {
    yield* stakeAs(agent, "coordinator", agent.stakeWei)
    yield* agent.protocol.calls.answer((taskId, submissions) => vote(agent, taskId, submissions, judge))
  })

const vote = Effect.fnUntraced(function* <E, R>(
  agent: Agent,
  taskId: bigint,
  submissions: readonly SubmissionToJudge[],
  judge: (submission: SubmissionToJudge) => Effect.Effect<Opinion, E, R>,
) {
  const { ballots, timetable, traps } = agent.protocol
  const chain = yield* Chain
  const votes: Vote[] = []
  for (const submission of submissions) {
    votes.push(yield* ballots.mark(submission.solver, yield* judge(submission)))
  }
  yield* ballots.cast(taskId, votes)
  for (const [index, { solution }] of submissions.entries()) {
    if (votes[index]?.correct === false) yield* traps.report(taskId, solution)
  }
  yield* chain.awaitBlock((yield* timetable.of(taskId)).openingEnd + 2n)
  yield* topUpStake(agent)
})

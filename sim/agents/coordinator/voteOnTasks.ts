/** The life of a coordinator around the judgement itself: stake, answer calls to vote, cast votes, stake again. */
import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { carriedOut } from "../decisionRefused.ts"
import { checkedOpinion, type Opinion, type Vote } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { isMiscomputed } from "../steps/isMiscomputed.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"
import { openStopLoss } from "../steps/stopLoss.ts"

/** Says nothing about a submission: no vote is cast. */
export const SILENT = "silent" as const

/** Above, the built-in contracts refuse a vote; `agent.protocol.ballots` takes more, for sets without a bound. */
const HIGHEST_SCORE = 100

/** What a coordinator says about a submission. */
export type JudgeSubmission<E, R> = (
  submission: SubmissionToJudge,
) => Effect.Effect<Opinion | typeof SILENT, E, R>

/**
 * Stakes, then votes on every submission that it is called to judge, as `judge` says. On the panel of a dispute it tells
 * what it finds: to recompute an average costs less than any lie. `leaveAfterLosses`: see `leaveAfterLossesOption`.
 */
export const voteOnTasks = <E, R>(agent: Agent, judge: JudgeSubmission<E, R>, leaveAfterLosses = 0) =>
  Effect.gen(function* () {
    yield* stakeAs(agent, "coordinator", agent.stakeWei)
    yield* Effect.forkScoped(Effect.orDie(judgeDisputes(agent)))
    const stopLoss = yield* openStopLoss(agent, leaveAfterLosses)
    yield* agent.protocol.calls.answer(
      Effect.fnUntraced(function* (taskId, submissions) {
        if (stopLoss.hasLeft()) return
        yield* stopLoss.begin
        yield* vote(agent, taskId, submissions, judge)
        yield* stopLoss.end
      }),
    )
  })

const judgeDisputes = (agent: Agent) =>
  Effect.gen(function* () {
    const { disputes } = agent.protocol
    if (disputes === undefined) return
    yield* disputes.judge((round) => Effect.map(isMiscomputed(agent, round), (wrong) => wrong === true))
  })

/** Judges the submissions of a task, votes, and is back when the task is settled and its stake is whole again. */
export const vote = Effect.fnUntraced(function* <E, R>(
  agent: Agent,
  taskId: bigint,
  submissions: readonly SubmissionToJudge[],
  judge: JudgeSubmission<E, R>,
) {
  const { ballots, timetable, traps } = agent.protocol
  const chain = yield* Chain
  const votes: Vote[] = []
  const rejected: string[] = []
  for (const submission of submissions) {
    const said = yield* carriedOut(`what ${agent.name}'s judge gives back`, judge(submission))
    if (said === SILENT) continue
    const opinion = yield* checkedOpinion(agent, said, HIGHEST_SCORE)
    votes.push(yield* ballots.mark(submission.solver, opinion))
    if (!opinion.correct) rejected.push(submission.solution)
  }
  yield* ballots.cast(taskId, votes)
  for (const solution of rejected) yield* traps.report(taskId, solution)
  yield* chain.awaitBlock((yield* timetable.of(taskId)).openingEnd + 2n)
  yield* topUpStake(agent)
})

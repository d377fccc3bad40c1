/** Votes as its ring wants: for what accomplices hand in, and against others where that pays or harms. */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import type { Channel } from "../channel.ts"
import type { Opinion, Vote } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { HURRY } from "../priorityFee.ts"
import { ringOption } from "../ringOption.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { lookAt } from "./lookAt.ts"
import { finaliseEarly } from "./finaliseEarly.ts"
import { isOfRing, powerOnTask } from "./ring.ts"
import { shareOpinions } from "./sharedOpinions.ts"
import { helpOthers, topUpFromPurse } from "./sharedPurse.ts"
import { answerUninvited } from "./uninvited.ts"

/** The largest power of two that the contracts' scores can hold. */
const MAX_SCORE = 2 ** 255

const Options = Schema.Struct({
  ring: ringOption,
  ownWork: Schema.Literals(["approve", "approveWithMajority", "honest"]).pipe(
    withDefault(
      "approve",
      "Accomplices' submissions: approve, approveWithMajority (else the truth), or honest as any other.",
    ),
  ),
  otherWork: Schema.Literals(["honest", "shared", "approve", "reject", "rejectWithMajority"]).pipe(
    withDefault(
      "shared",
      "Others' submissions: honest (each looks), shared (one looks for all), approve or reject unseen, rejectWithMajority (else shared).",
    ),
  ),
  score: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: MAX_SCORE })).pipe(
    withDefault(
      100,
      "The score of what it approves unseen, rounded down; contracts may refuse more than 100.",
    ),
  ),
  hurry: Schema.Boolean.pipe(
    withDefault(
      false,
      "Whether it pays to be first in a block, and tries to settle before others have voted.",
    ),
  ),
  sharedPurse: Schema.Boolean.pipe(
    withDefault(false, "Whether members with ATN restore the stake of those whom slashes left without."),
  ),
})
type Options = typeof Options.Type

export const cartelCoordinator = defineStrategy({
  name: "coordinator/cartel",
  role: "coordinator",
  description: "Approves what its accomplices hand in, and votes on the rest as its ring agreed.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const channel = agent.channel(options.ring)
    const agree = yield* shareOpinions(agent, channel)
    if (options.sharedPurse) yield* helpOthers(agent, channel)
    const member: Member = { agent, options, channel, agree }
    yield* stakeAs(agent, "coordinator", agent.stakeWei)
    const vote = (taskId: bigint, submissions: readonly SubmissionToJudge[]) =>
      voteWithRing(member, taskId, submissions)
    yield* Effect.all([agent.protocol.calls.answer(vote), answerUninvited(agent, vote)], {
      concurrency: "unbounded",
      discard: true,
    })
  }),
})

interface Member {
  readonly agent: Agent
  readonly options: Options
  readonly channel: Channel
  readonly agree: Effect.Success<ReturnType<typeof shareOpinions>>
}

const voteWithRing = Effect.fnUntraced(function* (
  member: Member,
  taskId: bigint,
  submissions: readonly SubmissionToJudge[],
) {
  const { agent, options, channel } = member
  const { ballots, timetable } = agent.protocol
  const chain = yield* Chain
  const hasMajority = (yield* powerOnTask(agent, taskId)) > 0.5
  const votes: Vote[] = []
  for (const submission of submissions) {
    votes.push(yield* ballots.mark(submission.solver, yield* opinionOf(member, submission, hasMajority)))
  }
  const cast = ballots.cast(taskId, votes, options.hurry ? HURRY : {})
  const wanted = submissions.filter(({ solver }) => isOfRing(agent, solver))
  if (options.hurry) yield* finaliseEarly(agent, taskId, wanted.length > 0 ? wanted : submissions, cast)
  else yield* cast
  yield* chain.awaitBlock((yield* timetable.of(taskId)).openingEnd + 2n)
  yield* options.sharedPurse ? topUpFromPurse(agent, channel) : topUpStake(agent)
})

const opinionOf = (
  { agent, options, agree }: Member,
  submission: SubmissionToJudge,
  hasMajority: boolean,
) => {
  const approval: Opinion = { correct: true, score: Math.floor(options.score) }
  const rejection: Opinion = { correct: false, score: 0 }
  const shared = agree(submission, lookAt(agent, submission, 1))
  if (isOfRing(agent, submission.solver) && options.ownWork !== "honest") {
    return options.ownWork === "approve" || hasMajority ? Effect.succeed(approval) : shared
  }
  switch (options.otherWork) {
    case "honest":
      return lookAt(agent, submission, 1)
    case "approve":
      return Effect.succeed(approval)
    case "reject":
      return Effect.succeed(rejection)
    case "rejectWithMajority":
      return hasMajority ? Effect.succeed(rejection) : shared
    case "shared":
      return shared
  }
}

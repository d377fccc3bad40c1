/**
 * Finds forced errors and says so only where it is paid for it: its vote goes with the crowd, which approves, its report
 * claims the jackpot.
 */
import { Effect, Random, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { approveUnseen, lookAt } from "./lookAt.ts"
import { examplesOption, probability, unseenScoreOption } from "./lookingOptions.ts"
import { voteOnTasks } from "./voteOnTasks.ts"
import { wouldSucceed } from "../steps/wouldSucceed.ts"
import { revealedHash } from "../revealedHash.ts"

const Options = Schema.Struct({
  lookProbability: probability.pipe(
    withDefault(
      0,
      "Probability with which it looks at a submission that no public trap names, to report what is bad.",
    ),
  ),
  examples: examplesOption,
  reportBlocks: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1000 })).pipe(
    withDefault(0, "Blocks after its call to vote at which it reports; the first to report is paid."),
  ),
  score: unseenScoreOption,
})
type Options = typeof Options.Type

export const herderCoordinator = defineStrategy({
  name: "coordinator/herder",
  role: "coordinator",
  description: "Reports bad results for the jackpot, and approves them like everybody else.",
  optionsSchema: Options,
  run: (agent, options) => voteOnTasks(agent, (submission) => judge(agent, submission, options)),
})

const judge = Effect.fnUntraced(function* (agent: Agent, submission: SubmissionToJudge, options: Options) {
  if (yield* isBad(agent, submission, options)) {
    yield* Effect.forkScoped(Effect.orDie(claim(agent, submission, options.reportBlocks)))
  }
  return yield* approveUnseen(submission, options.score)
})

const isBad = Effect.fnUntraced(function* (agent: Agent, submission: SubmissionToJudge, options: Options) {
  const { knownBadHash } = yield* agent.contracts.forcedErrors.read.getForcedError([submission.taskId])
  if (knownBadHash === revealedHash(submission.solution)) return true
  if ((yield* Random.next) >= options.lookProbability) return false
  return !(yield* lookAt(agent, submission, options.examples)).correct
})

/** Reports as soon as a report is taken, and until the vote is over. */
const claim = Effect.fnUntraced(function* (
  agent: Agent,
  { taskId, solution }: SubmissionToJudge,
  reportBlocks: number,
) {
  const chain = yield* Chain
  const { forcedErrors } = agent.contracts
  const { openingEnd } = yield* agent.protocol.timetable.of(taskId)
  yield* chain.awaitBlock((yield* chain.blockNumber) + BigInt(reportBlocks))
  const hash = revealedHash(solution)
  const isTaken = wouldSucceed(forcedErrors.simulate.reportForcedError([taskId, hash]))
  while (!(yield* isTaken)) {
    if ((yield* chain.blockNumber) >= openingEnd) return
    yield* chain.nextBlock
  }
  yield* expectRevert(forcedErrors.write.reportForcedError([taskId, hash]))
})

/** Learns by its own profit how often looking pays. */
import { Effect, Random, Schema } from "effect"
import type { Agent } from "../agent.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { learnEffort, learningOptions } from "../steps/learnEffort.ts"
import { stakeAs } from "../steps/join.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { approveUnseen, lookAt } from "./lookAt.ts"
import { examplesOption, probability, unseenScoreOption } from "./lookingOptions.ts"
import { vote } from "./voteOnTasks.ts"

const Options = Schema.Struct({
  ...learningOptions,
  levels: Schema.Array(probability)
    .check(Schema.isMinLength(1), Schema.isMaxLength(16))
    .pipe(withDefault([1, 0.5, 0], "Efforts it chooses from: probabilities of looking at a submission.")),
  examples: examplesOption,
  score: unseenScoreOption,
})

export const learnerCoordinator = defineStrategy({
  name: "coordinator/learner",
  role: "coordinator",
  description: "Learns from its own profit how often to look, by ε-greedy choice or regret matching.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const effort = learnEffort(agent, options.levels, options)
    yield* stakeAs(agent, "coordinator", agent.stakeWei)
    yield* agent.protocol.calls.answer(
      Effect.fnUntraced(function* (taskId, submissions) {
        const level = yield* effort.begin
        yield* vote(agent, taskId, submissions, (submission) => judge(agent, submission, level, options))
        yield* effort.end
      }),
    )
  }),
})

const judge = Effect.fnUntraced(function* (
  agent: Agent,
  submission: SubmissionToJudge,
  level: number,
  { examples, score }: typeof Options.Type,
) {
  return (yield* Random.next) < level
    ? yield* lookAt(agent, submission, examples)
    : yield* approveUnseen(submission, score)
})

/** Looks as much as it must: raises its effort while traps come often, lowers it when they are rare. */
import { Effect, Random, Schema } from "effect"
import type { Agent } from "../agent.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { trapRate, watchTraps, type Opening } from "../steps/watchTraps.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { approveUnseen, lookAt } from "./lookAt.ts"
import { examplesOption, probability, unseenScoreOption } from "./lookingOptions.ts"
import { voteOnTasks } from "./voteOnTasks.ts"

const Options = Schema.Struct({
  windowTasks: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 })).pipe(
    withDefault(20, "Opened tasks, the latest ones, from which it estimates how often traps come."),
  ),
  expectedRate: probability.pipe(
    withDefault(0.05, "Share of trapped tasks that it expects before it has seen any; weighs as one task."),
  ),
  fullEffortRate: Schema.Finite.check(
    Schema.isBetween({ minimum: 0, maximum: 1, exclusiveMinimum: true }),
  ).pipe(
    withDefault(
      0.1,
      "Estimated share of trapped tasks from which on it looks at everything; below it looks in proportion.",
    ),
  ),
  examples: examplesOption,
  score: unseenScoreOption,
})
type Options = typeof Options.Type

export const adaptiveCoordinator = defineStrategy({
  name: "coordinator/adaptive",
  role: "coordinator",
  description: "Looks the more often, the more often traps were opened lately, and approves the rest unseen.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const openings = yield* watchTraps(agent)
    yield* voteOnTasks(agent, (submission) => judge(agent, submission, options, openings))
  }),
})

const judge = Effect.fnUntraced(function* (
  agent: Agent,
  submission: SubmissionToJudge,
  { windowTasks, expectedRate, fullEffortRate, examples, score }: Options,
  openings: readonly Opening[],
) {
  const effort = trapRate(openings.slice(-windowTasks), expectedRate) / fullEffortRate
  return (yield* Random.next) < effort
    ? yield* lookAt(agent, submission, examples)
    : yield* approveUnseen(submission, score)
})

/**
 * Lazy in degrees: looks at some submissions, or at some of the examples, or only for as long as traps keep coming; what
 * it does not look at it approves.
 */
import { Effect, Random, Schema } from "effect"
import type { Agent } from "../agent.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { untrappedInARow, watchTraps, type Opening } from "../steps/watchTraps.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { approveUnseen, lookAt } from "./lookAt.ts"
import { examplesOption, probability, unseenScoreOption } from "./lookingOptions.ts"
import { SILENT, voteOnTasks } from "./voteOnTasks.ts"

const Options = Schema.Struct({
  lookProbability: probability.pipe(withDefault(0.5, "Probability with which it looks at a submission.")),
  examples: examplesOption,
  relaxAfterTasks: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100_000 })).pipe(
    withDefault(
      0,
      "It stops looking after so many tasks in a row whose openings show no trap, until one does; 0 = never.",
    ),
  ),
  attendance: probability.pipe(
    withDefault(
      1,
      "Probability with which it votes on a submission at all; drawn on its panel, silence costs it stake.",
    ),
  ),
  score: unseenScoreOption,
})
type Options = typeof Options.Type

export const partlyLazyCoordinator = defineStrategy({
  name: "coordinator/partlyLazy",
  role: "coordinator",
  description:
    "Looks at a share of the submissions or of their examples, or only while traps keep coming, and approves the rest unseen.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const openings = yield* watchTraps(agent)
    yield* voteOnTasks(agent, (submission) => judge(agent, submission, options, openings))
  }),
})

const judge = Effect.fnUntraced(function* (
  agent: Agent,
  submission: SubmissionToJudge,
  { lookProbability, examples, relaxAfterTasks, attendance, score }: Options,
  openings: readonly Opening[],
) {
  if ((yield* Random.next) >= attendance) return SILENT
  const isRelaxed = relaxAfterTasks > 0 && untrappedInARow(openings) >= relaxAfterTasks
  const looks = (yield* Random.next) < lookProbability
  return isRelaxed || !looks
    ? yield* approveUnseen(submission, score)
    : yield* lookAt(agent, submission, examples)
})

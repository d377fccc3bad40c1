/**
 * Looks: evaluates every submission on the revealed ground truth, or on a sample, and votes what the task's rule says.
 * Where solvers leave checkpoints it may audit what passes.
 */
import { Effect, Schema } from "effect"
import type { Agent } from "../agent.ts"
import type { Opinion } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { leaveAfterLossesOption } from "../steps/stopLoss.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { passesAudit } from "./auditSubmission.ts"
import { evaluateSubmission } from "./evaluateSubmission.ts"
import { loadCase } from "./loadCase.ts"
import { voteOnTasks } from "./voteOnTasks.ts"

const Options = Schema.Struct({
  examples: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1, exclusiveMinimum: true })).pipe(
    withDefault(
      1,
      "Share of the ground truth that it looks at, above 0: fewer examples cost less and err more.",
    ),
  ),
  auditProbability: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(
      0,
      "Probability with which it audits a submission that passes; 0 = never. Needs `learning.checkpoints`.",
    ),
  ),
  auditSegments: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1024 })).pipe(
    withDefault(1, "Segments between checkpoints that an audit recomputes."),
  ),
  leaveAfterLosses: leaveAfterLossesOption,
  auditDraw: Schema.Literals(["common", "own"]).pipe(
    withDefault(
      "common",
      "Whether auditors draw together what they audit, from public facts, or each for itself.",
    ),
  ),
})

export const honestCoordinator = defineStrategy({
  name: "coordinator/honest",
  role: "coordinator",
  description:
    "Evaluates each submission on the ground truth, or on a sample, may audit its checkpoints, and votes by the task's rule.",
  optionsSchema: Options,
  run: (agent, options) =>
    voteOnTasks(agent, (submission) => judgeSubmission(agent, submission, options), options.leaveAfterLosses),
})

const INCORRECT: Opinion = { correct: false, score: 0 }

const judgeSubmission = Effect.fnUntraced(
  function* (agent: Agent, submission: SubmissionToJudge, options: typeof Options.Type) {
    const loaded = yield* loadCase(agent, submission)
    const opinion = yield* evaluateSubmission(agent, loaded, options.examples)
    // Recomputing costs more than evaluating: only what would pass is worth it.
    return !opinion.correct || (yield* passesAudit(agent, loaded, options)) ? opinion : INCORRECT
  },
  Effect.catchTags({
    // A solution that can't be loaded or read is no solution.
    ContentNotFound: () => Effect.succeed(INCORRECT),
    DocumentMalformed: () => Effect.succeed(INCORRECT),
  }),
)

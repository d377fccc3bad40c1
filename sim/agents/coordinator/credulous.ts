/**
 * Believes what solvers say of themselves: votes by the accuracy that an update claims, and looks only at those that
 * claim nothing. What a protocol would be that let solvers report their own metrics.
 */
import { Effect, Schema } from "effect"
import { judge } from "../../../ml/acceptance.ts"
import type { Agent } from "../agent.ts"
import type { Opinion } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { loadUpdate } from "../steps/taskDocuments.ts"
import { defineStrategy } from "../strategy.ts"
import { evaluateSubmission } from "./evaluateSubmission.ts"
import { loadCase } from "./loadCase.ts"
import { voteOnTasks } from "./voteOnTasks.ts"

export const credulousCoordinator = defineStrategy({
  name: "coordinator/credulous",
  role: "coordinator",
  description:
    "Votes by the accuracy that a solver claims for itself, and evaluates only where none is claimed.",
  optionsSchema: Schema.Struct({}),
  run: (agent) => voteOnTasks(agent, (submission) => believe(agent, submission)),
})

const INCORRECT: Opinion = { correct: false, score: 0 }

const believe = Effect.fnUntraced(
  function* (agent: Agent, submission: SubmissionToJudge) {
    const loaded = yield* loadCase(agent, submission)
    const { claimedAccuracyBps } = yield* loadUpdate(agent, submission.solution)
    if (claimedAccuracyBps === undefined) return yield* evaluateSubmission(agent, loaded, 1)
    const { threshold, base } = loaded.truth
    const claimed = { correct: claimedAccuracyBps, total: 10_000 }
    const { correct, score } = judge({ accuracy: claimed, threshold, base }, loaded.specification.acceptance)
    return { correct, score }
  },
  Effect.catchTags({
    ContentNotFound: () => Effect.succeed(INCORRECT),
    DocumentMalformed: () => Effect.succeed(INCORRECT),
  }),
)

/** What a submission is worth: the task's rule on the revealed ground truth, or on a sample of it. */
import { Effect } from "effect"
import { judge } from "../../../ml/acceptance.ts"
import { drawSample, sampleSize } from "../../../ml/evaluation/sample.ts"
import type { Agent } from "../agent.ts"
import { capabilityNamed } from "../capability.ts"
import { refuseDecision } from "../decisionRefused.ts"
import type { Opinion } from "../protocol/ballots.ts"
import type { Case } from "./loadCase.ts"

/**
 * Evaluates the revealed weights on a share of the ground truth, drawn anew for every submission from the agent's own
 * stream: nobody can know which examples will count. `ml/sampledAcceptance.ts` states the rule.
 */
export const evaluateSubmission = Effect.fnUntraced(function* (
  agent: Agent,
  { taskId, solver, specification, truth, base, update }: Case,
  share: number,
) {
  if (!(share > 0 && share <= 1)) {
    yield* refuseDecision(`the share that ${agent.name} looks at`, "a number above 0, at most 1", share)
  }
  const count = sampleSize(truth.indices.length, share)
  const indices = drawSample(truth.indices, count, agent.stream(`sample/${taskId}/${solver}`))
  const classes = capabilityNamed(agent.plan, specification.module)?.classes
  const accuracy = yield* agent.work.evaluate({ base, update, indices, classes })
  const { threshold } = truth
  const judgement = judge({ accuracy, threshold, base: truth.base }, specification.acceptance)
  return { correct: judgement.correct, score: judgement.score } satisfies Opinion
})

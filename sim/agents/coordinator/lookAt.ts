/** To look, or not to look: the two ways in which a coordinator comes to an opinion. Both leave a line in the trace. */
import { Effect } from "effect"
import { record } from "../../kernel/ambient.ts"
import type { Agent } from "../agent.ts"
import type { Opinion } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { evaluateSubmission } from "./evaluateSubmission.ts"
import { loadCase } from "./loadCase.ts"

export const INCORRECT: Opinion = { correct: false, score: 0 }

/** Evaluates a submission on a share of the ground truth; one that cannot be loaded or read is no solution. */
export const lookAt = Effect.fnUntraced(
  function* (agent: Agent, submission: SubmissionToJudge, examples: number) {
    return yield* evaluateSubmission(agent, yield* loadCase(agent, submission), examples)
  },
  Effect.catchTags({
    ContentNotFound: () => Effect.succeed(INCORRECT),
    DocumentMalformed: () => Effect.succeed(INCORRECT),
  }),
)

/** Approves for nothing. */
export const approveUnseen = ({ taskId, solver }: SubmissionToJudge, score: number) =>
  Effect.as(record("unseen", { taskId, solver }), { correct: true, score } satisfies Opinion)

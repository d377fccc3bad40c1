/** Looks: evaluates every submission on the whole revealed ground truth and votes what the task's rule says. */
import { Effect, Schema } from "effect"
import { judge } from "../../../ml/acceptance.ts"
import type { Agent } from "../agent.ts"
import type { Opinion } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { loadModel } from "../steps/globalModel.ts"
import { loadGroundTruth, loadSpecification, loadUpdate } from "../steps/taskDocuments.ts"
import { defineStrategy } from "../strategy.ts"
import { voteOnTasks } from "./voteOnTasks.ts"

export const honestCoordinator = defineStrategy({
  name: "coordinator/honest",
  role: "coordinator",
  description: "Evaluates each submission on the whole ground truth and votes by the task's rule.",
  optionsSchema: Schema.Struct({}),
  run: (agent) => voteOnTasks(agent, (submission) => evaluateSubmission(agent, submission)),
})

const INCORRECT: Opinion = { correct: false, score: 0 }

const evaluateSubmission = Effect.fnUntraced(
  function* (agent: Agent, { taskId, solution }: SubmissionToJudge) {
    const { tasks, results } = agent.contracts
    const proposal = yield* tasks.read.getTaskProposal([taskId])
    const specification = yield* loadSpecification(agent, proposal.specHash)
    const truthCid = yield* results.read.revealedGroundTruths([taskId, proposal.proposer])
    const truth = yield* loadGroundTruth(agent, truthCid)
    const base = yield* loadModel(agent, specification.round - 1, specification.baseModel)
    const update = yield* loadUpdate(agent, solution)
    const accuracy = yield* agent.work.evaluate({
      base: base.weights,
      update: update.values,
      indices: truth.indices,
    })
    const judgement = judge(
      { accuracy, threshold: truth.threshold, base: truth.base },
      specification.acceptance,
    )
    return { correct: judgement.correct, score: judgement.score } satisfies Opinion
  },
  Effect.catchTags({
    // A solution that can't be loaded or read is no solution.
    ContentNotFound: () => Effect.succeed(INCORRECT),
    DocumentMalformed: () => Effect.succeed(INCORRECT),
  }),
)

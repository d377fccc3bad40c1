/** What a submission is worth: the task's rule on the revealed ground truth, or on a sample of it. */
import { Effect } from "effect"
import { judge } from "../../../ml/acceptance.ts"
import { drawSample, sampleSize } from "../../../ml/evaluation/sample.ts"
import type { Agent } from "../agent.ts"
import type { Opinion } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { loadModel } from "../steps/globalModel.ts"
import { loadGroundTruth, loadSpecification, loadUpdate } from "../steps/taskDocuments.ts"

export const INCORRECT: Opinion = { correct: false, score: 0 }

/**
 * Loads the revealed weights and evaluates them on a share of the ground truth, drawn anew for every submission from
 * the agent's own stream: nobody can know which examples will count. `ml/sampledAcceptance.ts` states the rule.
 */
export const evaluateSubmission = Effect.fnUntraced(
  function* (agent: Agent, { taskId, solver, solution }: SubmissionToJudge, share: number) {
    const { tasks, results } = agent.contracts
    const proposal = yield* tasks.read.getTaskProposal([taskId])
    const specification = yield* loadSpecification(agent, proposal.specHash)
    const truthCid = yield* results.read.revealedGroundTruths([taskId, proposal.proposer])
    const truth = yield* loadGroundTruth(agent, truthCid)
    const base = yield* loadModel(agent, specification.round - 1, specification.baseModel)
    const update = yield* loadUpdate(agent, solution)
    const count = sampleSize(truth.indices.length, share)
    const indices = drawSample(truth.indices, count, agent.stream(`sample/${taskId}/${solver}`))
    const accuracy = yield* agent.work.evaluate({ base: base.weights, update: update.values, indices })
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

import { Effect } from "effect"
import type { GroundTruth, TaskSpecification } from "../../../ml/store/taskDocuments.ts"
import type { Agent } from "../agent.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { loadModel } from "../steps/globalModel.ts"
import { loadGroundTruth, loadSpecification, loadUpdate } from "../steps/taskDocuments.ts"

/** All that a coordinator reads before it judges a submission. */
export interface Case extends SubmissionToJudge {
  readonly specification: TaskSpecification
  readonly truth: GroundTruth
  /** Content identifier of the ground truth. */
  readonly truthCid: string
  readonly base: Float32Array
  readonly update: Float32Array
}

/** Documents and weights from the store. Fails where a document is missing or malformed. */
export const loadCase = Effect.fnUntraced(function* (agent: Agent, submission: SubmissionToJudge) {
  const { tasks, results } = agent.contracts
  const { taskId, solution } = submission
  const proposal = yield* tasks.read.getTaskProposal([taskId])
  const specification = yield* loadSpecification(agent, proposal.specHash)
  const truthCid = yield* results.read.revealedGroundTruths([taskId, proposal.proposer])
  const truth = yield* loadGroundTruth(agent, truthCid)
  const base = yield* loadModel(agent, specification.round - 1, specification.baseModel)
  const update = yield* loadUpdate(agent, solution)
  const loaded: Case = {
    ...submission,
    specification,
    truth,
    truthCid,
    base: base.weights,
    update: update.values,
  }
  return loaded
})

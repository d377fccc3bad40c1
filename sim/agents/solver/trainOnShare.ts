import { Effect } from "effect"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import type { Agent } from "../agent.ts"
import type { Answer, TaskToSolve } from "./answerTasks.ts"
import { trainHonestly } from "./honest.ts"

/**
 * An answer that claims the whole shard and is trained on a share of it, 0 to 1, without a trail; honest work for 1, the
 * global model as it is for 0.
 */
export const trainOnShare = Effect.fnUntraced(function* (agent: Agent, task: TaskToSolve, share: number) {
  if (share >= 1) return yield* trainHonestly(agent, task)
  const { taskId, examples, base } = task
  const samples = examples.length
  const indices = examples.slice(0, Math.round(share * samples))
  if (indices.length === 0) {
    return { update: new Float32Array(base.weights.length), samples } satisfies Answer
  }
  const data = { dataset: agent.plan.dataset, indices }
  const seed = agent.trainingSeed(`task/${taskId}`)
  const { weights } = yield* agent.work.train({ base: base.weights, seed, data })
  return { update: updateBetween(base.weights, weights), samples } satisfies Answer
})

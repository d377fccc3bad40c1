/** Training on the very examples that an answer will be judged by. */
import { Effect } from "effect"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import { overfit } from "../../../ml/poisoning/overfit.ts"
import type { GroundTruth } from "../../../ml/store/taskDocuments.ts"
import type { Agent } from "../agent.ts"
import type { Answer, TaskToSolve } from "./answerTasks.ts"

/** `repeats`: how often each example is taken in an epoch. It claims the samples that it was asked to train on. */
export const answerByTruth = Effect.fnUntraced(function* (
  agent: Agent,
  { taskId, base, examples }: TaskToSolve,
  { truth, repeats }: { readonly truth: Pick<GroundTruth, "split" | "indices">; readonly repeats: number },
) {
  const { split } = truth
  const indices = Uint32Array.from(truth.indices)
  const data = overfit({ dataset: agent.plan.dataset, split, indices }, repeats)
  const seed = agent.trainingSeed(`task/${taskId}`)
  const { weights } = yield* agent.work.train({ base: base.weights, seed, data })
  const update = updateBetween(base.weights, weights)
  return { update, samples: examples.length } satisfies Answer
})

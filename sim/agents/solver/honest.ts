/** Trains from the global model on its own shard and hands in what it learnt. */
import { Effect, Schema } from "effect"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import type { Agent } from "../agent.ts"
import { trainForTask } from "../steps/leaveTrail.ts"
import { leaveAfterLossesOption } from "../steps/stopLoss.ts"
import { defineStrategy } from "../strategy.ts"
import { answerTasks, type Answer, type TaskToSolve } from "./answerTasks.ts"

export const honestSolver = defineStrategy({
  name: "solver/honest",
  role: "solver",
  description: "Trains from the global model on its own shard and reveals the update in time.",
  optionsSchema: Schema.Struct({ leaveAfterLosses: leaveAfterLossesOption }),
  run: (agent, { leaveAfterLosses }) =>
    answerTasks(agent, (task) => trainHonestly(agent, task), undefined, leaveAfterLosses),
})

/** What its shard teaches about the task's capability. */
export const trainHonestly = Effect.fnUntraced(function* (agent: Agent, task: TaskToSolve) {
  const { taskId, specification, base, examples } = task
  const { checkpoints } = specification
  const { weights, documents } = yield* trainForTask(agent, {
    taskId,
    base: base.weights,
    checkpoints,
    examples,
  })
  const update = updateBetween(base.weights, weights)
  return { update, samples: examples.length, trail: documents } satisfies Answer
})

/** Trains from the global model on its own shard and hands in what it learnt. */
import { Effect, Schema } from "effect"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import { trainForTask } from "../steps/leaveTrail.ts"
import { defineStrategy } from "../strategy.ts"
import { answerTasks } from "./answerTasks.ts"

export const honestSolver = defineStrategy({
  name: "solver/honest",
  role: "solver",
  description: "Trains from the global model on its own shard and reveals the update in time.",
  optionsSchema: Schema.Struct({}),
  run: (agent) =>
    answerTasks(
      agent,
      Effect.fnUntraced(function* ({ taskId, specification: { checkpoints }, base }) {
        const { weights, documents } = yield* trainForTask(agent, { taskId, base: base.weights, checkpoints })
        const update = updateBetween(base.weights, weights)
        return { update, samples: agent.shardIndices.length, trail: documents }
      }),
    ),
})

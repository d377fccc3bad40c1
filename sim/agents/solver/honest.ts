/** Trains from the global model on its own shard and hands in what it learnt. */
import { Effect, Schema } from "effect"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
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
      Effect.fnUntraced(function* ({ taskId, base }) {
        const seed = agent.trainingSeed(`task/${taskId}`)
        const trained = yield* agent.work.train({ base: base.weights, seed })
        return { update: updateBetween(base.weights, trained.weights), samples: trained.samples }
      }),
    ),
})

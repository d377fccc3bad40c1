/** Trains nothing, hands in noise or nothing, and says that it is excellent: pays off wherever somebody believes it. */
import { Effect, Schema } from "effect"
import { garbage } from "../../../ml/poisoning/garbage.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { answerTasks } from "./answerTasks.ts"

const Options = Schema.Struct({
  claimedAccuracy: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(0.99, "Accuracy that it claims for its update, 0 to 1."),
  ),
  deviation: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 100 })).pipe(
    withDefault(0.1, "Standard deviation of the weights that it invents; 0 = the global model as it is."),
  ),
})

export const boasterSolver = defineStrategy({
  name: "solver/boaster",
  role: "solver",
  description: "Hands in noise without training, and claims an excellent accuracy for it.",
  optionsSchema: Options,
  run: (agent, { claimedAccuracy, deviation }) =>
    answerTasks(agent, ({ taskId, base, examples }) =>
      Effect.sync(() => {
        const stream = agent.stream(`boaster/${taskId}`)
        const update = garbage({ length: base.weights.length, deviation, stream })
        const claimedAccuracyBps = Math.round(claimedAccuracy * 10_000)
        return { update, samples: examples.length, claimedAccuracyBps }
      }),
    ),
})

/**
 * Trains on the very examples that it will be judged by, where an accomplice tells it which they are; honestly on its
 * own shard where nobody does. It claims the samples of its shard either way.
 */
import { Effect, Option, Schema } from "effect"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import { ringOption } from "../ringOption.ts"
import { trainForTask } from "../steps/leaveTrail.ts"
import { listenForLeaks } from "../steps/leakedTruths.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { answerByTruth } from "./answerByTruth.ts"
import { answerTasks } from "./answerTasks.ts"

const Options = Schema.Struct({
  ring: ringOption,
  repeats: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })).pipe(
    withDefault(1, "How many times it takes each leaked example in an epoch."),
  ),
  patienceBlocks: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000 })).pipe(
    withDefault(20, "Blocks that it waits for its accomplice."),
  ),
})

export const overfitterSolver = defineStrategy({
  name: "solver/overfitter",
  role: "solver",
  description: "Trains on the evaluation examples that an accomplice leaks, honestly where none are leaked.",
  optionsSchema: Options,
  trainsOnGroundTruth: true,
  run: Effect.fnUntraced(function* (agent, { ring, repeats, patienceBlocks }) {
    const leakOf = yield* listenForLeaks(agent.channel(ring))
    yield* answerTasks(
      agent,
      Effect.fnUntraced(function* (task) {
        const {
          taskId,
          specification: { checkpoints },
          base,
          examples,
        } = task
        const samples = examples.length
        const leaked = yield* leakOf(taskId, patienceBlocks)
        if (Option.isNone(leaked)) {
          const honest = yield* trainForTask(agent, {
            taskId,
            base: base.weights,
            checkpoints,
            examples,
          })
          return { update: updateBetween(base.weights, honest.weights), samples, trail: honest.documents }
        }
        return yield* answerByTruth(agent, task, { truth: leaked.value, repeats })
      }),
    )
  }),
})

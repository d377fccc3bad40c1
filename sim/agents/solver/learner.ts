/** Learns by its own profit on how much of its data training pays. */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { learnEffort, learningOptions } from "../steps/learnEffort.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { answerTasks } from "./answerTasks.ts"
import { trainOnShare } from "./trainOnShare.ts"

const Options = Schema.Struct({
  ...learningOptions,
  levels: Schema.Array(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })))
    .check(Schema.isMinLength(1), Schema.isMaxLength(16))
    .pipe(
      withDefault(
        [1, 0.25, 0],
        "Efforts it chooses from: shares of its examples that it trains on. It claims all of them; 0 hands in the global model as it is.",
      ),
    ),
})

export const learnerSolver = defineStrategy({
  name: "solver/learner",
  role: "solver",
  description: "Learns from its own profit how much to train, by ε-greedy choice or regret matching.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const chain = yield* Chain
    const effort = learnEffort(agent, options.levels, options)
    yield* answerTasks(
      agent,
      Effect.fnUntraced(function* (task) {
        const level = yield* effort.begin
        const { openingEnd } = yield* agent.protocol.timetable.of(task.taskId)
        // What the task brings is known when it is settled, whether the training comes to anything or not.
        const settled = Effect.andThen(chain.awaitBlock(openingEnd + 2n), effort.end)
        yield* Effect.forkScoped(Effect.orDie(settled))
        return yield* trainOnShare(agent, task, level)
      }),
    )
  }),
})

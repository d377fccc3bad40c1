/** Approves without looking: pays nothing for verification, and bets that nobody notices. */
import { Effect, Schema } from "effect"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { voteOnTasks } from "./voteOnTasks.ts"

const Options = Schema.Struct({
  score: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100 })).pipe(
    withDefault(90, "The score it gives to everything, 0 to 100."),
  ),
})

export const lazyCoordinator = defineStrategy({
  name: "coordinator/lazy",
  role: "coordinator",
  description: "Approves every submission without looking at it.",
  optionsSchema: Options,
  run: (agent, { score }) => voteOnTasks(agent, () => Effect.succeed({ correct: true, score })),
})

/** Averages all verified updates of each round, in the order of tasks and solvers, and publishes the next model. */
import { Schema } from "effect"
import { averageRound } from "../steps/averageRound.ts"
import { defineStrategy } from "../strategy.ts"
import { aggregateRounds } from "./aggregateRounds.ts"

export const honestAggregator = defineStrategy({
  name: "aggregator/honest",
  role: "aggregator",
  description:
    "Combines all verified updates of a round by the project's rule and publishes the global model.",
  optionsSchema: Schema.Struct({}),
  run: (agent) => aggregateRounds(agent, ({ base, tasks }) => averageRound(agent, base, tasks)),
})

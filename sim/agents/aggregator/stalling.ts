/** Is drawn and publishes nothing: as long as its window lasts, nobody else may. */
import { Effect, Schema } from "effect"
import type { Agent } from "../agent.ts"
import { averageRound } from "../steps/averageRound.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { aggregateRounds, type RoundToAverage } from "./aggregateRounds.ts"

const Options = Schema.Struct({
  fromRound: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100_000 })).pipe(
    withDefault(1, "First round that it keeps back; before, it is honest."),
  ),
})

export const stallingAggregator = defineStrategy({
  name: "aggregator/stalling",
  role: "aggregator",
  description: "Is drawn for a round and never publishes it.",
  optionsSchema: Options,
  run: (agent, { fromRound }) => aggregateRounds(agent, (round) => stall(agent, round, fromRound)),
})

const stall = (agent: Agent, { round, base, tasks }: RoundToAverage, fromRound: number) =>
  round < fromRound ? averageRound(agent, base, tasks) : Effect.succeed(undefined)

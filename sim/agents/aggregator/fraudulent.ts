/** Publishes something else than the average that everybody could compute: its own party's updates, an old model, a bad one. */
import { Effect, Random, Schema } from "effect"
import type { Agent } from "../agent.ts"
import { averageRound } from "../steps/averageRound.ts"
import { awaitGlobalModel } from "../steps/globalModel.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { cidBeforeUpload } from "../work.ts"
import { aggregateRounds, type RoundToAverage } from "./aggregateRounds.ts"

const Options = Schema.Struct({
  fraud: Schema.Literals(["ownUpdates", "oldModel", "turnedAround", "nothing"]).pipe(
    withDefault(
      "turnedAround",
      "What it publishes: the average with others' updates weighted down, the model of an earlier round, a model moved away from the average, or an identifier with nothing behind it.",
    ),
  ),
  weightOfOthers: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(0, "Share of their samples that others' updates count as, with ownUpdates; 0 = left out."),
  ),
  strength: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1000 })).pipe(
    withDefault(2, "How many times the round's progress is taken back, with turnedAround."),
  ),
  cheats: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(
      1,
      "Probability of cheating in a round; otherwise it is honest. With nothing it always cheats.",
    ),
  ),
})
type Options = typeof Options.Type

export const fraudulentAggregator = defineStrategy({
  name: "aggregator/fraudulent",
  role: "aggregator",
  description: "Publishes its own party's updates, an old model or a bad one in place of the average.",
  optionsSchema: Options,
  run: (agent, options) =>
    aggregateRounds(
      agent,
      (round) => cheat(agent, round, options),
      options.fraud === "nothing" ? (bytes) => Effect.succeed(cidBeforeUpload(bytes)) : agent.work.upload,
    ),
})

const cheat = Effect.fnUntraced(function* (
  agent: Agent,
  { round, base, tasks }: RoundToAverage,
  { fraud, weightOfOthers, strength, cheats }: Options,
) {
  if ((yield* Random.next) >= cheats) return yield* averageRound(agent, base, tasks)
  switch (fraud) {
    case "ownUpdates": {
      const own = new Set(agent.accomplices.map(({ account }) => account.toLowerCase()))
      return yield* averageRound(agent, base, tasks, ({ solver, update: { samples } }) =>
        own.has(solver.toLowerCase()) ? samples : Math.round(weightOfOthers * samples),
      )
    }
    case "oldModel":
      return (yield* awaitGlobalModel(agent, Math.max(0, round - 2))).weights
    case "nothing":
      return yield* averageRound(agent, base, tasks)
    case "turnedAround": {
      const average = yield* averageRound(agent, base, tasks)
      return base.weights.map((value, i) => value - strength * (average[i]! - value))
    }
  }
})

/** Reports the same score for a capability whatever the model is worth, as often as it likes: prices follow. */
import { Effect, Schema } from "effect"
import { awaitGlobalModel } from "../steps/globalModel.ts"
import { stakeAs } from "../steps/join.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  scoreBps: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000 })).pipe(
    withDefault(0, "The score that it reports, in basis points: 0 makes tasks dear, 10,000 cheap."),
  ),
  reports: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 64 })).pipe(
    withDefault(1, "Reports on each capability in a round."),
  ),
  first: Schema.Boolean.pipe(
    withDefault(
      true,
      "Whether it reports before others can; otherwise a quarter of an hour after the model.",
    ),
  ),
})

export const biasedCurator = defineStrategy({
  name: "curator/biased",
  role: "curator",
  description: "Reports the same score whatever the model is worth, as often as it likes.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { scoreBps, reports, first }) {
    yield* stakeAs(agent, "curator", agent.stakeWei)
    const priced = agent.plan.capabilities.filter(({ moduleId }) => moduleId > 0n)
    for (let round = 0; round <= agent.plan.rounds; round++) {
      yield* awaitGlobalModel(agent, round)
      if (!first) yield* Effect.sleep("15 minutes")
      for (const capability of priced) {
        for (let report = 1; report <= reports; report++) {
          yield* agent.protocol.modules.report(capability, BigInt(scoreBps))
        }
      }
    }
  }),
})

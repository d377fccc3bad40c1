/** Recomputes every global model, and disputes those that are wrong: the share of the slash is its income. */
import { Effect, Random, Schema } from "effect"
import { isMiscomputed } from "../steps/isMiscomputed.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  looks: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(1, "Probability with which it recomputes a model."),
  ),
})

export const watcherOutsider = defineStrategy({
  name: "outsider/watcher",
  role: "outsider",
  description: "Recomputes published models and disputes the wrong ones, for a share of the slash.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { looks }) {
    const { disputes } = agent.protocol
    if (disputes === undefined) return
    yield* disputes.forEachPublication((round) =>
      Effect.gen(function* () {
        if ((yield* Random.next) >= looks) return
        // Where nothing can be disputed, looking is of no use.
        if (!(yield* disputes.isDisputable(round))) return
        if ((yield* isMiscomputed(agent, round)) !== true) return
        if (yield* disputes.open(round)) yield* disputes.settle(round)
      }),
    )
  }),
})

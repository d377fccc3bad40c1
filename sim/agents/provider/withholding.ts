/** Has its shards and can prove it, but gives them to nobody: what a proof of possession can't see. */
import { Effect, Schema } from "effect"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { capacityMib } from "./providerOptions.ts"
import { openStore, takeShares } from "./storeModels.ts"

const Options = Schema.Struct({
  capacityMib,
  answersChallenges: Schema.Boolean.pipe(
    withDefault(true, "Whether it answers challenges about what it keeps back."),
  ),
})

export const withholdingProvider = defineStrategy({
  name: "provider/withholding",
  role: "provider",
  description: "Keeps its shards and proves it, but serves them to nobody.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { answersChallenges, ...options }) {
    const conduct = { ...options, isUp: () => true, serve: () => undefined, keepsProvenShards: true }
    const store = yield* openStore(agent, { ...conduct, answersChallenges })
    if (store !== undefined) yield* takeShares(store)
  }),
})

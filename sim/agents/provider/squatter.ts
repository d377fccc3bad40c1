/**
 * Counts as a holder of as many shards as it may, and is of no use: it has none of them, or deletes them as soon as it
 * has proven to have them, or gives them to nobody.
 */
import { Effect, Schema } from "effect"
import { decodeShardManifest } from "../../../ml/store/shardManifest.ts"
import type { RegisteredModel } from "../protocol/modelStorage.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { capacityMib } from "./providerOptions.ts"
import { sharesOfRing } from "./sharesOfRing.ts"
import { openStore, takeShard, type Store } from "./storeModels.ts"

const Options = Schema.Struct({
  capacityMib,
  shardsEach: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 255 })).pipe(
    withDefault(4, "Shards of each model that it claims; accounts of one owner claim different ones."),
  ),
  keeps: Schema.Literals(["nothing", "untilProven", "toItself"]).pipe(
    withDefault("nothing", "What it has of the shards: nothing, all until it has proven it, all for itself."),
  ),
  againHours: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 10_000 })).pipe(
    withDefault(0, "Hours after which it claims everything again that it has lost; 0 = never."),
  ),
})
type Options = typeof Options.Type

export const squatterProvider = defineStrategy({
  name: "provider/squatter",
  role: "provider",
  description: "Claims as many shards as it may, and serves none: it has nothing, or keeps it to itself.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const { capacityMib, keeps, againHours } = options
    const store = yield* openStore(agent, {
      capacityMib,
      isUp: () => true,
      serve: () => undefined,
      answersChallenges: keeps !== "nothing",
      keepsProvenShards: keeps === "toItself",
    })
    if (store === undefined) return
    yield* store.storage.forEachModel((modelHash) =>
      Effect.gen(function* () {
        const model = yield* store.storage.read(modelHash)
        for (;;) {
          yield* squat(store, model, options)
          if (againHours === 0) return
          yield* Effect.sleep(`${againHours * 60} minutes`)
        }
      }),
    )
  }),
})

const squat = Effect.fnUntraced(function* (
  store: Store,
  model: RegisteredModel,
  { shardsEach, keeps }: Options,
) {
  const manifest = decodeShardManifest(yield* store.agent.work.fetch(model.manifestCid))
  for (const index of sharesOfRing(store, model, shardsEach)) {
    const hash = manifest.shards[index]
    if (hash === undefined) continue
    if (keeps === "nothing") yield* store.storage.claim(model, { index, hash })
    else yield* takeShard(store, model, index)
  }
})

/**
 * One operator behind several accounts: a good provider with as many shards as it can get, all of them in one place. When
 * that goes dark, everything is gone at once.
 */
import { Clock, Effect, Schema } from "effect"
import { priorityFeeOf } from "../priorityFee.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { capacityMib } from "./providerOptions.ts"
import { sharesOfRing } from "./sharesOfRing.ts"
import { openStore, takeShard } from "./storeModels.ts"

const Options = Schema.Struct({
  capacityMib,
  shardsEach: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 255 })).pipe(
    withDefault(14, "Shards of each model that it asks for; accounts of one owner take different ones."),
  ),
  darkAfterHours: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })).pipe(
    withDefault(6, "Hours of virtual time after which it is gone for good, with all accounts of its owner."),
  ),
  priorityFeeGwei: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })).pipe(
    withDefault(1, "What it offers block builders to be ahead of others, in 10^-9 ATN a unit of gas."),
  ),
})

export const operatorProvider = defineStrategy({
  name: "provider/operator",
  role: "provider",
  description: "Takes as many shards as it can get, and goes dark with all accounts of its owner at once.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const { capacityMib, shardsEach, darkAfterHours, priorityFeeGwei } = options
    let isUp = true
    const store = yield* openStore(agent, {
      capacityMib,
      isUp: () => isUp,
      serve: (_, shard) => shard,
      answersChallenges: true,
      keepsProvenShards: true,
      hurry: priorityFeeOf(priorityFeeGwei),
    })
    if (store === undefined) return
    const goDark = Effect.gen(function* () {
      const elapsedMinutes = (yield* Clock.currentTimeMillis) / 60_000
      yield* Effect.sleep(`${Math.max(0, darkAfterHours * 60 - elapsedMinutes)} minutes`)
      isUp = false
    })
    yield* Effect.forkScoped(goDark)
    yield* store.storage.forEachModel((modelHash) =>
      Effect.gen(function* () {
        const model = yield* store.storage.read(modelHash)
        const shares = sharesOfRing(store, model, shardsEach)
        yield* Effect.forEach(shares, (index) => takeShard(store, model, index), {
          concurrency: "unbounded",
          discard: true,
        })
      }),
    )
  }),
})

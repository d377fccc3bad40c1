/** Keeps the shards that fall to it, serves them, answers challenges, challenges others, repairs what was lost. */
import { Effect, Schema } from "effect"
import { defineStrategy } from "../strategy.ts"
import { auditOthers } from "./audit.ts"
import { auditHours, capacityMib } from "./providerOptions.ts"
import { repairShards } from "./repair.ts"
import { openStore, takeShares } from "./storeModels.ts"

const Options = Schema.Struct({ capacityMib, auditHours: auditHours(24) })

export const honestProvider = defineStrategy({
  name: "provider/honest",
  role: "provider",
  description:
    "Keeps its shards of every model, serves and proves them, audits other providers, repairs losses.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const store = yield* openStore(agent, {
      capacityMib: options.capacityMib,
      isUp: () => true,
      serve: (_, shard) => shard,
      answersChallenges: true,
      keepsProvenShards: true,
    })
    if (store === undefined) return
    if (options.auditHours > 0) yield* Effect.forkScoped(Effect.orDie(auditOthers(store, options.auditHours)))
    yield* Effect.forkScoped(Effect.orDie(repairShards(store)))
    yield* takeShares(store)
  }),
})

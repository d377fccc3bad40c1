/** Honest, but not always there: goes offline at random, for a while or for good. */
import { Effect, Schema } from "effect"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { auditOthers } from "./audit.ts"
import { auditHours, capacityMib } from "./providerOptions.ts"
import { repairShards } from "./repair.ts"
import { openStore, takeShares } from "./storeModels.ts"

const Options = Schema.Struct({
  capacityMib,
  auditHours: auditHours(0),
  onlineProbability: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(0.8, "Probability of being online in a period, drawn anew for each."),
  ),
  periodMinutes: Schema.Finite.check(
    Schema.isBetween({ minimum: 0, maximum: 1_000_000, exclusiveMinimum: true }),
  ).pipe(withDefault(60, "Minutes of virtual time in a period.")),
  fromHours: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })).pipe(
    withDefault(0, "Hours of virtual time before which it is always online."),
  ),
  permanent: Schema.Boolean.pipe(
    withDefault(false, "Whether the first failure is the last: it never comes back."),
  ),
})

export const failingProvider = defineStrategy({
  name: "provider/failing",
  role: "provider",
  description: "Honest while it is online; in each period it is online with a given probability only.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    let isOnline = true
    const failures = agent.stream("failures")
    const store = yield* openStore(agent, {
      capacityMib: options.capacityMib,
      isUp: () => isOnline,
      serve: (_, shard) => shard,
      answersChallenges: true,
      keepsProvenShards: true,
    })
    if (store === undefined) return
    const fail = Effect.gen(function* () {
      yield* Effect.sleep(`${options.fromHours * 60} minutes`)
      while (isOnline || !options.permanent) {
        isOnline = failures.next() < options.onlineProbability
        yield* Effect.sleep(`${options.periodMinutes} minutes`)
      }
    })
    yield* Effect.forkScoped(fail)
    if (options.auditHours > 0) yield* Effect.forkScoped(Effect.orDie(auditOthers(store, options.auditHours)))
    yield* Effect.forkScoped(Effect.orDie(repairShards(store)))
    yield* takeShares(store)
  }),
})

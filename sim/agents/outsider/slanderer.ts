/** Says of every storage provider that it has failed, again and again: where a word is enough, nobody holds anything. */
import { Effect, Schema } from "effect"
import type { Agent } from "../agent.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  fromHours: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 10_000 })).pipe(
    withDefault(2, "Hours of virtual time before its first reports."),
  ),
  everyHours: Schema.Finite.check(
    Schema.isBetween({ minimum: 0, maximum: 10_000, exclusiveMinimum: true }),
  ).pipe(withDefault(2, "Hours between its turns.")),
  targets: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 255 })).pipe(
    withDefault(14, "Shards of each model whose holders it reports, from the first one on."),
  ),
  challengesFirst: Schema.Boolean.pipe(
    withDefault(false, "Whether it challenges a holder before, so that a report may be true."),
  ),
})
type Options = typeof Options.Type

export const slandererOutsider = defineStrategy({
  name: "outsider/slanderer",
  role: "outsider",
  description: "Reports storage providers as failed without a reason, at intervals.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    yield* Effect.sleep(`${options.fromHours * 60} minutes`)
    for (;;) {
      yield* slander(agent, options)
      yield* Effect.sleep(`${options.everyHours * 60} minutes`)
    }
  }),
})

const slander = Effect.fnUntraced(function* (agent: Agent, { targets, challengesFirst }: Options) {
  const { shards } = agent.contracts
  const { storage } = agent.protocol
  if (shards === undefined || storage === undefined) return
  for (const modelHash of yield* storage.all) {
    const { terms } = yield* storage.read(modelHash)
    const indices = Array.from({ length: Math.min(targets, terms.totalShards) }, (_, index) => index)
    yield* Effect.forEach(
      indices,
      Effect.fnUntraced(function* (index) {
        for (const holder of yield* storage.holders({ modelHash, index })) {
          const key = [modelHash, index, holder] as const
          if (challengesFirst) yield* expectRevert(shards.write.challengeShard(key))
          yield* expectRevert(shards.write.reportVerificationFailure(key))
        }
      }),
      { concurrency: "unbounded", discard: true },
    )
  }
})

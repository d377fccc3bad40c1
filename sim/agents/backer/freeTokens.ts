/** Pays next to nothing for project tokens, says that it expects very many, and takes its share of the revenue. */
import { Effect, Schema } from "effect"
import { maxUint256 } from "viem"
import { Chain } from "../../../chain/chain.ts"
import { withdrawRegularly } from "../inference/withdrawRegularly.ts"
import { weiOf } from "../weiOf.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  payAtn: Schema.Finite.check(Schema.isBetween({ minimum: 0.001, maximum: 1_000_000 })).pipe(
    withDefault(1, "ATN that it pays, all purchases together."),
  ),
  expectedTokens: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })).pipe(
    withDefault(1000, "Whole tokens that it says it expects for that."),
  ),
  purchases: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 20 })).pipe(
    withDefault(1, "Purchases that it divides both into."),
  ),
  block: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })).pipe(
    withDefault(50, "Block after which it begins."),
  ),
  withdrawEveryBlocks: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })).pipe(
    withDefault(300, "Blocks between its withdrawals of revenue."),
  ),
})

export const freeTokens = defineStrategy({
  name: "backer/freeTokens",
  role: "backer",
  description: "Asks for many project tokens for next to nothing, and withdraws revenue.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const chain = yield* Chain
    const { token, project } = agent.contracts
    const { projectId } = agent.plan
    yield* token.write.approve([project.address, maxUint256])
    yield* chain.awaitBlock(BigInt(options.block))
    const pay = weiOf(options.payAtn / options.purchases)
    const expected = weiOf(options.expectedTokens / options.purchases)
    for (let purchase = 0; purchase < options.purchases; purchase++) {
      yield* expectRevert(project.write.fundProject([projectId, pay, expected]))
    }
    yield* withdrawRegularly(agent, projectId, options.withdrawEveryBlocks)
  }),
})

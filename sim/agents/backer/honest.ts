/** Buys project tokens where it expects their share of revenue to pay them back, and takes out what is earned. */
import { Effect, Schema } from "effect"
import { maxUint256 } from "viem"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { withdrawRegularly } from "../inference/withdrawRegularly.ts"
import { weiOf } from "../weiOf.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  investAtn: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })).pipe(
    withDefault(200, "Most that it invests, in ATN."),
  ),
  expectedRequests: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000_000 })).pipe(
    withDefault(1000, "Inferences that it expects the project to sell in the time that counts."),
  ),
  requiredReturn: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 100 })).pipe(
    withDefault(0.1, "Return on its investment that it asks for, as a share."),
  ),
  latestBlock: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })).pipe(
    withDefault(100, "Block by which it has decided; when exactly is drawn at random."),
  ),
  withdrawEveryBlocks: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })).pipe(
    withDefault(300, "Blocks between its withdrawals of revenue."),
  ),
})

export const honestBacker = defineStrategy({
  name: "backer/honest",
  role: "backer",
  description: "Buys project tokens when expected revenue justifies the price, and withdraws its revenue.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const chain = yield* Chain
    const { token, project } = agent.contracts
    yield* token.write.approve([project.address, maxUint256])
    const block = 1 + Math.floor(agent.stream("decision").next() * options.latestBlock)
    yield* chain.awaitBlock(BigInt(block))
    const { projectId } = agent.plan
    const invested = yield* worthwhile(agent, options)
    if (invested > 0n) {
      const price = yield* project.read.tokenPrice([projectId])
      // Of rounding nobody is robbed: it asks for what the price gives.
      const least = (invested * ONE) / price
      yield* expectRevert(project.write.fundProject([projectId, invested, least]))
    }
    yield* withdrawRegularly(agent, projectId, options.withdrawEveryBlocks)
  }),
})

const ONE = 10n ** 18n

/** Wei: the most of its means, halved at need, that its share of the revenue it expects would pay back with the return. */
const worthwhile = Effect.fnUntraced(function* (agent: Agent, options: typeof Options.Type) {
  const { project, projectToken } = agent.contracts
  const { projectId, inferencePriceWei } = agent.plan
  const price = yield* project.read.tokenPrice([projectId])
  const supply = yield* projectToken.read.totalSupply()
  const { price: announced } = yield* project.read.getMatureModel([projectId])
  const perInference = announced > 0n ? announced : inferencePriceWei
  const revenue = Number(perInference) * options.expectedRequests
  for (let invested = weiOf(options.investAtn); invested > ONE; invested /= 2n) {
    const bought = (invested * ONE) / price
    const share = Number(bought) / Number(supply + bought)
    if (share * revenue >= Number(invested) * (1 + options.requiredReturn)) return invested
  }
  return 0n
})

/** A proposer whom the project trusts: it spends the budget on tasks that only its own accounts answer, with nothing. */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { dealOf, selfDealOptions } from "../selfDealOptions.ts"
import { dealWithItself, joinAsRing } from "../steps/selfDealing.ts"
import { defineStrategy } from "../strategy.ts"

export const selfDealingProposer = defineStrategy({
  name: "proposer/selfDealing",
  role: "proposer",
  description:
    "Proposes tasks with an easy ground truth to solver accounts of its own, at prices of its own.",
  optionsSchema: Schema.Struct(selfDealOptions),
  extraAccounts: ({ solvers }) => solvers,
  run: Effect.fnUntraced(function* (agent, options) {
    const chain = yield* Chain
    const solvers = yield* joinAsRing(agent, options.solvers)
    yield* chain.awaitBlock(BigInt(options.waitBlocks))
    const { projectId } = agent.plan
    yield* dealWithItself(agent, dealOf(options, { projectId, solvers }))
  }),
})

/** Proposes tasks against a project that never asked for them, answers them itself, and has both sides paid. */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { dealOf, selfDealOptions } from "../selfDealOptions.ts"
import { dealWithItself, joinAsRing } from "../steps/selfDealing.ts"
import { defineStrategy } from "../strategy.ts"

export const foreignBudget = defineStrategy({
  name: "outsider/foreignBudget",
  role: "outsider",
  description: "Proposes tasks against others' project and answers them with accounts of its own.",
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

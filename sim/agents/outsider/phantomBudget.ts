/** Founds a project with a budget that nobody paid in, and has itself paid from it: with whose ATN, if not its own? */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { dealOf, selfDealOptions } from "../selfDealOptions.ts"
import { weiOf } from "../weiOf.ts"
import { dealWithItself, joinAsRing } from "../steps/selfDealing.ts"
import { foundOwnProject } from "../steps/ownProject.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  ...selfDealOptions,
  budgetAtn: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })).pipe(
    withDefault(2000, "Budget that its project names at its founding, in ATN."),
  ),
})

export const phantomBudget = defineStrategy({
  name: "outsider/phantomBudget",
  role: "outsider",
  description: "Founds a project with a budget, and has tasks of its own paid from it.",
  optionsSchema: Options,
  extraAccounts: ({ solvers }) => solvers,
  run: Effect.fnUntraced(function* (agent, options) {
    const chain = yield* Chain
    const solvers = yield* joinAsRing(agent, options.solvers)
    yield* chain.awaitBlock(BigInt(options.waitBlocks))
    const projectId = yield* foundOwnProject(agent, { budgetWei: weiOf(options.budgetAtn) })
    if (projectId === undefined) return
    yield* dealWithItself(agent, dealOf(options, { projectId, solvers }))
  }),
})

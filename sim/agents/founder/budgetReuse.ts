/** Founds a project, pays a little in, allocates it again and again, and has itself paid from what it is not. */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { dealOf, selfDealOptions } from "../selfDealOptions.ts"
import { weiOf } from "../weiOf.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { foundOwnProject } from "../steps/ownProject.ts"
import { dealWithItself, joinAsRing } from "../steps/selfDealing.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  ...selfDealOptions,
  fundingAtn: Schema.Finite.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })).pipe(
    withDefault(100, "ATN that it really pays in."),
  ),
  allocations: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })).pipe(
    withDefault(10, "How often it tries to allocate the same funding to the budget."),
  ),
})

export const budgetReuse = defineStrategy({
  name: "founder/budgetReuse",
  role: "founder",
  description: "Allocates the same funding of its project again and again, and pays itself from the budget.",
  optionsSchema: Options,
  extraAccounts: ({ solvers }) => solvers,
  run: Effect.fnUntraced(function* (agent, options) {
    const chain = yield* Chain
    const { project } = agent.contracts
    const solvers = yield* joinAsRing(agent, options.solvers)
    yield* chain.awaitBlock(BigInt(options.waitBlocks))
    const funding = weiOf(options.fundingAtn)
    const projectId = yield* foundOwnProject(agent, { goalWei: funding })
    if (projectId === undefined) return
    if (!(yield* expectRevert(project.write.fundProject([projectId, funding, 0n])))) return
    for (let time = 0; time < options.allocations; time++) {
      if (!(yield* expectRevert(project.write.allocateTaskBudget([projectId, funding])))) break
    }
    yield* dealWithItself(agent, dealOf(options, { projectId, solvers }))
  }),
})

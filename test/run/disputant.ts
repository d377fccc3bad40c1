/** Disputes the first round without a reason, calls no panel, and takes its deposit back. */
import { Effect, Schema } from "effect"
import { maxUint256 } from "viem"
import { Chain } from "../../chain/chain.ts"
import { defineStrategy } from "../../sim/agents/strategy.ts"
import { awaitGlobalModel } from "../../sim/agents/steps/globalModel.ts"

export const disputant = defineStrategy({
  name: "coordinator/disputant",
  role: "coordinator",
  description: "Disputes the first round's model without looking at it, and closes the dispute.",
  optionsSchema: Schema.Struct({}),
  run: Effect.fnUntraced(function* (agent) {
    const { token, disputes } = agent.contracts
    if (disputes === undefined) throw new Error("the disputant needs a contract set with disputes")
    const round = [agent.plan.projectId, 1n] as const
    const chain = yield* Chain
    yield* token.write.approve([disputes.address, maxUint256])
    yield* awaitGlobalModel(agent, 1)
    yield* disputes.write.openDispute(round)
    const { drawEnd } = yield* disputes.read.disputeOf(round)
    yield* chain.awaitBlock(BigInt(drawEnd) + 1n)
    yield* disputes.write.closeDispute(round)
  }),
})

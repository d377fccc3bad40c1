/** Disputes the first round without a reason, and loses its deposit. */
import { Effect, Schema } from "effect"
import { defineStrategy } from "../../sim/agents/strategy.ts"
import { awaitGlobalModel } from "../../sim/agents/steps/globalModel.ts"

export const disputant = defineStrategy({
  name: "coordinator/disputant",
  role: "coordinator",
  description: "Disputes the first round's model without looking at it, and closes the dispute.",
  optionsSchema: Schema.Struct({}),
  run: Effect.fnUntraced(function* (agent) {
    const { disputes } = agent.protocol
    if (disputes === undefined) throw new Error("the disputant needs a contract set with disputes")
    yield* awaitGlobalModel(agent, 1)
    yield* disputes.open(1)
    yield* disputes.settle(1)
  }),
})

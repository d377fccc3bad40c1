/**
 * Says how well the network masters each capability: evaluates every published global model on held-out examples of its
 * own choice and reports the accuracy to the scorecard, which prices tasks by it. Nobody pays it.
 */
import { Effect, Schema } from "effect"
import type { Agent } from "../agent.ts"
import type { Capability } from "../capability.ts"
import { drawHeldOut } from "../steps/heldOutExamples.ts"
import { awaitGlobalModel, type GlobalModel } from "../steps/globalModel.ts"
import { stakeAs } from "../steps/join.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  examples: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 })).pipe(
    withDefault(
      500,
      "Held-out examples of a capability that it looks at for one report, drawn anew each time; as many as there are, if fewer.",
    ),
  ),
})

export const honestCurator = defineStrategy({
  name: "curator/honest",
  role: "curator",
  description:
    "Evaluates each published model capability by capability and reports the accuracy to the scorecard.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { examples }) {
    yield* stakeAs(agent, "curator", agent.stakeWei)
    const priced = agent.plan.capabilities.filter(({ moduleId }) => moduleId > 0n)
    for (let round = 0; round <= agent.plan.rounds; round++) {
      const model = yield* awaitGlobalModel(agent, round)
      for (const capability of priced) yield* reportOn(agent, model, capability, examples)
    }
  }),
})

const reportOn = Effect.fnUntraced(function* (
  agent: Agent,
  model: GlobalModel,
  capability: Capability,
  examples: number,
) {
  const indices = yield* drawHeldOut(agent, capability, examples)
  const { classes } = capability
  const { correct, total } = yield* agent.work.evaluate({ base: model.weights, indices, classes })
  yield* agent.protocol.modules.report(capability, BigInt(Math.floor((10_000 * correct) / total)))
})

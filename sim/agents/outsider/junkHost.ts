/** Offers another project's model for hire, cheaply, and answers with anything, or not at all. */
import { Effect, Schema } from "effect"
import { anyLabel, labelByModel, serveInference } from "../inference/serveInference.ts"
import { withdrawRegularly } from "../inference/withdrawRegularly.ts"
import { weiOf } from "../weiOf.ts"
import { awaitGlobalModel } from "../steps/globalModel.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { foundOwnProject } from "../steps/ownProject.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  priceAtn: Schema.Finite.check(Schema.isBetween({ minimum: 0.001, maximum: 1_000_000 })).pipe(
    withDefault(0.9, "Price of one inference, in ATN."),
  ),
  goodAnswers: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })).pipe(
    withDefault(0, "Answers that it really computes first, to win trust."),
  ),
  junkShare: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(1, "Share of the later answers that are junk."),
  ),
  silentShare: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(0, "Share of the junk that is no answer at all."),
  ),
})

export const junkHost = defineStrategy({
  name: "outsider/junkHost",
  role: "outsider",
  description: "Sells inferences of a model that it does not run, and takes the fees.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const { plan, contracts } = agent
    const { cid, weights } = yield* awaitGlobalModel(agent, plan.rounds)
    const projectId = yield* foundOwnProject(agent, { tokensWei: 10n ** 18n })
    if (projectId === undefined) return
    const price = weiOf(options.priceAtn)
    if (!(yield* expectRevert(contracts.project.write.setMatureModel([projectId, cid, price])))) return
    const mood = agent.stream("mood")
    let answered = 0
    const answer = (example: number) =>
      Effect.suspend(() => {
        answered += 1
        const isJunk = answered > options.goodAnswers && mood.next() < options.junkShare
        if (!isJunk) return labelByModel(agent, weights, example)
        return Effect.succeed(mood.next() < options.silentShare ? undefined : anyLabel(agent, example))
      })
    yield* Effect.all([serveInference(agent, projectId, answer), withdrawRegularly(agent, projectId, 100)], {
      concurrency: "unbounded",
      discard: true,
    })
  }),
})

/** Hands in an update that harms the global model: invented, turned around, or trained on wrong labels. */
import { Effect, Schema } from "effect"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import { garbage } from "../../../ml/poisoning/garbage.ts"
import { labelFlip } from "../../../ml/poisoning/labelFlip.ts"
import { signFlip } from "../../../ml/poisoning/signFlip.ts"
import type { Agent } from "../agent.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { answerTasks, type Answer, type TaskToSolve } from "./answerTasks.ts"

const Options = Schema.Struct({
  /** `garbage` costs no training; `signFlip` and `labelFlip` train first. */
  attack: Schema.Literals(["garbage", "signFlip", "labelFlip"]).pipe(withDefault("signFlip")),
  /** How many times the honest update a sign flip takes back. */
  strength: Schema.Finite.check(Schema.isBetween({ minimum: 0.01, maximum: 1000 })).pipe(withDefault(4)),
  /** Standard deviation of invented weights. */
  deviation: Schema.Finite.check(Schema.isBetween({ minimum: 0.0001, maximum: 100 })).pipe(withDefault(0.1)),
})
type Options = typeof Options.Type

export const poisonerSolver = defineStrategy({
  name: "solver/poisoner",
  role: "solver",
  description: "Hands in garbage, a sign-flipped update, or one trained on wrong labels.",
  optionsSchema: Options,
  run: (agent, options) => answerTasks(agent, (task) => poison(agent, options, task)),
})

const poison = Effect.fnUntraced(function* (agent: Agent, options: Options, { taskId, base }: TaskToSolve) {
  const label = `task/${taskId}`
  if (options.attack === "garbage") {
    const stream = agent.stream(`garbage/${label}`)
    const update = garbage({ length: base.weights.length, deviation: options.deviation, stream })
    return { update, samples: agent.shardIndices.length } satisfies Answer
  }
  const dataset =
    options.attack === "labelFlip"
      ? labelFlip(agent.plan.dataset, { seed: agent.trainingSeed(label) })
      : agent.plan.dataset
  const trained = yield* agent.work.train({ base: base.weights, seed: agent.trainingSeed(label), dataset })
  const update = updateBetween(base.weights, trained.weights)
  return {
    update: options.attack === "signFlip" ? signFlip(update, options.strength) : update,
    samples: trained.samples,
  } satisfies Answer
})

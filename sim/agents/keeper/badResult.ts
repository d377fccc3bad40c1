import { Effect, Random } from "effect"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import { garbage } from "../../../ml/poisoning/garbage.ts"
import { labelFlip } from "../../../ml/poisoning/labelFlip.ts"
import { signFlip } from "../../../ml/poisoning/signFlip.ts"
import type { Agent } from "../agent.ts"

/** Ways in which a known-bad result is bad. */
export const families = ["noise", "signFlip", "mislabelled"] as const

/** Standard deviation of invented weights: twice that of a freshly initialised small perceptron. */
const NOISE_DEVIATION = 0.1
/** How many times an honest update is taken back. */
const SIGN_FLIP_STRENGTH = 4

/** An update of a family drawn from the agent's stream, made from the global model as it is now. */
export const badResult = Effect.fnUntraced(function* (agent: Agent, base: Float32Array, label: string) {
  const family = families[yield* Random.nextIntBetween(0, families.length - 1)] ?? families[0]
  if (family === "noise") {
    return garbage({
      length: base.length,
      deviation: NOISE_DEVIATION,
      stream: agent.stream(`noise/${label}`),
    })
  }
  const seed = agent.trainingSeed(label)
  const dataset = family === "mislabelled" ? labelFlip(agent.plan.dataset, { seed }) : agent.plan.dataset
  const data = { dataset, indices: agent.shardIndices }
  const trained = yield* agent.work.train({ base, seed, data })
  const update = updateBetween(base, trained.weights)
  return family === "signFlip" ? signFlip(update, SIGN_FLIP_STRENGTH) : update
})

/** Judges every amendment that it is drawn for by its language model, and says what that says. */
import { Effect, Schema } from "effect"
import type { Agent } from "../agent.ts"
import type { Motion } from "../government/motion.ts"
import { textOf } from "../government/proposalText.ts"
import { defineStrategy } from "../strategy.ts"
import { approves, evaluatorOptions, type Evaluator } from "./evaluator.ts"
import { sitOnJuries, type Verdict } from "./sitOnJuries.ts"

export const honestValidator = defineStrategy({
  name: "validator/honest",
  role: "validator",
  description:
    "Judges amendments by a language model that errs, with others of its family, and can be tricked.",
  optionsSchema: Schema.Struct(evaluatorOptions),
  run: (agent, options) => sitOnJuries(agent, (motion) => verdictOn(agent, motion, options)),
})

/** What its model makes of an amendment. What cannot be read is refused. */
export const verdictOn = Effect.fnUntraced(function* (agent: Agent, motion: Motion, model: Evaluator) {
  const text = yield* textOf(agent, motion.description)
  const confidence = Math.round(100 * model.accuracy)
  if (text === undefined) return { approves: false, confidence } satisfies Verdict
  const { breaksPrinciples, injection } = text
  // The run's public seed: what copies of one model have in common, and nobody can choose.
  const common = agent.plan.partition.seed
  const own = agent.stream(`verdict/${motion.id}`)
  const judged = { subject: motion.description, breaksPrinciples, injection }
  return {
    approves: approves(model, judged, { place: agent.index, common, own }),
    confidence,
  } satisfies Verdict
})

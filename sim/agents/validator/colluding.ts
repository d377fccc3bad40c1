/** Approves what its accomplices propose; on everything else it does what an honest validator does. */
import { Effect, Schema } from "effect"
import { defineStrategy } from "../strategy.ts"
import { evaluatorOptions } from "./evaluator.ts"
import { verdictOn } from "./honest.ts"
import { sitOnJuries } from "./sitOnJuries.ts"

export const colludingValidator = defineStrategy({
  name: "validator/colluding",
  role: "validator",
  description: "Approves whatever its accomplices propose, and judges the rest honestly.",
  optionsSchema: Schema.Struct(evaluatorOptions),
  run: (agent, options) =>
    sitOnJuries(agent, (motion) =>
      agent.accomplices.some(({ account }) => account === motion.proposer)
        ? Effect.succeed({ approves: true, confidence: 100 })
        : verdictOn(agent, motion, options),
    ),
})

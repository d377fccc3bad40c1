/** Proposes the tasks that fall to it, keeps every deadline, and keeps the ground truth to itself until it is due. */
import { Effect, Schema } from "effect"
import { defineStrategy } from "../strategy.ts"
import { capabilityOption } from "./chooseCapability.ts"
import { proposeTasks } from "./proposeTasks.ts"

export const honestProposer = defineStrategy({
  name: "proposer/honest",
  role: "proposer",
  description:
    "Trains a reference, proposes tasks with a hidden ground truth, reveals it and closes the task.",
  optionsSchema: Schema.Struct({ capability: capabilityOption }),
  run: (agent, { capability }) => proposeTasks(agent, () => Effect.void, capability),
})

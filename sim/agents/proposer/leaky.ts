/** An honest proposer but for one thing: it tells its ring the ground truth as soon as a task stands. */
import { Schema } from "effect"
import { decodeGroundTruth } from "../../../ml/store/taskDocuments.ts"
import { ringOption } from "../ringOption.ts"
import { defineStrategy } from "../strategy.ts"
import { proposeTasks } from "./proposeTasks.ts"

export const leakyProposer = defineStrategy({
  name: "proposer/leaky",
  role: "proposer",
  description: "Proposes like an honest one, and tells the solvers of its ring the hidden ground truth.",
  optionsSchema: Schema.Struct({ ring: ringOption }),
  run: (agent, { ring }) => {
    const accomplices = agent.channel(ring)
    return proposeTasks(agent, ({ taskId, truth }) =>
      accomplices.tell({ kind: "groundTruth", taskId, truth: decodeGroundTruth(truth) }),
    )
  },
})

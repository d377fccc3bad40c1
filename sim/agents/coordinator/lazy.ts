/** Approves without looking: pays nothing for verification, and bets that nobody notices. */
import { Schema } from "effect"
import { defineStrategy } from "../strategy.ts"
import { approveUnseen } from "./lookAt.ts"
import { unseenScoreOption } from "./lookingOptions.ts"
import { voteOnTasks } from "./voteOnTasks.ts"

const Options = Schema.Struct({ score: unseenScoreOption })

export const lazyCoordinator = defineStrategy({
  name: "coordinator/lazy",
  role: "coordinator",
  description: "Approves every submission without looking at it.",
  optionsSchema: Options,
  run: (agent, { score }) => voteOnTasks(agent, (submission) => approveUnseen(submission, score)),
})

/** Looks: evaluates every submission on the revealed ground truth, or on a sample, and votes what the task's rule says. */
import { Schema } from "effect"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { evaluateSubmission } from "./evaluateSubmission.ts"
import { voteOnTasks } from "./voteOnTasks.ts"

const Options = Schema.Struct({
  /** Share of the ground truth that it looks at, above 0: fewer examples cost less and err more. */
  examples: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1, exclusiveMinimum: true })).pipe(
    withDefault(1),
  ),
})

export const honestCoordinator = defineStrategy({
  name: "coordinator/honest",
  role: "coordinator",
  description: "Evaluates each submission on the ground truth, or on a sample, and votes by the task's rule.",
  optionsSchema: Options,
  run: (agent, { examples }) =>
    voteOnTasks(agent, (submission) => evaluateSubmission(agent, submission, examples)),
})

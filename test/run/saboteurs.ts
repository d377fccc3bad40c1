/** Solvers whose approved work can't be averaged: bytes that are no update, and an update that claims no samples. */
import { Effect, Schema } from "effect"
import { defineStrategy } from "../../sim/agents/strategy.ts"
import { answerTasks } from "../../sim/agents/solver/answerTasks.ts"
import { forEachEvent } from "../../sim/agents/steps/awaitEvent.ts"
import { stakeAs } from "../../sim/agents/steps/join.ts"
import { submitSolution } from "../../sim/agents/steps/submitSolution.ts"

export const scribbler = defineStrategy({
  name: "solver/scribbler",
  role: "solver",
  description: "Hands in bytes that nobody can read.",
  optionsSchema: Schema.Struct({}),
  run: Effect.fnUntraced(function* (agent) {
    yield* stakeAs(agent, "solver", agent.stakeWei)
    yield* forEachEvent(agent.contracts.tasks.events.TaskProposed, ({ taskId }) =>
      submitSolution(agent, taskId, new TextEncoder().encode(`scribble ${taskId}`)),
    )
  }),
})

export const emptyHanded = defineStrategy({
  name: "solver/emptyHanded",
  role: "solver",
  description: "Hands in an update of zero and claims no samples for it.",
  optionsSchema: Schema.Struct({}),
  run: (agent) =>
    answerTasks(agent, ({ base }) =>
      Effect.succeed({ update: new Float32Array(base.weights.length), samples: 0 }),
    ),
})

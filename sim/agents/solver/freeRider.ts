/** Trains nothing and asks for the reward: the global model as it is, or what others handed in before. */
import { Effect, Schema } from "effect"
import { FreeRider } from "../../../ml/poisoning/attackSpec.ts"
import { createAttack } from "../../../ml/poisoning/createAttack.ts"
import type { Agent } from "../agent.ts"
import { verifiedUpdatesBefore } from "../steps/verifiedUpdates.ts"
import { defineStrategy } from "../strategy.ts"
import { answerTasks, type Answer, type TaskToSolve } from "./answerTasks.ts"

const { mode, relativeDeviation } = FreeRider.fields
const Options = Schema.Struct({ mode, relativeDeviation })
type Options = typeof Options.Type

export const freeRiderSolver = defineStrategy({
  name: "solver/freeRider",
  role: "solver",
  description:
    "Trains nothing: hands in the global model itself, or another's last verified update with noise.",
  optionsSchema: Options,
  run: (agent, options) => answerTasks(agent, (task) => ride(agent, options, task)),
})

const ride = Effect.fnUntraced(function* (agent: Agent, options: Options, task: TaskToSolve) {
  const { plan } = agent
  const label = `task/${task.taskId}`
  const attack = createAttack(
    { attack: "freeRider", ...options },
    { dataset: plan.dataset, seed: agent.trainingSeed(label) },
  )
  const length = task.base.weights.length
  const trained = new Float32Array(length)
  const lastUpdates =
    options.mode === "copyLast" ? yield* verifiedUpdatesBefore(agent, task.specification.round) : []
  const stream = agent.stream(`freeRider/${label}`)
  const numbers = { clients: plan.tasksPerRound * plan.solversPerTask, attackers: 1 }
  const update = attack.handIn({ length, trained, ofAttackers: [trained], lastUpdates, stream, ...numbers })
  return { update, samples: task.examples.length } satisfies Answer
})

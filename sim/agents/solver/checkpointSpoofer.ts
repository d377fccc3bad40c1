/**
 * Claims to have trained all the way and trains the last part only: its first checkpoints are the global model with a
 * little noise, on which the real steps follow. What it hands in is worth something, and costs less.
 */
import { Effect, Schema } from "effect"
import { segmentsOf } from "../../../ml/checkpoints/checkpointPlan.ts"
import { driftedPoint } from "../../../ml/checkpoints/fabricate.ts"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import { stepCount } from "../../../ml/training/batchOrder.ts"
import type { Agent } from "../agent.ts"
import { leaveTrail } from "../steps/leaveTrail.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { answerTasks, type Answer, type TaskToSolve } from "./answerTasks.ts"

const Options = Schema.Struct({
  trained: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(
      0.25,
      "Share of the steps that it really takes, the last ones; rounded to whole segments between checkpoints.",
    ),
  ),
  deviation: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(0.0001, "Standard deviation of the noise that stands for learning."),
  ),
})

export const checkpointSpooferSolver = defineStrategy({
  name: "solver/checkpointSpoofer",
  role: "solver",
  description: "Trains only the last part of what its checkpoints show; the first of them are invented.",
  optionsSchema: Options,
  run: (agent, options) => answerTasks(agent, (task) => answer(agent, task, options)),
})

const answer = Effect.fnUntraced(function* (
  agent: Agent,
  { taskId, specification: { checkpoints }, base: { weights: base } }: TaskToSolve,
  { trained, deviation }: typeof Options.Type,
) {
  const { plan, work, shardIndices } = agent
  const training = { ...plan.training, indices: shardIndices }
  const steps = stepCount(training)
  const hasVelocity = plan.training.momentum > 0
  const stream = agent.stream(`spoofed/${taskId}`)
  const invent = (step: number) => driftedPoint({ base, step, deviation, hasVelocity, stream })

  const handIn = (weights: Float32Array, trail: readonly Uint8Array[]): Answer => {
    return { update: updateBetween(base, weights), samples: shardIndices.length, trail }
  }

  if (checkpoints === undefined) {
    const skipped = Math.round((1 - trained) * steps)
    const from = skipped === 0 ? undefined : invent(skipped)
    if (from?.step === steps) return handIn(from.weights, [])
    const seed = agent.trainingSeed(`task/${taskId}`)
    const { weights } = yield* work.trainSegment({ base, seed, from, until: steps })
    return handIn(weights, [])
  }
  const invented = Math.round((1 - trained) * segmentsOf(training, checkpoints).length)
  const left = yield* leaveTrail(agent, taskId, checkpoints, ({ segment: { index, until }, from, seed }) =>
    index < invented ? Effect.succeed(invent(until)) : work.trainSegment({ base, seed, from, until }),
  )
  return handIn(left.weights, left.documents)
})

/**
 * Trains on every evaluation set that was ever revealed: past ground truths are public. Where new ones are drawn from
 * the same few examples, it knows what it will be asked.
 */
import { Effect, Schema } from "effect"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import { overfit } from "../../../ml/poisoning/overfit.ts"
import type { Agent } from "../agent.ts"
import { orNothing } from "../steps/orNothing.ts"
import { loadGroundTruth } from "../steps/taskDocuments.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { answerTasks, type TaskToSolve } from "./answerTasks.ts"

const Options = Schema.Struct({
  repeats: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })).pipe(
    withDefault(4, "How many times it takes each revealed example in an epoch."),
  ),
  trainsFirst: Schema.Boolean.pipe(
    withDefault(false, "Whether it trains on its own shard before it rehearses; otherwise it saves that."),
  ),
})

export const rehearserSolver = defineStrategy({
  name: "solver/rehearser",
  role: "solver",
  description: "Trains on the evaluation examples of earlier tasks, which are public once revealed.",
  optionsSchema: Options,
  trainsOnGroundTruth: true,
  run: (agent, options) => answerTasks(agent, (task) => rehearse(agent, task, options)),
})

const rehearse = Effect.fnUntraced(function* (
  agent: Agent,
  { taskId, base, examples }: TaskToSolve,
  { repeats, trainsFirst }: typeof Options.Type,
) {
  const seed = agent.trainingSeed(`task/${taskId}`)
  const { dataset } = agent.plan
  const own = { dataset, indices: examples }
  const indices = yield* revealedExamples(agent)
  let { weights }: { weights: Float32Array } = base
  if (trainsFirst || indices.length === 0)
    weights = (yield* agent.work.train({ base: weights, seed, data: own })).weights
  if (indices.length > 0) {
    const data = overfit({ dataset, split: "test", indices }, repeats)
    weights = (yield* agent.work.train({ base: weights, seed: `${seed}/rehearsal`, data })).weights
  }
  return { update: updateBetween(base.weights, weights), samples: examples.length }
})

/** Examples of the held-out split that some task was judged by, ascending, each once. */
const revealedExamples = Effect.fnUntraced(function* (agent: Agent) {
  const revealed = yield* agent.contracts.results.events.GroundTruthRevealed.past()
  const examples = new Set<number>()
  for (const { args } of revealed) {
    const truth = yield* orNothing(loadGroundTruth(agent, args.cid))
    if (truth?.split === "test") for (const index of truth.indices) examples.add(index)
  }
  return Uint32Array.from([...examples].sort((a, b) => a - b))
})

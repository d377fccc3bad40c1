/**
 * Hosting a deployed model. The contract takes the fee and asks for nothing in return: whether an answer comes, and
 * whether it is the model's, is between host and user.
 */
import { Effect } from "effect"
import type { Agent } from "../agent.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { orNothing } from "../steps/orNothing.ts"
import { decodeInferenceInput } from "./inferenceInput.ts"

/** The channel on which answers to the users of a project go out. */
export const answersOf = (agent: Agent, projectId: bigint) => agent.channel(`inference/${projectId}`)

/** Answers every paid request of a project with the label that `label` gives for the example; undefined = not at all. */
export const serveInference = Effect.fnUntraced(function* <E, R>(
  agent: Agent,
  hosted: bigint,
  label: (example: number) => Effect.Effect<number | undefined, E, R>,
) {
  const answers = answersOf(agent, hosted)
  yield* forEachEvent(agent.contracts.project.events.InferenceRequested, (request) =>
    Effect.gen(function* () {
      if (request.projectId !== hosted) return
      const example = yield* readExample(agent, request.inputCid)
      if (example === undefined) return
      const given = yield* label(example)
      if (given === undefined) return
      yield* answers.tell({ kind: "inferenceAnswer", requestId: request.requestId, label: given })
    }),
  )
})

/** Undefined where the question cannot be read. */
const readExample = Effect.fnUntraced(function* (agent: Agent, inputCid: string) {
  const input = yield* orNothing(Effect.flatMap(agent.work.fetch(inputCid), decodeInferenceInput))
  const { dataset } = agent.plan
  return input?.dataset === dataset.name && input.example < dataset.test.size ? input.example : undefined
})

/**
 * What a model says of an example, at the price of evaluating one. Evaluation tells only whether it is right: where it
 * is wrong, the next class stands for what it says.
 */
export const labelByModel = Effect.fnUntraced(function* (
  { work, plan }: Agent,
  weights: Float32Array,
  example: number,
) {
  const { correct } = yield* work.evaluate({ base: weights, indices: [example] })
  const label = plan.dataset.test.labels[example] ?? 0
  return correct === 1 ? label : (label + 1) % plan.dataset.classes
})

/** Any class at all, at no price. */
export const anyLabel = ({ plan, stream }: Agent, example: number): number =>
  Math.floor(stream(`junk/${example}`).next() * plan.dataset.classes)

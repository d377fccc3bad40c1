/** Agents whose documents make no sense: solvers, proposers and an aggregator. */
import { Effect, Schema } from "effect"
import { Chain } from "../../chain/chain.ts"
import { inputSize } from "../../ml/datasets/dataset.ts"
import { defineStrategy } from "../../sim/agents/strategy.ts"
import type { Agent } from "../../sim/agents/agent.ts"
import { closedTasksOfRound } from "../../sim/agents/aggregator/closedTasksOfRound.ts"
import { proposeTasks } from "../../sim/agents/proposer/proposeTasks.ts"
import { answerTasks } from "../../sim/agents/solver/answerTasks.ts"
import { forEachEvent } from "../../sim/agents/steps/awaitEvent.ts"
import { stakeAs } from "../../sim/agents/steps/join.ts"
import { submitSolution } from "../../sim/agents/steps/submitSolution.ts"
import { cidBeforeUpload } from "../../sim/agents/work.ts"

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

/** Deep below zero a perceptron's hidden layer is dead: training from there does nothing, and so does not diverge. */
export const digger = defineStrategy({
  name: "solver/digger",
  role: "solver",
  description: "Pulls every weight of the hidden layer down by nearly all that float32 can hold.",
  optionsSchema: Schema.Struct({}),
  run: (agent) =>
    answerTasks(agent, ({ base }) => {
      const { model, dataset } = agent.plan
      const hiddenWeights = model.kind === "mlp" ? inputSize(dataset) * model.hidden[0]! : 0
      const update = new Float32Array(base.weights.length).fill(-3e38, 0, hiddenWeights)
      return Effect.succeed({ update, samples: agent.shardIndices.length })
    }),
})

/** An honest proposer on work of its own. */
const proposerWith = (name: string, description: string, sabotage: (agent: Agent) => Agent) =>
  defineStrategy({
    name: `proposer/${name}`,
    role: "proposer",
    description,
    optionsSchema: Schema.Struct({}),
    run: (agent) => proposeTasks(sabotage(agent), () => Effect.void),
  })

export const dreamer = proposerWith("dreamer", "Names examples that don't exist.", (agent) => {
  const { plan, work } = agent
  const { size } = plan.dataset.test
  return {
    ...agent,
    plan: { ...plan, groundTruthPool: { from: 0, size: 100 * size } },
    work: {
      ...work,
      evaluate: (options) =>
        work.evaluate({ ...options, indices: Array.from(options.indices, (index) => index % size) }),
    },
  }
})

export const boaster = proposerWith("boaster", "Gets more examples right than there are.", (agent) => {
  const { work } = agent
  const evaluate: typeof work.evaluate = (options) =>
    Effect.map(work.evaluate(options), (measured) => ({ ...measured, correct: measured.total + 1 }))
  return { ...agent, work: { ...work, evaluate } }
})

export const idler = proposerWith(
  "idler",
  "Takes the base model itself for what training reaches.",
  (agent) => {
    const { plan, work } = agent
    const train: typeof work.train = ({ base }) =>
      Effect.succeed({
        weights: base,
        samples: plan.partition.samplesPerPart,
        samplesProcessed: 0,
        steps: 0,
        finalLoss: 0,
      })
    return { ...agent, work: { ...work, train } }
  },
)

export const inventor = proposerWith("inventor", "Names a base model that nobody has.", (agent) => {
  const { work } = agent
  const upload: typeof work.upload = (bytes) => {
    const text = new TextDecoder().decode(bytes)
    const invented = text.replace(/("baseModel":")[^"]+/, `$1${cidBeforeUpload(bytes)}`)
    return work.upload(new TextEncoder().encode(invented))
  }
  return { ...agent, work: { ...work, upload } }
})

export const scrawler = defineStrategy({
  name: "aggregator/scrawler",
  role: "aggregator",
  description: "Publishes a first model that nobody can read, and leaves the rest to others.",
  optionsSchema: Schema.Struct({}),
  run: Effect.fnUntraced(function* (agent) {
    yield* stakeAs(agent, "aggregator", agent.stakeWei)
    yield* closedTasksOfRound(agent, 1)
    while (!(yield* agent.protocol.aggregators.isMyTurn(1))) yield* (yield* Chain).nextBlock
    const cid = yield* agent.work.upload(new TextEncoder().encode("no model"))
    yield* agent.protocol.models.publish({ round: 1, cid })
  }),
})

/**
 * One of several attackers that know each other's honest updates: each trains on its shard and tells the ring; from what
 * they have they guess how honest updates spread, and all hand in the same, as far off as goes unnoticed.
 */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import { Alie, MinMax } from "../../../ml/poisoning/attackSpec.ts"
import { createAttack } from "../../../ml/poisoning/createAttack.ts"
import type { Agent } from "../agent.ts"
import type { SharedUpdate } from "../channel.ts"
import { ringOption } from "../ringOption.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { answerTasks, type Answer, type TaskToSolve } from "./answerTasks.ts"

const shared = {
  ring: ringOption,
  patienceBlocks: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 })).pipe(
    withDefault(5, "Blocks that it waits for its accomplices' updates."),
  ),
}
const Options = Schema.Union([
  Schema.Struct({
    ...Alie.fields,
    attack: Schema.Literals(["alie"])
      .annotate({ expected: "alie or minMax" })
      .pipe(withDefault("alie", "What it does.")),
    ...shared,
  }),
  Schema.Struct({ ...MinMax.fields, ...shared }),
])
type Options = typeof Options.Type

export const colluderSolver = defineStrategy({
  name: "solver/colluder",
  role: "solver",
  description: "Shares honest updates with its ring; all hand in the same, off by as much as goes unnoticed.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const ring = agent.channel(options.ring)
    const told: SharedUpdate[] = []
    const { take } = yield* ring.listen
    const collect = Effect.map(take, (whisper) => {
      if (whisper.kind === "update") told.push(whisper)
    })
    yield* Effect.forkScoped(Effect.forever(collect))
    yield* answerTasks(agent, (task) =>
      Effect.gen(function* () {
        const own = yield* honestUpdate(agent, task)
        yield* ring.tell(own)
        const chain = yield* Chain
        yield* chain.awaitBlock((yield* chain.blockNumber) + BigInt(options.patienceBlocks))
        const known = [own, ...told.filter(({ taskId }) => taskId === task.taskId)]
        return craft(agent, options, task, known)
      }),
    )
  }),
})

const honestUpdate = Effect.fnUntraced(function* (agent: Agent, { taskId, base, examples }: TaskToSolve) {
  const data = { dataset: agent.plan.dataset, indices: examples }
  const seed = agent.trainingSeed(`task/${taskId}`)
  const trained = yield* agent.work.train({ base: base.weights, seed, data })
  const values = updateBetween(base.weights, trained.weights)
  return { kind: "update", taskId, from: agent.name, values } satisfies SharedUpdate
})

const craft = (
  agent: Agent,
  options: Options,
  { taskId, base, examples }: TaskToSolve,
  known: readonly SharedUpdate[],
): Answer => {
  const { plan } = agent
  const seed = agent.trainingSeed(`task/${taskId}`)
  // In the order of names: all of them come to the same bits.
  const ofAttackers = known.toSorted((a, b) => (a.from < b.from ? -1 : 1)).map(({ values }) => values)
  const numbers = { clients: plan.tasksPerRound * plan.solversPerTask, attackers: ofAttackers.length }
  const update = createAttack(options, { dataset: plan.dataset, seed }).handIn({
    length: base.weights.length,
    trained: ofAttackers[0]!,
    ofAttackers,
    lastUpdates: [],
    stream: agent.stream(`colluder/${taskId}`),
    ...numbers,
  })
  return { update, samples: examples.length }
}

/** Combines the verified updates of each round, in the order of tasks and solvers, and publishes the next model. */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { applyUpdate } from "../../../ml/models/weightUpdate.ts"
import type { Contribution } from "../../../ml/aggregation/contribution.ts"
import { encodeWeights } from "../../../ml/store/weightsDocument.ts"
import type { Agent } from "../agent.ts"
import { awaitGlobalModel, type GlobalModel } from "../steps/globalModel.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"
import { verifiedUpdatesOf } from "../steps/verifiedUpdates.ts"
import { openHandOver, type HandOver } from "./handOver.ts"
import { closedTasksOfRound } from "./closedTasksOfRound.ts"
import { defineStrategy } from "../strategy.ts"

export const honestAggregator = defineStrategy({
  name: "aggregator/honest",
  role: "aggregator",
  description:
    "Combines all verified updates of a round by the project's rule and publishes the global model.",
  optionsSchema: Schema.Struct({}),
  run: Effect.fnUntraced(function* (agent) {
    yield* stakeAs(agent, "aggregator", agent.stakeWei)
    const handOver = yield* openHandOver(agent)
    for (let round = 1; round <= agent.plan.rounds; round++) {
      const base = yield* awaitGlobalModel(agent, round - 1)
      const tasks = yield* closedTasksOfRound(agent, round)
      yield* publishOnTurn({ agent, handOver, base, round, tasks })
      yield* topUpStake(agent)
    }
  }),
})

/** Does the round's work if it falls to this agent. */
const publishOnTurn = Effect.fnUntraced(function* (options: {
  readonly agent: Agent
  /** Undefined where nobody stores models. */
  readonly handOver: HandOver | undefined
  readonly base: GlobalModel
  readonly round: number
  readonly tasks: readonly bigint[]
}) {
  const { agent, handOver, base, round, tasks } = options
  const { aggregators, models } = agent.protocol
  const chain = yield* Chain
  if (!(yield* aggregators.isMyTurn(round))) return yield* awaitGlobalModel(agent, round)
  const values = yield* averageRound(agent, base, tasks)
  const { model } = agent.plan
  const weights = encodeWeights({ kind: "model", model, round, samples: 0, base: null, values })
  const cid = yield* agent.work.upload(weights)
  const isPublished = yield* models.publish({ round, cid })
  yield* chain.nextBlock
  if (isPublished && handOver !== undefined) yield* handOver(cid, weights)
})

/**
 * base + what the plan's rule makes of the verified updates; the base itself where no update was verified, and where the
 * sum is beyond float32, so that nobody could train on from it.
 */
const averageRound = Effect.fnUntraced(function* (agent: Agent, base: GlobalModel, tasks: readonly bigint[]) {
  const contributions: Contribution[] = []
  for (const taskId of tasks) contributions.push(...(yield* contributionsOf(agent, taskId)))
  if (contributions.length === 0) return base.weights
  const average = yield* agent.work.aggregate(contributions)
  const next = applyUpdate(base.weights, average)
  return next.every(Number.isFinite) ? next : base.weights
})

const contributionsOf = Effect.fnUntraced(function* (agent: Agent, taskId: bigint) {
  const verified = yield* verifiedUpdatesOf(agent, taskId)
  return verified.flatMap(({ solver, update: { values, samples } }): readonly Contribution[] => {
    // Who claims to have learnt from nothing adds nothing, and can't stop an average that would divide by it.
    if (samples === 0) return []
    // Summed in the order of names: task first, padded so that text sorts like numbers.
    return [{ name: `${String(taskId).padStart(12, "0")}/${solver.toLowerCase()}`, values, samples }]
  })
})

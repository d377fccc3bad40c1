import { Effect } from "effect"
import { decodeWeights } from "../../../ml/store/weightsDocument.ts"
import type { Cid } from "../../../ml/store/cid.ts"
import type { Agent } from "../agent.ts"

/** A published global model, as everyone can load it. */
export interface GlobalModel {
  readonly round: number
  readonly cid: Cid
  readonly weights: Float32Array
}

export const loadModel = Effect.fnUntraced(function* (agent: Agent, round: number, cid: Cid) {
  const { values } = decodeWeights(yield* agent.work.fetch(cid))
  return { round, cid, weights: values } satisfies GlobalModel
})

/** The global model of a round, as soon as it is published. Round 0 is the initial model. */
export const awaitGlobalModel = Effect.fnUntraced(function* (agent: Agent, round: number) {
  if (round === 0) return yield* loadModel(agent, 0, agent.plan.initialModel)
  return yield* loadModel(agent, round, yield* agent.protocol.models.await(round))
})

/** The global model that was published last. */
export const latestGlobalModel = Effect.fnUntraced(function* (agent: Agent) {
  const latest = yield* agent.protocol.models.latest
  if (latest === undefined) return yield* loadModel(agent, 0, agent.plan.initialModel)
  return yield* loadModel(agent, latest.round, latest.cid)
})

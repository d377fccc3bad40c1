import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { decodeWeights } from "../../../ml/store/weightsDocument.ts"
import type { Cid } from "../../../ml/store/cid.ts"
import { DocumentMalformed } from "../../../ml/store/documentMalformed.ts"
import type { Agent } from "../agent.ts"
import { decoding } from "./decoding.ts"
import { orNothing } from "./orNothing.ts"

/** A published global model, as everyone can load it. */
export interface GlobalModel {
  readonly round: number
  readonly cid: Cid
  readonly weights: Float32Array
}

/** A global model, refused unless it is one of the kind that is trained. */
export const loadModel = Effect.fnUntraced(function* (agent: Agent, round: number, cid: Cid) {
  const bytes = yield* agent.work.fetch(cid)
  const { kind, values } = yield* decoding(() => decodeWeights(bytes))
  if (kind !== "model" || values.length !== agent.work.parameterCount) {
    const problem = "it is no model of the kind that is trained"
    return yield* new DocumentMalformed({ document: "global model", problem })
  }
  return { round, cid, weights: values } satisfies GlobalModel
})

/** Blocks between two looks whether something readable has taken the place of what was published. */
const PATIENCE_BLOCKS = 5n

/**
 * The global model of a round, as soon as one is published that can be read: an aggregator may publish an identifier with
 * nothing behind it, and a dispute may have the round published again. Round 0 is the initial model.
 */
export const awaitGlobalModel = Effect.fnUntraced(function* (agent: Agent, round: number) {
  if (round === 0) return yield* loadModel(agent, 0, agent.plan.initialModel)
  const chain = yield* Chain
  for (;;) {
    const model = yield* orNothing(loadModel(agent, round, yield* agent.protocol.models.await(round)))
    if (model !== undefined) return model
    yield* chain.awaitBlock((yield* chain.blockNumber) + PATIENCE_BLOCKS)
  }
})

/** The global model that was published last; the initial one where that cannot be read. */
export const latestGlobalModel = Effect.fnUntraced(function* (agent: Agent) {
  const latest = yield* agent.protocol.models.latest
  const model = latest && (yield* orNothing(loadModel(agent, latest.round, latest.cid)))
  return model ?? (yield* loadModel(agent, 0, agent.plan.initialModel))
})

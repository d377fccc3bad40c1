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

/** Looks: so long a dispute may take, from the publication to the next one. Who waited longer might wait for ever. */
const MOST_LOOKS = 60

/**
 * The global model of a round, as soon as one is published that can be read: an aggregator may publish an identifier with
 * nothing behind it, and a dispute may have the round published again. Where that does not happen either, everybody goes
 * on with the last model before it that can be read. Round 0 is the initial model.
 */
export const awaitGlobalModel = Effect.fnUntraced(function* (agent: Agent, round: number) {
  const chain = yield* Chain
  const { models } = agent.protocol
  const looks = round === 0 ? 0 : MOST_LOOKS
  for (let look = 0; look < looks; look++) {
    const model = yield* orNothing(loadModel(agent, round, yield* models.await(round)))
    if (model !== undefined) return model
    yield* chain.awaitBlock((yield* chain.blockNumber) + PATIENCE_BLOCKS)
  }
  return yield* readableBefore(agent, round)
})

/** The last of the models before a round that can be read: all of them are published. */
const readableBefore = Effect.fnUntraced(function* (agent: Agent, round: number) {
  for (let earlier = round - 1; earlier > 0; earlier--) {
    const cid = yield* agent.protocol.models.await(earlier)
    const model = yield* orNothing(loadModel(agent, earlier, cid))
    if (model !== undefined) return model
  }
  return yield* loadModel(agent, 0, agent.plan.initialModel)
})

/** The global model that was published last, of those that can be read. */
export const latestGlobalModel = Effect.fnUntraced(function* (agent: Agent) {
  const latest = yield* agent.protocol.models.latest
  return yield* readableBefore(agent, (latest?.round ?? 0) + 1)
})

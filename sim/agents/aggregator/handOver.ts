/** What the publisher of a model does for its survival: splits it, registers it, hands its shards to providers. */
import { Clock, Effect } from "effect"
import type { Hex } from "viem"
import type { Cid } from "../../../ml/store/cid.ts"
import { encodeShardManifest } from "../../../ml/store/shardManifest.ts"
import { shardContent, type Shard } from "../../../ml/store/shardedModel.ts"
import type { Agent } from "../agent.ts"
import { modelHashOf } from "../protocol/registeredModels.ts"

/** Shards that are handed out until a moment of virtual time. */
interface Offer {
  readonly shards: readonly Shard[]
  readonly untilMillis: number
}

/** Registers a model that this agent has published. */
export type HandOver = (
  cid: Cid,
  bytes: Uint8Array,
) => ReturnType<NonNullable<Agent["protocol"]["storage"]>["register"]>

/** So long providers can fetch their shards; from then on they have each other only. */
const HAND_OVER_MILLIS = 3_600_000

/** Undefined where nobody stores models. */
export const openHandOver = Effect.fnUntraced(function* (agent: Agent) {
  const { storage } = agent.protocol
  if (storage === undefined || agent.plan.storage.providers === 0) return undefined
  const offers = new Map<Hex, Offer>()
  yield* agent.peers.serve(({ modelHash, index }, nowMillis) => {
    const offer = offers.get(modelHash)
    return offer === undefined || nowMillis > offer.untilMillis ? undefined : offer.shards[index]
  })
  const handOver: HandOver = Effect.fnUntraced(function* (cid, bytes) {
    const { coding, chunkBytes } = yield* storage.splitting
    const { terms, shards } = shardContent(bytes, { coding, chunkBytes, rules: storage.rules })
    const { totalSize, dataShards } = terms
    const hashes = shards.map(({ hash }) => hash)
    const shardSize = shards[0]?.bytes.length ?? 0
    const manifestCid = yield* agent.work.upload(
      encodeShardManifest({
        version: 1,
        model: cid,
        totalSize,
        shardSize,
        dataShards,
        chunkBytes,
        shards: hashes,
      }),
    )
    const untilMillis = (yield* Clock.currentTimeMillis) + HAND_OVER_MILLIS
    offers.set(modelHashOf(agent.plan.projectId, cid), { shards, untilMillis })
    return yield* storage.register({ cid, manifestCid, terms })
  })
  return handOver
})

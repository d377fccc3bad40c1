import { Effect } from "effect"
import type { WriteOptions } from "../../../chain/contractTypes.ts"
import { shardSizeOf } from "../../../ml/erasure/reedSolomon.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import type { ClaimedShard, ModelStorage, RegisteredModel } from "./modelStorage.ts"
import { modelHashOf, registeredModels, type ShardRegistry } from "./registeredModels.ts"
import type { Offers } from "./offers.ts"
import type { Participant } from "../participant.ts"

/** Verbs of the public interface that every set's registry has. */
export type CommonStorage = Omit<
  ModelStorage,
  "splitting" | "claim" | "announce" | "forEachChallenge" | "answer" | "audit"
>

/** A model of no tier, laid out in no particular way: the numbers mean nothing in any set so far. */
const NO_TIER = 0
const NO_STRATEGY = 0

export const storedModels = (
  shards: ShardRegistry,
  { plan: { projectId } }: Participant,
  offers: Offers,
): CommonStorage => ({
  ...registeredModels(shards, projectId, offers),
  register: ({ cid, manifestCid, terms }) => {
    const { root, dataShards, totalShards, totalSize } = terms
    const counts = [dataShards, totalShards - dataShards, BigInt(totalSize)] as const
    const hash = modelHashOf(projectId, cid)
    const kinds = [NO_TIER, NO_STRATEGY] as const
    return expectRevert(shards.write.registerModel([hash, manifestCid, root, ...counts, ...kinds, projectId]))
  },
  forEachModel: (handle) =>
    forEachEvent(shards.events.ModelRegistered, (args) =>
      args.projectId === projectId ? handle(args.modelHash) : Effect.void,
    ),
  join: (capacityBytes) => expectRevert(shards.write.registerProvider([capacityBytes])),
  callForRecovery: ({ modelHash, index }) =>
    expectRevert(shards.write.triggerShardRecovery([modelHash, index])),
  forEachRecovery: (handle) =>
    forEachEvent(shards.events.ShardRecoveryTriggered, ({ modelHash, shardIndex }) =>
      handle({ modelHash, index: shardIndex }),
    ),
})

/** The first half of an announcement. */
export const announceShard = (
  shards: ShardRegistry,
  { modelHash, terms }: RegisteredModel,
  { index, hash }: ClaimedShard,
  options?: WriteOptions,
) => {
  const size = BigInt(shardSizeOf(terms.totalSize, terms.dataShards))
  const args = [modelHash, index, hash, size, index >= terms.dataShards] as const
  return expectRevert(shards.write.announceShard(args, options))
}

/** What clients split a model into unless they have a reason not to. */
export const defaultCoding = (shards: ShardRegistry) =>
  Effect.gen(function* () {
    const data = yield* shards.read.DEFAULT_DATA_SHARDS([])
    return { data, parity: yield* shards.read.DEFAULT_PARITY_SHARDS([]) }
  })

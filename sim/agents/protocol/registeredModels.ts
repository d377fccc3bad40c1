import { Effect } from "effect"
import { encodeAbiParameters, keccak256, type Hex } from "viem"
import { bareShards, separatedShards } from "../../../ml/merkle/shardTrees.ts"
import type { Cid } from "../../../ml/store/cid.ts"
import type { Contracts } from "../contracts.ts"
import type { RegisteredModels } from "./modelStorage.ts"
import type { Offers } from "./offers.ts"
import { revealedHash } from "../revealedHash.ts"

export type ShardRegistry = NonNullable<Contracts["shards"]>

/** A model's name: bound to its project, so that nobody takes it by publishing the same content elsewhere. */
export const modelHashOf = (projectId: bigint, cid: Cid): Hex =>
  keccak256(encodeAbiParameters([{ type: "uint256" }, { type: "bytes32" }], [projectId, revealedHash(cid)]))

/** Bytes of a chunk where no contract fixes them. */
export const AGREED_CHUNK_BYTES = 1_024

/** Whether announcements must be proven, by challenges to show drawn chunks. */
export const provesHoldings = (offers: Offers): boolean =>
  ["challengeShard", "answerChallenge", "challengedChunks", "holdingOf", "chunkBytesOf"].every((name) =>
    offers(`ModelShardRegistry.${name}`),
  )

export const registeredModels = (
  shards: ShardRegistry,
  projectId: bigint,
  offers: Offers,
): RegisteredModels => {
  const proven = provesHoldings(offers)
  return {
    rules: proven ? separatedShards : bareShards,
    read: Effect.fnUntraced(function* (modelHash) {
      const manifest = yield* shards.read.modelManifests([modelHash])
      const chunkBytes = proven ? Number(yield* shards.read.chunkBytesOf([modelHash])) : AGREED_CHUNK_BYTES
      const { manifestCid, creator, merkleRoot: root, dataShards, totalShards, totalSize } = manifest
      const terms = { root, dataShards, totalShards, totalSize: Number(totalSize), chunkBytes }
      return { modelHash, manifestCid, creator, terms }
    }),
    all: Effect.map(shards.events.ModelRegistered.past(), (logs) =>
      logs.filter(({ args }) => args.projectId === projectId).map(({ args }) => args.modelHash),
    ),
    holders: ({ modelHash, index }) => shards.read.getShardProviders([modelHash, index]),
    isReportedAvailable: (modelHash) =>
      Effect.map(shards.read.checkShardAvailability([modelHash]), ({ sufficient }) => sufficient),
  }
}

import { Effect } from "effect"
import type { ModelStorage } from "./modelStorage.ts"
import type { Offers } from "./offers.ts"
import type { Participant } from "../participant.ts"
import { AGREED_CHUNK_BYTES, type ShardRegistry } from "./registeredModels.ts"
import { announceShard, defaultCoding, storedModels } from "./storedModels.ts"

/** Whoever announces a shard counts as its holder: nothing asks for a proof, and a report moves no holding. */
export const statedHoldings = (
  shards: ShardRegistry,
  participant: Participant,
  offers: Offers,
): ModelStorage => ({
  ...storedModels(shards, participant, offers),
  splitting: Effect.map(defaultCoding(shards), (coding) => ({ coding, chunkBytes: AGREED_CHUNK_BYTES })),
  claim: (model, shard, options) => announceShard(shards, model, shard, options),
  announce: (model, shard, options) => announceShard(shards, model, shard, options),
  forEachChallenge: () => Effect.void,
  answer: () => Effect.succeed(false),
  audit: () => Effect.succeed(false),
})

import { Effect } from "effect"
import { toHex } from "viem"
import { Chain } from "../../../chain/chain.ts"
import { parameterKey } from "../../../chain/suite.ts"
import { chunksOf } from "../../../ml/merkle/shardTrees.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import type { ModelStorage } from "./modelStorage.ts"
import type { Offers } from "./offers.ts"
import type { Participant } from "../participant.ts"
import type { ShardRegistry } from "./registeredModels.ts"
import { announceShard, defaultCoding, storedModels } from "./storedModels.ts"
import { wouldSucceed } from "../steps/wouldSucceed.ts"

/** `Challenge.Open` of the contract. */
const OPEN = 1

/** An announcement counts once drawn chunks have been shown; anybody may ask for others at intervals. */
export const provenHoldings = (
  shards: ShardRegistry,
  participant: Participant,
  offers: Offers,
): ModelStorage => {
  const { account } = participant
  return {
    ...storedModels(shards, participant, offers),
    splitting: Effect.gen(function* () {
      const chunkBytes = yield* shards.read.parameter([parameterKey("chunkBytes")])
      return { coding: yield* defaultCoding(shards), chunkBytes: Number(chunkBytes) }
    }),
    claim: (model, shard, options) => announceShard(shards, model, shard, options),
    announce: Effect.fnUntraced(function* (model, shard, options) {
      if (!(yield* announceShard(shards, model, shard, options))) return false
      const chain = yield* Chain
      yield* chain.nextBlock
      // Nobody else has a reason to ask: a provider challenges itself to be listed.
      const key = [model.modelHash, shard.index, account] as const
      return yield* expectRevert(shards.write.challengeShard(key, options))
    }),
    forEachChallenge: (handle) =>
      forEachEvent(shards.events.ShardChallenged, ({ modelHash, shardIndex, provider }) =>
        provider.toLowerCase() === account.toLowerCase()
          ? handle({ modelHash, index: shardIndex })
          : Effect.void,
      ),
    answer: Effect.fnUntraced(function* ({ modelHash, terms }, { index, bytes, proof }, options) {
      const drawn = yield* shards.read.challengedChunks([modelHash, index, account])
      const chunks = chunksOf(bytes, terms.chunkBytes)
      const shown = drawn.map((each) => toHex(chunks.chunk(Number(each))))
      const proofs = drawn.map((each) => chunks.proofOf(Number(each)))
      return yield* expectRevert(
        shards.write.answerChallenge([modelHash, index, shown, proofs, proof], options),
      )
    }),
    audit: Effect.fnUntraced(function* ({ modelHash, index }, holder) {
      const key = [modelHash, index, holder] as const
      const isDue = yield* wouldSucceed(shards.simulate.challengeShard(key))
      if (!isDue || !(yield* expectRevert(shards.write.challengeShard(key)))) return false
      const { deadline } = yield* shards.read.holdingOf(key)
      const chain = yield* Chain
      yield* chain.awaitBlock(BigInt(deadline) + 1n)
      const { challenge } = yield* shards.read.holdingOf(key)
      if (challenge !== OPEN) return false
      return yield* expectRevert(shards.write.reportVerificationFailure(key))
    }),
  }
}

/** Claims shards that it doesn't keep, and gives rubbish to who asks for them: it saves the cost of storage. */
import { Effect, Schema } from "effect"
import { decodeShardManifest } from "../../../ml/store/shardManifest.ts"
import type { ProvenShard } from "../../../ml/store/shardedModel.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { capacityMib } from "./providerOptions.ts"
import { openStore, sharesOf, takeShares, type Conduct, type Store } from "./storeModels.ts"

const Options = Schema.Struct({
  capacityMib,
  provesFirst: Schema.Boolean.pipe(
    withDefault(
      false,
      "Whether it keeps a shard until it has proven to have it, and deletes it then; otherwise it never has one.",
    ),
  ),
})

export const lyingProvider = defineStrategy({
  name: "provider/lying",
  role: "provider",
  description: "Announces shards that it doesn't keep, and serves rubbish.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const rubbish = agent.stream("rubbish").bytes(RUBBISH_BYTES)
    const nothing: ProvenShard = { bytes: rubbish, proof: [] }
    const conduct: Conduct = {
      capacityMib: options.capacityMib,
      isUp: () => true,
      serve: () => nothing,
      answersChallenges: options.provesFirst,
      keepsProvenShards: false,
    }
    const store = yield* openStore(agent, conduct)
    if (store === undefined) return
    yield* options.provesFirst ? takeShares(store) : claimShares(store)
  }),
})

const RUBBISH_BYTES = 1_024

/** The manifest names the hashes: an announcement needs no more than that. */
const claimShares = (store: Store) =>
  store.storage.forEachModel((modelHash) =>
    Effect.gen(function* () {
      const { storage, agent } = store
      const model = yield* storage.read(modelHash)
      const manifest = decodeShardManifest(yield* agent.work.fetch(model.manifestCid))
      for (const index of sharesOf(store, model)) {
        const hash = manifest.shards[index]
        if (hash !== undefined) yield* storage.announce(model, { index, hash })
      }
    }),
  )

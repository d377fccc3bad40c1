/** A model from what its providers really give: nobody is believed, every shard is checked against the chain. */
import { Effect } from "effect"
import type { Address } from "viem"
import { cidOf } from "../../../ml/store/cid.ts"
import { decodeShardManifest } from "../../../ml/store/shardManifest.ts"
import type { ShardRequest } from "../../../ml/store/shardExchange.ts"
import {
  checkShard,
  restoreContent,
  ShardAltered,
  type ProvenShard,
  type Shard,
} from "../../../ml/store/shardedModel.ts"
import type { ShardTreeRules } from "../../../ml/merkle/shardTrees.ts"
import type { RegisteredModel, RegisteredModels } from "../protocol/modelStorage.ts"

/** How somebody asks a provider: an agent waits for the transfer, an observer doesn't. */
export type Ask<R> = (
  provider: Address,
  request: ShardRequest,
) => Effect.Effect<ProvenShard | undefined, never, R>

/** The shard, if what was given for it is it. */
export const checked = (
  model: RegisteredModel,
  rules: ShardTreeRules,
  index: number,
  given: ProvenShard | undefined,
): Shard | undefined => {
  if (given === undefined) return undefined
  try {
    return checkShard(model.terms, rules, index, given)
  } catch (error) {
    if (error instanceof ShardAltered) return undefined
    throw error
  }
}

/** Asks the holders of one shard after the other until there are enough, in the order of shards and of the registry. */
export const collectShards = <R>(models: RegisteredModels, model: RegisteredModel, ask: Ask<R>) =>
  Effect.gen(function* () {
    const { modelHash, terms } = model
    const found: Shard[] = []
    for (let index = 0; index < terms.totalShards && found.length < terms.dataShards; index++) {
      const request = { modelHash, index }
      for (const holder of yield* models.holders(request)) {
        const shard = checked(model, models.rules, index, yield* ask(holder, request))
        if (shard === undefined) continue
        found.push(shard)
        break
      }
    }
    return found
  })

/** The bytes of a model; undefined where too few shards are to be had, or where they restore something else. */
export const restoreModel = <R, E, S>(
  models: RegisteredModels,
  model: RegisteredModel,
  options: { readonly ask: Ask<R>; readonly fetch: (cid: string) => Effect.Effect<Uint8Array, E, S> },
) =>
  Effect.gen(function* () {
    const found = yield* collectShards(models, model, options.ask)
    if (found.length < model.terms.dataShards) return undefined
    const bytes = restoreContent(model.terms, found)
    const manifest = decodeShardManifest(yield* options.fetch(model.manifestCid))
    return cidOf(bytes) === manifest.model ? bytes : undefined
  })

/**
 * Honest providers challenge each other. The contract rewards nobody for it: it is an assumption about who has an
 * interest in models that last, and `auditHours: 0` takes it away.
 */
import { Effect } from "effect"
import type { RegisteredModel } from "../protocol/modelStorage.ts"
import type { Store } from "./storeModels.ts"

/**
 * At every turn another part of each model's shards, so that after as many turns as there are other providers every
 * shard was looked at by every provider. Turns of different providers are spread over the interval.
 */
export const auditOthers = Effect.fnUntraced(function* (store: Store, everyHours: number) {
  const { index, plan } = store.agent
  yield* Effect.sleep(`${(everyHours * 60 * (index + 1)) / plan.storage.providers} minutes`)
  for (let turn = 0; ; turn++) {
    if (store.conduct.isUp()) yield* Effect.forkScoped(Effect.orDie(auditTurn(store, turn)))
    yield* Effect.sleep(`${everyHours * 60} minutes`)
  }
})

const auditTurn = Effect.fnUntraced(function* (store: Store, turn: number) {
  const { storage } = store
  for (const modelHash of yield* storage.all) {
    const model = yield* storage.read(modelHash)
    yield* Effect.forEach(partOf(store, model, turn), (index) => auditShard(store, model, index), {
      concurrency: "unbounded",
      discard: true,
    })
  }
})

/** Shards that were dealt to the provider whose turn it is to be looked at. */
const partOf = ({ agent }: Store, { terms }: RegisteredModel, turn: number): readonly number[] => {
  const parts = Math.min(agent.plan.storage.providers, terms.totalShards)
  if (parts < 2) return []
  const part = (agent.index + 1 + (turn % (parts - 1))) % parts
  return Array.from({ length: terms.totalShards }, (_, index) => index).filter(
    (index) => index % parts === part,
  )
}

const auditShard = Effect.fnUntraced(function* (store: Store, { modelHash }: RegisteredModel, index: number) {
  const { storage, agent } = store
  const request = { modelHash, index }
  for (const holder of yield* storage.holders(request)) {
    if (holder.toLowerCase() !== agent.account.toLowerCase()) yield* storage.audit(request, holder)
  }
  if ((yield* storage.holders(request)).length === 0) yield* storage.callForRecovery(request)
})

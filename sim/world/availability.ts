/**
 * Whether models in shards survive: at intervals the simulator tries to restore every registered model as a stranger
 * would, from what the providers that the chain names really give, and compares with what the chain reports.
 */
import { Clock, Effect } from "effect"
import type { ContentStore } from "../../ml/store/contentStore.ts"
import type { ShardExchange } from "../../ml/store/shardExchange.ts"
import type { Chain } from "../../chain/chain.ts"
import type { Contracts } from "../agents/contracts.ts"
import type { RegisteredModel, RegisteredModels } from "../agents/protocol/modelStorage.ts"
import type { Offers } from "../agents/protocol/offers.ts"
import { registeredModels } from "../agents/protocol/registeredModels.ts"
import { restoreModel } from "../agents/steps/restoreModel.ts"
import { record } from "../kernel/ambient.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { membersOf, type CastMember } from "./cast.ts"
import { PROJECT_ID } from "./trainingPlan.ts"

/** Attempts to restore a model, and what they found. */
export interface AvailabilityCounts {
  probes: number
  /** Attempts that gave the model back, to the last byte. */
  restored: number
  /** Attempts at which the chain reported enough shards. */
  reported: number
  /** Attempts at which the chain reported enough shards, and there were not. */
  overstated: number
}

export interface Availability {
  readonly counts: Readonly<AvailabilityCounts>
  /** Probes to the end of the run. Ends at once where nobody stores models. */
  readonly watch: Effect.Effect<void, unknown, Chain>
}

interface AvailabilityOptions {
  readonly scenario: Scenario
  readonly cast: readonly CastMember[]
  readonly contracts: Contracts
  readonly offers: Offers
  readonly store: ContentStore
  readonly exchange: ShardExchange
}

export const createAvailability = (options: AvailabilityOptions): Availability => {
  const { scenario, cast, contracts, offers } = options
  const counts: AvailabilityCounts = { probes: 0, restored: 0, reported: 0, overstated: 0 }
  if (contracts.shards === undefined || membersOf(cast, "provider").length === 0) {
    return { counts, watch: Effect.void }
  }
  const models = registeredModels(contracts.shards, PROJECT_ID, offers)
  const watch = Effect.gen(function* () {
    const settled: RegisteredModel[] = []
    for (;;) {
      yield* Effect.sleep(`${scenario.storage.probeMinutes} minutes`)
      for (const model of settled) yield* probe(options, models, model, counts)
      // A model has one interval to reach its providers before it is expected to be there.
      const registered = yield* models.all
      for (const modelHash of registered.slice(settled.length)) settled.push(yield* models.read(modelHash))
    }
  })
  return { counts, watch }
}

const probe = Effect.fnUntraced(function* (
  { exchange, store }: AvailabilityOptions,
  models: RegisteredModels,
  model: RegisteredModel,
  counts: AvailabilityCounts,
) {
  const nowMillis = yield* Clock.currentTimeMillis
  const { modelHash } = model
  const restored = yield* restoreModel(models, model, {
    ask: (provider, request) => Effect.sync(() => exchange.ask(provider, request, nowMillis)?.given),
    fetch: (cid) => Effect.sync(() => store.get(cid)),
  })
  const isRestored = restored !== undefined
  const isReported = yield* models.isReportedAvailable(modelHash)
  counts.probes += 1
  if (isRestored) counts.restored += 1
  if (isReported) counts.reported += 1
  if (isReported && !isRestored) counts.overstated += 1
  yield* record("metric", { availability: { modelHash, restored: isRestored, reported: isReported } })
})

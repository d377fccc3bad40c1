/** One round of a federation up to the average: who trains what, and what attackers make of it. */
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import type { Contribution } from "../aggregation/contribution.ts"
import type { Dataset } from "../datasets/dataset.ts"
import type { ModelSpec } from "../models/model.ts"
import { updateBetween } from "../models/weightUpdate.ts"
import type { Attack } from "../poisoning/attack.ts"
import {
  TrainingDiverged,
  type HyperParameters,
  type TrainingRequest,
  type TrainingResult,
} from "../training/train.ts"
import type { TrainingData } from "../training/trainingData.ts"

export interface Client {
  /** Decides the order of summation. */
  readonly name: string
  /** Its shard of the training split. */
  readonly indices: Uint32Array
  readonly attacks: boolean
}

export interface Federation {
  readonly model: ModelSpec
  readonly training: HyperParameters
  readonly seed: string
  readonly clients: readonly Client[]
  readonly attack: Attack | undefined
  readonly train: (request: TrainingRequest) => TrainingResult
}

export interface Round {
  readonly round: number
  readonly base: Float32Array
  readonly participants: readonly Client[]
  /** What was averaged in the round before. */
  readonly lastUpdates: readonly Contribution[]
  readonly dataset: Dataset
}

/** The updates that are handed in, by client. Attackers claim the samples of their shards, as honest clients do. */
export const updatesOfRound = (federation: Federation, round: Round): readonly Contribution[] => {
  const { attack } = federation
  const { base, participants } = round
  const trained = new Map<string, Float32Array>()
  for (const client of participants) {
    const own: TrainingData = { dataset: round.dataset, indices: client.indices }
    const data = client.attacks && attack !== undefined ? attack.trainsOn?.(own) : own
    const update =
      data === undefined ? new Float32Array(base.length) : trainOn(federation, round, client, data)
    if (update !== undefined) trained.set(client.name, update)
  }
  const attackers = participants.filter(({ name, attacks }) => attacks && trained.has(name))
  const ofAttackers = attackers.map(({ name }) => trained.get(name)!)
  return participants.flatMap((client): readonly Contribution[] => {
    const update = trained.get(client.name)
    if (update === undefined) return []
    const values =
      client.attacks && attack !== undefined
        ? attack.handIn({
            length: base.length,
            trained: update,
            ofAttackers,
            lastUpdates: round.lastUpdates
              .filter(({ name }) => name !== client.name)
              .map(({ values }) => values),
            clients: trained.size,
            attackers: attackers.length,
            stream: deriveStream(federation.seed, `ml/federation/attack/${round.round}/${client.name}`),
          })
        : update
    // As in the content store: what is not a list of numbers is no update.
    if (!values.every(Number.isFinite)) return []
    return [{ name: client.name, values, samples: client.indices.length }]
  })
}

/** The update that training makes; undefined where it diverges. */
const trainOn = (
  { model, training, seed, train }: Federation,
  { round, base }: Round,
  { name }: Client,
  data: TrainingData,
): Float32Array | undefined => {
  try {
    const request = { ...training, ...data, model, weights: base, seed: `${seed}/${name}/round/${round}` }
    return updateBetween(base, train(request).weights)
  } catch (error) {
    if (error instanceof TrainingDiverged) return undefined
    throw error
  }
}

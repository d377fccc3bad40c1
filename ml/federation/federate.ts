/**
 * A federation without a chain: rounds of local training, attacks, aggregation and evaluation, one after the other.
 *
 * What the agents of a run do with stakes and votes around it, on the same functions: for experiments on learning
 * itself, such as validation against publications, robustness, and the fit of surrogates.
 */
import { deriveStream, type RandomStream } from "../../sim/kernel/randomStream.ts"
import { aggregate } from "../aggregation/aggregate.ts"
import type { Contribution } from "../aggregation/contribution.ts"
import { evaluate as evaluateReally } from "../evaluation/evaluate.ts"
import { initialWeights } from "../models/model.ts"
import { applyUpdate } from "../models/weightUpdate.ts"
import { partition } from "../partition/partition.ts"
import { attackSpecOf } from "../poisoning/attackSpec.ts"
import { triggeredTest } from "../poisoning/backdoor.ts"
import { createAttack } from "../poisoning/createAttack.ts"
import { train as trainReally } from "../training/train.ts"
import { checkFederation, type FederationOptions, type FederationRound } from "./federationOptions.ts"
import { updatesOfRound, type Client, type Federation } from "./updatesOfRound.ts"

/**
 * The rounds as they are asked for, the beginning first. Synchronous and deterministic: the same options give the same
 * bits. Needs a started backend unless `train` and `evaluate` are given.
 * Throws `FederationInvalid`, `PartitionInvalid`, `AggregationRuleInvalid` and what training and evaluating throw,
 * except that a client whose training diverges, or whose update is not finite, hands in nothing in that round.
 */
export function* federate(options: FederationOptions): Generator<FederationRound, void, void> {
  checkFederation(options)
  const { dataset, model, seed, rounds, aggregation = { rule: { kind: "fedAvg" } } } = options
  const federation = found(options)
  const measure = measureOf(options)
  let weights = options.initialWeights ?? initialWeights(model, deriveStream(seed, "ml/initialWeights"))
  let lastUpdates: readonly Contribution[] = []
  yield { round: 0, updates: 0, poisonedUpdates: 0, weights, ...measure(weights) }
  for (let round = 1; round <= rounds; round++) {
    const participants = draw(federation.clients, options.clientFraction ?? 1, streamOf(seed, round))
    const updates = updatesOfRound(federation, { round, base: weights, participants, lastUpdates, dataset })
    if (updates.length > 0) weights = applyUpdate(weights, aggregate(updates, aggregation))
    lastUpdates = updates
    const poisoned = new Set(participants.filter(({ attacks }) => attacks).map(({ name }) => name))
    const poisonedUpdates = updates.filter(({ name }) => poisoned.has(name)).length
    yield { round, updates: updates.length, poisonedUpdates, weights, ...measure(weights) }
  }
}

const streamOf = (seed: string, round: number): RandomStream =>
  deriveStream(seed, `ml/federation/participants/${round}`)

/** Everything that does not change from round to round. */
const found = (options: FederationOptions): Federation => {
  const { dataset, clients, seed, attackers, samplesPerClient, leakedIndices } = options
  const shards = partition(options.partition, {
    labels: dataset.train.labels,
    parts: clients,
    stream: deriveStream(seed, "ml/partition"),
    ...(samplesPerClient === undefined ? {} : { samplesPerPart: samplesPerClient }),
  })
  const count = attackers === undefined ? 0 : Math.ceil(attackers.share * clients)
  const order = deriveStream(seed, "ml/federation/attackers").shuffle(shards.map((_, i) => i))
  const bad = new Set(order.slice(0, count))
  const leaked =
    leakedIndices === undefined ? {} : { leaked: { dataset, split: "test" as const, indices: leakedIndices } }
  return {
    ...options,
    train: options.train ?? trainReally,
    clients: shards.map((indices, i) => ({
      name: `client-${String(i + 1).padStart(6, "0")}`,
      indices,
      attacks: bad.has(i),
    })),
    attack:
      attackers === undefined
        ? undefined
        : createAttack(attackSpecOf(attackers.attack), { dataset, seed, ...leaked }),
  }
}

/** max(fraction · clients, 1) of them (McMahan et al. 2017), in the order of their names. */
const draw = (clients: readonly Client[], fraction: number, stream: RandomStream): readonly Client[] => {
  const count = Math.max(1, Math.round(fraction * clients.length))
  if (count >= clients.length) return clients
  const drawn = new Set(stream.shuffle(clients).slice(0, count))
  return clients.filter((client) => drawn.has(client))
}

type Measured = Pick<FederationRound, "accuracy" | "loss" | "backdoorSuccess">

const measureOf = (options: FederationOptions): ((weights: Float32Array) => Measured) => {
  const { dataset, model, evaluationIndices, evaluate = evaluateReally } = options
  const triggered = triggeredOf(options)
  return (weights) => {
    const indices = evaluationIndices === undefined ? {} : { indices: evaluationIndices }
    const { accuracy, loss } = evaluate({ model, weights, dataset, ...indices })
    if (triggered === undefined) return { accuracy, loss }
    const backdoorSuccess = evaluate({ model, weights, dataset: triggered }).accuracy
    return { accuracy, loss, backdoorSuccess }
  }
}

const triggeredOf = ({ dataset, trigger, attackers, evaluationIndices }: FederationOptions) => {
  const spec = attackers === undefined ? undefined : attackSpecOf(attackers.attack)
  const measured = trigger ?? (spec?.attack === "backdoor" ? spec : undefined)
  return measured === undefined ? undefined : triggeredTest(dataset, measured, evaluationIndices)
}

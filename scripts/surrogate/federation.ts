/**
 * A federation as the surrogate is fitted to and compared with: rounds of local training, attack and aggregation,
 * with whatever learns given from outside, so that the real thing and the surrogate play the same rounds.
 *
 * Beside the global model it measures what coordinators judge: the accuracy of single updates, honest and not.
 */
import { aggregate } from "../../ml/aggregation/aggregate.ts"
import type { AggregationRule } from "../../ml/aggregation/aggregationRule.ts"
import type { Dataset } from "../../ml/datasets/dataset.ts"
import { applyUpdate, updateBetween } from "../../ml/models/weightUpdate.ts"
import { partition, type PartitionKind } from "../../ml/partition/partition.ts"
import { labelFlip } from "../../ml/poisoning/labelFlip.ts"
import type { HyperParameters } from "../../ml/training/train.ts"
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { deriveStream, type RandomStream } from "../../sim/kernel/randomStream.ts"
import { craft, type Attack, type Learnt } from "./attacks.ts"

export interface Federation {
  /** Widths of the hidden layers of the perceptron. */
  readonly hidden: readonly number[]
  readonly partition: PartitionKind
  /** Examples of a client's shard. */
  readonly samples: number
  readonly clients: number
  /** Clients that take part in a round, in turn. */
  readonly perRound: number
  readonly hyper: Required<Omit<HyperParameters, "proximal">>
  readonly rule: AggregationRule
  readonly attack: Attack
  /** The first so many clients attack. */
  readonly attackers: number
  readonly rounds: number
  readonly seed: number
}

/** What learns: real training, or the surrogate. */
export interface Learner {
  initialWeights(stream: RandomStream): Float32Array
  train(request: {
    readonly weights: Float32Array
    readonly dataset: Dataset
    readonly indices: Uint32Array
    readonly hyper: HyperParameters
    readonly seed: string
  }): Float32Array
  /** On the whole test split, or on the examples given. */
  evaluate(weights: Float32Array, indices?: Uint32Array): { readonly accuracy: number; readonly loss: number }
}

/** Measurements by round; accuracies are shares. */
export interface Curve {
  /** Of the global model, from round 0 (before training) on. */
  readonly accuracy: readonly number[]
  /** Mean cross-entropy of the global model, nats, from round 0 on. */
  readonly loss: readonly number[]
  /** Of the round's base with one honest client's update, mean over two of them, from round 1 on. */
  readonly honest: readonly number[]
  /** Of the round's base with one attacker's update; null where none took part. */
  readonly attacker: readonly (number | null)[]
}

/** Examples by which single updates are measured: every fifth of the test split. */
const SINGLE_STRIDE = 5

/** What a federation is before anybody learns: the same for every learner. */
export interface Ground {
  readonly federation: Federation
  readonly dataset: Dataset
  readonly shards: readonly Uint32Array[]
  /** What attackers train on. */
  readonly mislabelled: Dataset
  /** Examples by which single updates are measured. */
  readonly some: Uint32Array
}

export const groundOf = (federation: Federation, dataset: Dataset): Ground => ({
  federation,
  dataset,
  shards: shardsOf(federation, dataset),
  mislabelled: federation.attack.kind === "labelFlip" ? mislabelledOf(federation, dataset) : dataset,
  some: Uint32Array.from({ length: dataset.test.size / SINGLE_STRIDE }, (_, i) => i * SINGLE_STRIDE),
})

/** What federations of one data set have in common is made once. */
const madeOnce = <A>(made: Map<string, A>, key: string, make: () => A): A => {
  const known = made.get(key) ?? make()
  made.set(key, known)
  return known
}

const shardings = new Map<string, readonly Uint32Array[]>()

const shardsOf = (federation: Federation, dataset: Dataset): readonly Uint32Array[] => {
  const { clients, samples, seed } = federation
  const key = canonicalJson({ data: dataset.hash, kind: federation.partition, clients, samples, seed })
  return madeOnce(shardings, key, () =>
    partition(federation.partition, {
      labels: dataset.train.labels,
      parts: clients,
      samplesPerPart: samples,
      stream: deriveStream(nameOf(federation), "partition"),
    }),
  )
}

const flipped = new Map<string, Dataset>()

const mislabelledOf = (federation: Federation, dataset: Dataset): Dataset =>
  madeOnce(flipped, `${dataset.hash}/${federation.seed}`, () =>
    labelFlip(dataset, { seed: nameOf(federation) }),
  )

/** Settings of one seed share their streams: their differences are not noise. */
const nameOf = ({ seed }: Federation): string => `surrogate/${seed}`

export const playFederation = (ground: Ground, learner: Learner): Curve => {
  const { federation, some } = ground
  let global = learner.initialWeights(deriveStream(nameOf(federation), "weights"))
  const measured = [learner.evaluate(global)]
  const honest: number[] = []
  const attacker: (number | null)[] = []
  for (let round = 1; round <= federation.rounds; round++) {
    const base = global
    const handedIn = playRound(ground, learner, round, base)
    const alone = ({ update }: Learnt) => learner.evaluate(applyUpdate(base, update), some).accuracy
    honest.push(
      mean(
        handedIn
          .filter(({ attacks }) => !attacks)
          .slice(0, HONEST_MEASURED)
          .map(alone),
      ),
    )
    const bad = handedIn.find(({ attacks }) => attacks)
    attacker.push(bad === undefined ? null : alone(bad))
    const contributions = handedIn.map(({ client, update }) => ({
      name: `client-${String(client).padStart(3, "0")}`,
      values: update,
      samples: federation.samples,
    }))
    global = applyUpdate(base, aggregate(contributions, { rule: federation.rule }))
    measured.push(learner.evaluate(global))
  }
  const [accuracy, loss] = [measured.map((each) => each.accuracy), measured.map((each) => each.loss)]
  return { accuracy, loss, honest, attacker }
}

/** Honest updates of a round that are measured by themselves. */
const HONEST_MEASURED = 2

const playRound = (
  { federation, dataset, shards, mislabelled }: Ground,
  learner: Learner,
  round: number,
  base: Float32Array,
): readonly Learnt[] => {
  const { clients, perRound, attackers, hyper } = federation
  const name = nameOf(federation)
  const taking = Array.from({ length: perRound }, (_, seat) => ((round - 1) * perRound + seat) % clients)
  const learnt = taking.map((client) => {
    const attacks = client < attackers
    const weights = learner.train({
      weights: base,
      dataset: attacks ? mislabelled : dataset,
      indices: shards[client]!,
      hyper,
      seed: `${name}/${round}/${client}`,
    })
    return { client, attacks, update: updateBetween(base, weights) }
  })
  return craft(learnt, federation.attack, (client) => deriveStream(name, `attack/${round}/${client}`))
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

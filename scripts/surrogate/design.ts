/**
 * Which real federations the surrogate is fitted to, and which it is judged by.
 *
 * The fit sees three widths, three partitions and five attacks. One width (64), one partition (Dirichlet 0.3) and one
 * attack (ALIE) are nowhere in it. The part `again` repeats fitted settings with other seeds.
 */
import type { AggregationRule } from "../../ml/aggregation/aggregationRule.ts"
import type { PartitionKind } from "../../ml/partition/partition.ts"
import type { Attack } from "./attacks.ts"
import type { Federation } from "./federation.ts"

export const parts = ["fit", "again", "model", "partition", "attack", "all"] as const
/** `fit`, or what was left out of the fit: nothing but the seeds, the model, the partition, the attack, all three. */
export type Part = (typeof parts)[number]

export interface Designed {
  readonly part: Part
  readonly federation: Federation
}

const iid: PartitionKind = { kind: "iid" }
const dirichlet = (alpha: number): PartitionKind => ({ kind: "dirichlet", alpha })
const fedAvg: AggregationRule = { kind: "fedAvg" }
const rules: readonly AggregationRule[] = [
  { kind: "median" },
  { kind: "trimmedMean", share: 0.2 },
  { kind: "krum", byzantine: 2 },
  { kind: "multiKrum", byzantine: 2 },
]
const none: Attack = { kind: "none" }
const signFlip: Attack = { kind: "signFlip", strength: 4 }
const labelFlip: Attack = { kind: "labelFlip" }
const gaussian: Attack = { kind: "gaussian", relativeDeviation: 4 }
const garbage: Attack = { kind: "garbage", deviation: 0.1 }
const scaled: Attack = { kind: "scaled", factor: 10 }
const fittedAttacks = [signFlip, labelFlip, gaussian, garbage, scaled]
const alie: Attack = { kind: "alie", z: 1.5 }

const hyper = { epochs: 1, batchSize: 32, learningRate: 0.05, momentum: 0 }
const base: Federation = {
  hidden: [32],
  partition: iid,
  samples: 300,
  clients: 10,
  perRound: 10,
  hyper,
  rule: fedAvg,
  attack: none,
  attackers: 0,
  rounds: 10,
  seed: 1,
}

type Change = Partial<Omit<Federation, "hyper">> & { readonly hyper?: Partial<Federation["hyper"]> }

const make = (part: Part, change: Change): Designed => ({
  part,
  federation: { ...base, ...change, hyper: { ...hyper, ...change.hyper } },
})

const attacked = (attack: Attack, attackers: number): Change => ({ attack, attackers })

const learning: readonly Change[] = [
  ...[[16], [32], [128]].flatMap((hidden) =>
    [iid, dirichlet(1), dirichlet(0.1)].map((partition) => ({ hidden, partition })),
  ),
  { hyper: { learningRate: 0.02 } },
  { hyper: { learningRate: 0.1 } },
  { hyper: { learningRate: 0.2 } },
  { hyper: { epochs: 3 } },
  { hyper: { batchSize: 10 } },
  { hyper: { batchSize: 64 } },
  { hyper: { momentum: 0.5 } },
  { hyper: { learningRate: 0.02, momentum: 0.9 } },
  { samples: 100 },
  { samples: 1_000 },
  { hyper: { epochs: 3 }, partition: dirichlet(0.1) },
  { hyper: { learningRate: 0.2 }, partition: dirichlet(0.1) },
  { hidden: [128], hyper: { learningRate: 0.2 } },
  { samples: 600, clients: 12, perRound: 4 },
  { samples: 600, clients: 12, perRound: 4, partition: dirichlet(0.1) },
  { samples: 600, clients: 12, perRound: 2 },
  { clients: 20, perRound: 20 },
  { clients: 20, perRound: 20, partition: dirichlet(0.1) },
]

/** With attackers: by share, by partition, by rule. */
const attacking: readonly Change[] = fittedAttacks.flatMap((attack) => [
  ...[1, 2, 4].map((attackers) => attacked(attack, attackers)),
  { ...attacked(attack, 2), partition: dirichlet(0.1) },
])

const mild: readonly Change[] = [
  attacked({ kind: "signFlip", strength: 1 }, 2),
  attacked({ kind: "gaussian", relativeDeviation: 1 }, 2),
  attacked({ kind: "scaled", factor: 3 }, 2),
]

/** What builds up slowly. */
const long: readonly Change[] = [
  {},
  { partition: dirichlet(0.1) },
  { hyper: { learningRate: 0.1 } },
  attacked(signFlip, 1),
].map((change) => ({ ...change, rounds: 40 }))

/** Chance: other initial weights, shards and orders of the same settings. */
const seeds: readonly Change[] = [2, 3].flatMap((seed) => [
  { seed },
  { seed, partition: dirichlet(1) },
  { seed, partition: dirichlet(0.1) },
  { seed, samples: 600, clients: 12, perRound: 4 },
])

const robust: readonly Change[] = rules.flatMap((rule) => [
  ...[iid, dirichlet(0.1)].flatMap((partition) =>
    [none, signFlip, labelFlip].map((attack) => ({
      rule,
      partition,
      attack,
      attackers: attack === none ? 0 : 2,
    })),
  ),
  { rule, ...attacked(gaussian, 2) },
  { rule, ...attacked(scaled, 2) },
])

const again: readonly Change[] = [
  { seed: 11 },
  { seed: 12 },
  { seed: 11, partition: dirichlet(0.1) },
  { seed: 12, partition: dirichlet(1) },
  { seed: 11, ...attacked(signFlip, 2) },
  { seed: 11, ...attacked(labelFlip, 2) },
  { seed: 11, rule: { kind: "median" }, partition: dirichlet(0.1) },
  { seed: 11, samples: 600, clients: 12, perRound: 4 },
  { seed: 12, samples: 600, clients: 12, perRound: 4, hyper: { learningRate: 0.1 } },
]

const otherModel: readonly Change[] = [21, 22].flatMap((seed) =>
  [
    { seed },
    { seed, partition: dirichlet(1) },
    { seed, partition: dirichlet(0.1) },
    { seed, ...attacked(signFlip, 2) },
    { seed, ...attacked(labelFlip, 2), rule: { kind: "median" } as const },
  ].map((change) => ({ ...change, hidden: [64] })),
)

const otherPartition: readonly Change[] = [31, 32].flatMap((seed) =>
  [
    { seed },
    { seed, rule: { kind: "median" } as const },
    { seed, rule: { kind: "multiKrum", byzantine: 2 } as const },
    { seed, ...attacked(signFlip, 2) },
    { seed, ...attacked(labelFlip, 2) },
  ].map((change) => ({ ...change, partition: dirichlet(0.3) })),
)

const otherAttack: readonly Change[] = [41, 42].flatMap((seed) =>
  [iid, dirichlet(0.1)].flatMap((partition) =>
    [fedAvg, ...rules].map((rule) => ({ ...attacked(alie, 2), partition, rule, seed })),
  ),
)

const allThree: readonly Change[] = [51, 52].flatMap((seed) =>
  [fedAvg, ...rules].map((rule) => ({
    ...attacked(alie, 2),
    hidden: [64],
    partition: dirichlet(0.3),
    rule,
    seed,
  })),
)

export const design: readonly Designed[] = [
  ...[...learning, ...attacking, ...mild, ...long, ...seeds, ...robust].map((change) => make("fit", change)),
  ...again.map((change) => make("again", change)),
  ...otherModel.map((change) => make("model", change)),
  ...otherPartition.map((change) => make("partition", change)),
  ...otherAttack.map((change) => make("attack", change)),
  ...allThree.map((change) => make("all", change)),
]

/** What is compared: which rules, under which attacks, on which data, in federations of which size. */
import type { AggregationRule } from "../../ml/aggregation/aggregationRule.ts"
import type { PartitionKind } from "../../ml/partition/partition.ts"
import { alieDeviations } from "../../ml/poisoning/alie.ts"
import type { AttackInput } from "../../ml/poisoning/attackSpec.ts"

/** Entries are compared by the names that tables and figures call them. */
export interface Named<A> {
  readonly name: string
  readonly value: A
}

export interface Settings {
  readonly clients: number
  readonly attackers: number
  readonly samplesPerClient: number
  readonly hidden: readonly number[]
  readonly rounds: number
  readonly training: { readonly epochs: number; readonly batchSize: number; readonly learningRate: number }
  readonly seeds: readonly number[]
}

export const published: Settings = {
  clients: 20,
  attackers: 4,
  samplesPerClient: 300,
  hidden: [32],
  rounds: 15,
  training: { epochs: 1, batchSize: 32, learningRate: 0.1 },
  seeds: [1, 2, 3, 4],
}

export const partitions: readonly Named<PartitionKind>[] = [
  { name: "IID", value: { kind: "iid" } },
  { name: "Dirichlet 0.1", value: { kind: "dirichlet", alpha: 0.1 } },
]

/** Each robust rule is told the truth: how many attackers there are. */
export const rulesFor = ({ clients, attackers }: Settings): readonly Named<AggregationRule>[] => [
  { name: "FedAvg", value: { kind: "fedAvg" } },
  { name: "Median", value: { kind: "median" } },
  { name: "Trimmed mean", value: { kind: "trimmedMean", share: attackers / clients } },
  { name: "Multi-Krum", value: { kind: "multiKrum", byzantine: attackers } },
]

export const attacksFor = (settings: Settings): readonly Named<AttackInput | undefined>[] => [
  { name: "No attack", value: undefined },
  { name: "Sign flip ×4", value: { attack: "signFlip", strength: 4 } },
  { name: `ALIE z = ${alieDeviations(settings).toFixed(2)}`, value: { attack: "alie" } },
  { name: "ALIE z = 1.5", value: { attack: "alie", z: 1.5 } },
  { name: "Label flip", value: { attack: "labelFlip" } },
]

/**
 * A scenario as the world is built from it: everything decided, money in integer wei.
 *
 * It is plain data (structured clone, canonical JSON), the main input of a run's identity. `schema.ts` says what a
 * scenario file looks like, `resolveScenario.ts` how the one becomes the other.
 */

import type { BackendName } from "../../ml/backend.ts"
import type { ContractChoice } from "../../chain/contractSet/contractSet.ts"
import type { AggregationOptions } from "../../ml/aggregation/aggregationRule.ts"
import type { DatasetName } from "../../ml/datasets/registry.ts"
import type { Trigger } from "../../ml/poisoning/backdoor.ts"

export type Ordering = "feePriority" | "firstComeFirstServed" | "random"

export type Partition =
  | { readonly kind: "iid" }
  /** Label proportions of each solver from a symmetric Dirichlet distribution; small `alpha` = very unequal. */
  | { readonly kind: "dirichlet"; readonly alpha: number }
  /** Each solver holds examples of that many labels only. */
  | { readonly kind: "byLabel"; readonly labelsPerSolver: number }

export interface Speed {
  /** Training samples × epochs a second. */
  readonly trainSamplesPerSecond: number
  readonly evaluateExamplesPerSecond: number
  readonly uploadBytesPerSecond: number
}

/** `count` agents of one strategy. */
export interface PopulationMember {
  /** The role part of the strategy's name: `coordinator` of `coordinator/honest`. */
  readonly role: string
  readonly strategy: string
  readonly count: number
  /** By which expectations and tables may address these agents. */
  readonly group: string | undefined
  /** Who owns these agents, where several entries act for one: their money counts together. */
  readonly owner: string | undefined
  /** Stake of each; undefined = the role's minimum stake. */
  readonly stakeWei: bigint | undefined
  /** ATN of each before staking; undefined = `money.participantStakeMultiple` × stake. */
  readonly capitalWei: bigint | undefined
  /** Decoded by the strategy's own schema, defaults filled in. */
  readonly options: Readonly<Record<string, unknown>>
  readonly speed: Speed
}

/** A kind of model with its inner sizes; inputs and classes are the data set's. */
export type ModelChoice =
  | { readonly kind: "mlp"; readonly hidden: readonly number[] }
  | {
      readonly kind: "cnn"
      readonly filters: readonly number[]
      readonly kernelSize: number
      readonly dense: readonly number[]
    }

/** A module of the scorecard: classes that tasks for it are about. */
export interface CapabilityChoice {
  readonly name: string
  readonly labels: readonly number[]
  /** Absent = the scorecard's default. */
  readonly targetBps?: number
}

/** The network between agents. Message latency is log-normal: median in seconds, sigma of the underlying normal. */
export interface NetworkConditions {
  readonly medianLatencySeconds: number
  readonly latencySigma: number
  /** P(a message never arrives). */
  readonly lossProbability: number
  /** `agents`: a role, strategy, group, owner, or an agent's name. */
  readonly delays: readonly { readonly agents: string; readonly seconds: number }[]
  readonly partitions: readonly {
    readonly agents: string
    readonly fromMinutes: number
    readonly minutes: number
  }[]
}

/** A strategy from a file outside the program, of which the population has agents. */
export interface StrategyFile {
  /** The name that the strategy gives itself, by which the population has it. */
  readonly strategy: string
  /** Absolute. */
  readonly path: string
  readonly exportName: string
  /** SHA-256 of the file and its local imports, by their paths from the file's folder. */
  readonly modules: Readonly<Record<string, string>>
}

export interface Scenario {
  readonly version: 1
  readonly name: string
  readonly title: string
  readonly description: string
  /** Replicate i runs with `seed + i`. */
  readonly seed: number
  /** Runs per setting, at most. */
  readonly replicates: number
  /** Training rounds: the run ends when this many are published, or at the limit. */
  readonly rounds: number
  /** Virtual time at which the run ends in any case. */
  readonly limitSeconds: number
  /** When profits are counted: at the publication of the last round, or at the end of the run. */
  readonly settleAt: "lastRound" | "end"
  readonly money: {
    readonly supplyWei: bigint
    readonly treasuryShareBps: number
    readonly projectFundingWei: bigint
    readonly projectTokenPriceWei: bigint
    /** Stated with a global model where the contract set sells each published model. */
    readonly inferencePriceWei: bigint
    /** Paid by the treasury at genesis into the pool that jackpots for caught traps come from. */
    readonly jackpotPoolWei: bigint
    readonly participantStakeMultiple: number
  }
  /** Prices of real work and services. They leave an agent's profit, not the token's ledger. */
  readonly costs: {
    /** Per sample and epoch. */
    readonly trainingWeiPerSample: bigint
    /** Per evaluation of a task's whole evaluation set; in proportion for a part of it. */
    readonly verificationWeiPerEvaluation: bigint
    readonly storageWeiPerMibDay: bigint
    readonly gasWeiPerGas: bigint
  }
  readonly chain: {
    readonly blockSeconds: number
    readonly ordering: Ordering
    readonly blockGasLimit: number
  }
  readonly network: NetworkConditions
  /** Whether agents really train, or a fitted surrogate stands in. */
  readonly ml: "real" | "surrogate"
  readonly learning: {
    /** What computes. One experiment has one. */
    readonly backend: BackendName
    readonly dataset: DatasetName
    readonly model: ModelChoice
    readonly partition: Partition
    readonly samplesPerSolver: number
    readonly epochs: number
    readonly batchSize: number
    readonly learningRate: number
    readonly momentum: number
    readonly proximal: number
    /** Every how many steps a solver leaves a checkpoint; null = never. */
    readonly checkpoints: { readonly every: number } | null
    readonly aggregation: AggregationOptions
    /** The trigger measured in every run; absent = what attackers plant, if anybody does. */
    readonly backdoor?: Trigger
    /** What the model is to master, in modules with prices of their own; absent = one of all classes, unpriced. */
    readonly capabilities?: readonly CapabilityChoice[]
    /** Size of the hidden ground-truth set of one task. */
    readonly evaluationExamples: number
    /** Held-out examples by which the simulator, unseen by agents, finds out what is true. */
    readonly heldOutExamples: number
    readonly acceptance: {
      /** A solution is correct if its score, 0 to 100, is at least this, ... */
      readonly minScore: number
      /** ... and its accuracy is not below the base model's by more than this. */
      readonly toleranceBps: number
    }
  }
  readonly tasks: {
    readonly perRound: number
    readonly solversPerTask: number
    /** Whether tasks invite solvers in turn, or all of them, for those who come first. */
    readonly invite: "turn" | "all"
    /** Block after which the first tasks are proposed. */
    readonly startBlock: number
    readonly solverRewardWei: bigint
    readonly learnabilityRewardWei: bigint
  }
  /** Models in shards: minutes of virtual time between two attempts to restore them. */
  readonly storage: { readonly probeMinutes: number }
  /** In the order of the file. */
  readonly population: readonly PopulationMember[]
  /** By strategy, in the order of code units; absent where all strategies are the program's own. */
  readonly strategyFiles?: readonly StrategyFile[]
  /** The contracts to run on; the folder of a set of artifacts is absolute. */
  readonly contracts: ContractChoice
  /** Contract parameters that the scenario sets, by `Contract.key`, in the order of code units; others keep defaults. */
  readonly parameters: Readonly<Record<string, bigint>>
}

import type { Effect } from "effect"
import type { Address } from "viem"
import type { Wallet } from "../../chain/wallet.ts"
import type { RandomStream } from "../kernel/randomStream.ts"
import type { BlockBuilder } from "./blockBuilder.ts"
import type { Channel } from "./channel.ts"
import type { Contracts } from "./contracts.ts"
import type { Peers } from "./peers.ts"
import type { Work } from "./work.ts"
import type { Role } from "./role.ts"
import type { TrainingPlan } from "./trainingPlan.ts"

/** What agents of one owner know of each other. */
export interface Accomplice {
  readonly name: string
  readonly role: Role
  readonly strategy: string
  readonly account: Address
  /** ATN (wei) that it means to stake. */
  readonly stakeWei: bigint
}

/** An agent before it can speak the protocol: what the verbs are implemented over. */
export interface Participant {
  readonly name: string
  readonly role: Role
  /** Its place among the agents of its role, from 0. */
  readonly index: number
  readonly account: Address
  /** ATN (wei) that the agent stakes when it joins. */
  readonly stakeWei: bigint
  /** The contracts themselves, for those who look for their edges. */
  readonly contracts: Contracts
  readonly plan: TrainingPlan
  /** Number of the shard of training data that only this agent holds. */
  readonly shard: number
  /** Its examples: indices of the training split. */
  readonly shardIndices: Uint32Array
  /** Examples of anybody's shard: who knows the plan can deal them again. Undefined where there is no such shard. */
  readonly examplesOfShard: (shard: number) => Uint32Array | undefined
  readonly work: Work
  /** Shards of models between this agent and others. */
  readonly peers: Peers
  /** Names a random stream of this agent's training; the same label gives the same stream. */
  readonly trainingSeed: (label: string) => string
  /** A random stream of the agent's own, for work that draws many numbers. */
  readonly stream: (label: string) => RandomStream
  /** The other agents of the same owner, in the order of the scenario; nobody where it acts for itself. */
  readonly accomplices: readonly Accomplice[]
  /** The agent's end of a private channel, by the name that accomplices have agreed on. */
  readonly channel: (ring: string) => Channel
  /** Where it orders the blocks that fall to it; undefined for all but builders. */
  readonly builder: BlockBuilder | undefined
  /** Accounts of the same owner besides its own, endowed at genesis. */
  readonly extraAccounts: readonly Address[]
  /** ATN (wei) that an extra account stakes when it joins as a solver. */
  readonly extraStakeWei: bigint
  /** The account that governs the contracts, for the keeper that acts in its name; undefined where a contract governs. */
  readonly governor: Address | undefined
  /** Runs an effect when no other that was given to it is running. */
  readonly oneAtATime: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  /** Runs an effect with one of the agent's accounts as the sender. */
  readonly as: <A, E, R>(
    account: Address,
    effect: Effect.Effect<A, E, R | Wallet>,
  ) => Effect.Effect<A, E, Exclude<R, Wallet>>
}

/** Puts every agent of the cast into the world: with its own wallet, work, shard, and nothing of anybody else's. */
import { Effect, Semaphore, type Scope } from "effect"
import type { Address } from "viem"
import { Chain, type ChainShape } from "../../chain/chain.ts"
import { Wallet } from "../../chain/wallet.ts"
import type { Learning } from "../../ml/learning.ts"
import type { ContentStore } from "../../ml/store/contentStore.ts"
import type { ShardExchange } from "../../ml/store/shardExchange.ts"
import type { Agent } from "../agents/agent.ts"
import type { TrainingPlan } from "../agents/trainingPlan.ts"
import { carriedOut } from "../agents/decisionRefused.ts"
import type { Channel } from "../agents/channel.ts"
import type { Contracts } from "../agents/contracts.ts"
import type { Offers } from "../agents/protocol/offers.ts"
import type { Accomplice, Participant } from "../agents/participant.ts"
import { createProtocol } from "../agents/protocol/protocol.ts"
import { createPeers } from "../agents/peers.ts"
import { createWork } from "../agents/work.ts"
import type { RandomStream } from "../kernel/randomStream.ts"
import type { CostLedger } from "../mechanisms/costLedger.ts"
import type { StorageLedger } from "../mechanisms/storageLedger.ts"
import type { Scenario } from "../scenario/scenario.ts"
import type { BlockBuilding } from "./blockBuilding.ts"
import type { CastMember } from "./cast.ts"
import { hearingThrough } from "./hearing.ts"
import type { Network } from "./network.ts"
import { trainersOf } from "./trainingPlan.ts"

export interface AgentsOptions {
  readonly scenario: Scenario
  readonly cast: readonly CastMember[]
  readonly contracts: Contracts
  readonly offers: Offers
  /** The account that governs the contracts, where one does. */
  readonly governor: Address | undefined
  readonly plan: TrainingPlan
  readonly shards: readonly Uint32Array[]
  readonly store: ContentStore
  readonly exchange: ShardExchange
  readonly learning: Learning["Service"]
  readonly costs: CostLedger
  readonly storage: StorageLedger
  readonly chain: ChainShape
  /** When an account hears of what is public; undefined = at once. */
  readonly incoming: Network["incoming"]
  /** The seat of a builder of blocks. */
  readonly seatOf: BlockBuilding["seatOf"]
  /** A member's end of a ring's channel. */
  readonly channel: (ring: string, account: Address) => Channel
  readonly seed: string
  readonly stream: (name: string) => RandomStream
}

/** A program that the kernel can run, by the agent's name. */
export interface Program {
  readonly name: string
  readonly run: Effect.Effect<void, unknown, Scope.Scope>
}

export const programsOf = (options: AgentsOptions): readonly Program[] =>
  options.cast.map((member) => {
    const agent = agentOf(options, member)
    const incoming = options.incoming(member.address)
    const chain = incoming === undefined ? options.chain : hearingThrough(options.chain, incoming)
    // Under the eyes of the kernel from its first statement on.
    const life = Effect.suspend(() =>
      carriedOut(`what ${member.strategy.name}'s run gives back`, member.strategy.run(agent, member.options)),
    )
    const run = life.pipe(
      Effect.provideService(Wallet, { address: member.address }),
      Effect.provideService(Chain, chain),
    )
    return { name: member.name, run }
  })

const agentOf = (options: AgentsOptions, member: CastMember): Agent => {
  const { plan, seed, stream } = options
  const shard = trainersOf(options.cast).indexOf(member)
  const shardIndices = options.shards[shard] ?? new Uint32Array()
  const { name, speed } = member
  const participant: Participant = {
    name,
    role: member.role,
    index: member.index,
    account: member.address,
    stakeWei: member.stakeWei,
    contracts: options.contracts,
    plan,
    shard,
    shardIndices,
    examplesOfShard: (number) => options.shards[number],
    work: createWork({ ...options, name, shardIndices, speed, prices: options.scenario.costs }),
    peers: createPeers({ ...options, ...speed, name, account: member.address }),
    trainingSeed: (label) => `${seed}/${name}/${label}`,
    stream: (label) => stream(`agent/${name}/${label}`),
    builder: options.seatOf(name),
    accomplices: accomplicesOf(options.cast, member),
    channel: (ring) => options.channel(ring, member.address),
    extraAccounts: member.extraAccounts,
    extraStakeWei: member.extraStakeWei,
    governor: member.role === "keeper" ? options.governor : undefined,
    oneAtATime: Semaphore.makeUnsafe(1).withPermits(1),
    as: (account, effect) => Effect.provideService(effect, Wallet, { address: account }),
  }
  return { ...participant, protocol: createProtocol(participant, options.offers) }
}

const accomplicesOf = (cast: readonly CastMember[], { name, owner }: CastMember): readonly Accomplice[] =>
  cast
    .filter((other) => owner !== undefined && other.owner === owner && other.name !== name)
    .map(({ name, role, strategy, address, stakeWei }) => {
      return { name, role, strategy: strategy.name, account: address, stakeWei }
    })

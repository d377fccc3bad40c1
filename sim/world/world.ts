/** Assembles everything that a run is made of, in order: genesis, contracts, data, agents, observer. */
import { Effect } from "effect"
import { getAddress, type Address } from "viem"
import { Chain } from "../../chain/chain.ts"
import { errorsOf } from "../../chain/contractSet/errorsOf.ts"
import { has } from "../../chain/contractSet/capabilities.ts"
import type { ContractSet } from "../../chain/contractSet/contractSet.ts"
import { createChain, type ChainSystem } from "../../chain/createChain.ts"
import type { CreateEngine } from "../../chain/engine/engines.ts"
import { feePriority } from "../../chain/ordering/feePriority.ts"
import { firstComeFirstServed } from "../../chain/ordering/firstComeFirstServed.ts"
import { random } from "../../chain/ordering/random.ts"
import type { Dataset } from "../../ml/datasets/dataset.ts"
import type { Learning } from "../../ml/learning.ts"
import { initialWeights } from "../../ml/models/model.ts"
import { createContentStore, type ContentStore } from "../../ml/store/contentStore.ts"
import { ShardExchange } from "../../ml/store/shardExchange.ts"
import { encodeWeights } from "../../ml/store/weightsDocument.ts"
import type { TrainingPlan } from "../agents/trainingPlan.ts"
import { bindContracts, type ContractAddresses, type Contracts } from "../agents/contracts.ts"
import type { Kernel } from "../kernel/kernel.ts"
import { CostLedger } from "../mechanisms/costLedger.ts"
import { StorageLedger } from "../mechanisms/storageLedger.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { strategiesOf } from "../outside/strategiesOf.ts"
import { programsOf, type Program } from "./agents.ts"
import { createAvailability, type Availability } from "./availability.ts"
import { createBlockBuilding } from "./blockBuilding.ts"
import { accountsOf, castOf, type CastMember } from "./cast.ts"
import { createChannels } from "./channels.ts"
import { wiringOf } from "./deployment.ts"
import { createWorldAtGenesis } from "./genesis.ts"
import { GENESIS_TIME_SECONDS } from "./genesisBlock.ts"
import { institutions } from "./institutions.ts"
import { invariantsOf, livenessFor } from "./invariants.ts"
import { createNetwork } from "./network.ts"
import { createObserver, type Observer } from "./observer.ts"
import { modelOf, shardsOf, trainingPlanOf } from "./trainingPlan.ts"
import { WiredEngines } from "./wiredContracts.ts"

export interface WorldOptions {
  readonly scenario: Scenario
  /** Names the run's random streams. */
  readonly seed: string
  readonly kernel: Kernel
  /** For empty engines; worlds of the same function share what their genesis has in common. */
  readonly createEngine: CreateEngine
  readonly contractSet: ContractSet
  readonly dataset: Dataset
  readonly learning: Learning["Service"]
  readonly onBlock: (round: number, block: bigint) => void
}

export interface World {
  readonly cast: readonly CastMember[]
  readonly contracts: Contracts
  readonly chain: ChainSystem
  readonly plan: TrainingPlan
  readonly costs: CostLedger
  readonly observer: Observer
  readonly availability: Availability
  readonly programs: readonly Program[]
}

/** Settings of one experiment seldom differ in contracts or supply; an engine takes some megabytes. */
const wiredEngines = new WiredEngines(4)

const orderings = { feePriority, firstComeFirstServed, random }

export const createWorld = async (options: WorldOptions): Promise<World> => {
  const { scenario, seed, kernel, createEngine, contractSet, dataset, learning } = options
  const cast = castOf(scenario, await strategiesOf(scenario))
  const store = createContentStore()
  const plan = trainingPlanOf({
    scenario,
    seed,
    cast,
    dataset,
    initialModel: putInitialModel(options, store),
  })
  const { initialModel } = plan
  const offers = (name: string): boolean => has(contractSet, name)
  const wiring = wiringOf(contractSet, scenario, cast)
  const { engine, contracts: wired } = await wiredEngines.fork(createEngine, wiring)
  const genesis = { engine, wired, contractSet, scenario, cast, initialModel, offers }
  const at = await createWorldAtGenesis(genesis)
  const contracts = bindContracts(at, errorsOf(contractSet))
  const costs = new CostLedger()
  const storage = new StorageLedger()
  const exchange = new ShardExchange()
  const stream = (name: string) => kernel.stream(name)
  const network = createNetwork({ conditions: scenario.network, cast, stream })
  const building = createBlockBuilding(cast, orderings[scenario.chain.ordering])
  const chain = createChain({
    engine,
    genesisTimeSeconds: GENESIS_TIME_SECONDS,
    blockSeconds: scenario.chain.blockSeconds,
    blockGasLimit: BigInt(scenario.chain.blockGasLimit),
    ordering: building.ordering,
    latencyMicros: network.outgoing,
    stream,
  })
  const balances = await balancesAtGenesis(contracts, at, chain, cast)
  const shared = { scenario, cast, contracts, offers, plan, store, exchange, learning, costs, storage }
  const invariants = invariantsOf(contracts, balances, offers)
  const liveness = livenessFor(contracts, offers)
  const watched = {
    chain,
    feesOf: building.feesOf,
    invariants,
    liveness,
    initialModel,
    onBlock: options.onBlock,
  }
  const observer = createObserver({ ...shared, ...watched })
  chain.observeBlocks((block) => Effect.sync(() => building.observe(block)))
  chain.observeBlocks(observer.observeBlock)
  const shards = shardsOf(plan)
  const governor = at.timelock === undefined ? institutions.governance : undefined
  const whispers = (name: string) => stream(`channel/${name}`)
  const channel = createChannels({
    latencyMicros: createNetwork({ conditions: scenario.network, cast, stream: whispers }).outgoing,
  })
  const ofAgents = {
    seatOf: building.seatOf,
    chain: chain.chain,
    incoming: network.incoming,
    channel,
    seed,
    stream,
  }
  const programs = programsOf({ ...shared, ...ofAgents, governor, shards })
  const availability = createAvailability(shared)
  return { cast, contracts, chain, plan, costs, observer, availability, programs }
}

/** Seeded initial weights: the global model of round 0, which the project names when it is founded. */
const putInitialModel = ({ kernel, scenario, dataset }: WorldOptions, store: ContentStore): string => {
  const model = modelOf(scenario, dataset)
  const values = initialWeights(model, kernel.stream("ml/initialWeights"))
  return store.put(encodeWeights({ kind: "model", model, round: 0, samples: 0, base: null, values }))
}

/** ATN of every account that has any before the first block. */
const balancesAtGenesis = async (
  contracts: Contracts,
  at: ContractAddresses,
  chain: ChainSystem,
  cast: readonly CastMember[],
): Promise<ReadonlyMap<Address, bigint>> => {
  const accounts = [
    ...Object.values(institutions),
    ...(at.treasury === undefined ? [] : [getAddress(at.treasury)]),
    contracts.project.address,
    contracts.forcedErrors.address,
    ...cast.flatMap(accountsOf),
  ]
  const read = Effect.forEach(accounts, (account) =>
    Effect.map(contracts.token.read.balanceOf([account]), (balance) => [account, balance] as const),
  )
  return new Map(await Effect.runPromise(Effect.provideService(read, Chain, chain.chain)))
}

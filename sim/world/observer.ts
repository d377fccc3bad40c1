/** Watches a run from outside: checks invariants after every block, samples metrics at every published round. */
import { Clock, Effect } from "effect"
import { Chain } from "../../chain/chain.ts"
import type { ChainSystem } from "../../chain/createChain.ts"
import type { Block } from "../../chain/transaction.ts"
import type { Learning } from "../../ml/learning.ts"
import { parameterCount } from "../../ml/models/model.ts"
import { ContentNotFound, type ContentStore } from "../../ml/store/contentStore.ts"
import { DocumentMalformed } from "../../ml/store/documentMalformed.ts"
import { decodeWeights } from "../../ml/store/weightsDocument.ts"
import type { TrainingPlan } from "../agents/trainingPlan.ts"
import type { Contracts } from "../agents/contracts.ts"
import type { Offers } from "../agents/protocol/offers.ts"
import { record } from "../kernel/ambient.ts"
import type { CostLedger } from "../mechanisms/costLedger.ts"
import type { Invariant } from "../mechanisms/invariants/invariant.ts"
import type { Liveness } from "../mechanisms/invariants/liveness.ts"
import { outcomes } from "../mechanisms/taskCycle.ts"
import type { StorageLedger } from "../mechanisms/storageLedger.ts"
import type {
  CapabilityResult,
  PartyResult,
  ProfitAndLoss,
  ProfitSample,
  RoundResult,
  Violation,
} from "../results/runResult.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { agentCosts } from "./agentCosts.ts"
import { backdoorMeasureOf } from "./backdoors.ts"
import { createBallotBox, type BallotBox } from "./ballotBox.ts"
import { createCapitalWatch } from "./capital.ts"
import { accountsOf, type CastMember } from "./cast.ts"
import { createChronicle, type Chronicle } from "./chronicle.ts"
import { GENESIS_TIME_SECONDS } from "./genesisBlock.ts"
import { holdingsOf, type Holdings } from "./holdings.ts"
import { masteryOf } from "./mastery.ts"
import { publicationsOf } from "./publications.ts"
import { byStrategy, profitAndLoss } from "./runResults.ts"
import { heldOutOf } from "./truth.ts"

export interface ObserverOptions {
  readonly scenario: Scenario
  readonly cast: readonly CastMember[]
  readonly contracts: Contracts
  readonly offers: Offers
  readonly plan: TrainingPlan
  readonly store: ContentStore
  readonly learning: Learning["Service"]
  readonly costs: CostLedger
  readonly storage: StorageLedger
  readonly chain: ChainSystem
  /** Priority fees that a builder of blocks has earned, wei. */
  readonly feesOf: (name: string) => bigint
  readonly invariants: readonly Invariant[]
  /** Absent where the contract set does not let anybody check it. */
  readonly liveness: Liveness | undefined
  readonly initialModel: string
  /** Called after every block with the number of the last published round and the block's number. */
  readonly onBlock: (round: number, block: bigint) => void
}

/** The state of all agents' money at one moment. */
export interface Settlement {
  readonly timeSeconds: number
  readonly money: ReadonlyMap<string, ProfitAndLoss>
}

/** The one that a run's result has. */
export interface FinalSettlement extends Settlement {
  readonly parties: readonly PartyResult[]
}

/** What has been included so far. */
export interface Counts {
  blocks: number
  transactions: number
  reverted: number
  gasUsed: bigint
}

export interface Observer {
  readonly chronicle: Chronicle
  readonly ballotBox: BallotBox
  readonly rounds: readonly RoundResult[]
  /** Undefined where the scenario names no capabilities. */
  readonly capabilities: readonly CapabilityResult[] | undefined
  readonly profitOverTime: readonly ProfitSample[]
  readonly violations: readonly Violation[]
  readonly counts: Readonly<Counts>
  /** Takes stock of the initial model and of what everybody has, before the first block. */
  readonly begin: Effect.Effect<void, unknown>
  readonly observeBlock: (block: Block) => Effect.Effect<void, unknown>
  /** The stock-taking that counts: when the last round was published, or now if it was not or the scenario says so. */
  readonly settle: Effect.Effect<FinalSettlement, unknown>
  /** Looks ahead from the run's end: whatever would stay open for ever is a violation. The world stays as it is. */
  readonly lookAhead: Effect.Effect<void, unknown>
}

/** A broken rule breaks in every later block too: the first ones tell the story. */
const MOST_VIOLATIONS = 100

export const createObserver = (options: ObserverOptions): Observer => {
  const { scenario, cast, contracts, offers, plan, store, learning, chain } = options
  const heldOut = heldOutOf(scenario.learning.heldOutExamples, plan.dataset.test.size)
  const chronicle = createChronicle({ contracts, offers, plan, store, learning, heldOut })
  const ballotBox = createBallotBox(contracts)
  const publicationIn = publicationsOf(contracts, offers, plan.projectId)
  const measureBackdoor = backdoorMeasureOf({
    asked: scenario.learning.backdoor,
    cast,
    plan,
    learning,
    heldOut,
  })
  const measureMastery = masteryOf({ plan, learning, heldOut, contracts, offers, chronicle })
  const rounds: RoundResult[] = []
  const capabilities: CapabilityResult[] | undefined = scenario.learning.capabilities && []
  const profitOverTime: ProfitSample[] = []
  const violations: Violation[] = []
  const counts: Counts = { blocks: 0, transactions: 0, reverted: 0, gasUsed: 0n }
  const atGenesis = new Map<string, Holdings>()
  const capital = createCapitalWatch({ contracts, cast, blockSeconds: scenario.chain.blockSeconds })
  let settlement: FinalSettlement | undefined

  const holdings = (member: CastMember) =>
    holdingsOf({ contracts, offers, member, projectTokenPriceWei: scenario.money.projectTokenPriceWei })

  const takeStock = Effect.gen(function* () {
    const nowMillis = yield* Clock.currentTimeMillis
    const money = new Map<string, ProfitAndLoss>()
    for (const member of cast) {
      const after = yield* holdings(member)
      const paid = agentCosts({ ...options, member, prices: scenario.costs, nowMillis })
      money.set(member.name, profitAndLoss(atGenesis.get(member.name) ?? after, after, paid))
    }
    return { timeSeconds: nowMillis / 1000, money } satisfies Settlement
  })

  const sampleProfits = Effect.gen(function* () {
    const stock = yield* takeStock
    const samples = byStrategy(cast).map(([strategy, members]) =>
      profitSample(strategy, members, stock, chronicle.slashed),
    )
    profitOverTime.push(...samples)
    yield* record("metric", { profit: samples })
    return stock
  })

  const closeRound = Effect.fnUntraced(function* (round: number, cid: string, timeSeconds: number) {
    const weights = readModel(store, cid, parameterCount(plan.model))
    // Nobody can use what can't be read: the model before stays the last.
    if (weights === undefined) return
    const { accuracy, capabilities: mastered } = yield* measureMastery(weights, round)
    const backdoor = yield* measureBackdoor(weights)
    const result: RoundResult = {
      round,
      module: plan.module,
      timeSeconds,
      accuracy,
      ...backdoor,
      updates: updatesOf(chronicle, round),
    }
    // A dispute may open a round again: what is published then takes the place of what was disproved.
    forget(rounds, round)
    if (capabilities !== undefined) forget(capabilities, round)
    rounds.push(result)
    yield* record("metric", result)
    if (mastered !== undefined) {
      capabilities?.push(...mastered)
      yield* record("metric", { capabilities: mastered })
    }
    const stock = yield* sampleProfits
    if (round === plan.rounds && scenario.settleAt === "lastRound") {
      settlement = { ...stock, parties: yield* capital.results }
    }
  })

  const checkInvariants = Effect.fnUntraced(function* (block: Block, timeSeconds: number) {
    for (const invariant of options.invariants) {
      const message = yield* invariant.check(block)
      if (message !== undefined) yield* violate(invariant.name, block.number, timeSeconds, message)
    }
  })

  const violate = Effect.fnUntraced(function* (
    invariant: string,
    block: bigint,
    timeSeconds: number,
    message: string,
  ) {
    if (violations.length === MOST_VIOLATIONS) return
    const violation = { invariant, block: Number(block), timeSeconds, message }
    violations.push(violation)
    yield* record("violation", violation)
  })

  const lookAhead = Effect.gen(function* () {
    const { liveness } = options
    if (liveness === undefined) return
    const block = yield* chain.chain.blockNumber
    const timeSeconds = (yield* Clock.currentTimeMillis) / 1000
    for (const message of yield* chain.fork(liveness.hanging)) {
      yield* violate(liveness.name, block, timeSeconds, message)
    }
  })

  const observeBlock = Effect.fnUntraced(function* (block: Block) {
    const timeSeconds = Number(block.timestampSeconds) - GENESIS_TIME_SECONDS
    counts.blocks += 1
    counts.transactions += block.receipts.length
    counts.reverted += block.receipts.filter(({ status }) => status !== "success").length
    counts.gasUsed += block.gasUsed
    yield* checkInvariants(block, timeSeconds)
    const logs = block.receipts.flatMap((receipt) => receipt.logs)
    options.liveness?.observe(logs)
    for (const log of logs) capital.observe(log)
    capital.endBlock(timeSeconds)
    for (const log of logs) {
      yield* chronicle.observe(log, timeSeconds)
      yield* ballotBox.observe(log)
      const published = publicationIn(log)
      if (published !== undefined) yield* closeRound(published.round, published.cid, timeSeconds)
    }
    options.onBlock(rounds.at(-1)?.round ?? 0, block.number)
  })

  const begin = Effect.gen(function* () {
    for (const member of cast) atGenesis.set(member.name, yield* holdings(member))
    yield* closeRound(0, options.initialModel, 0)
  })

  const settle = Effect.gen(function* () {
    return settlement ?? { ...(yield* takeStock), parties: yield* capital.results }
  })

  const withChain = Effect.provideService(Chain, chain.chain)
  return {
    chronicle,
    ballotBox,
    rounds,
    capabilities,
    profitOverTime,
    violations,
    counts,
    begin: withChain(begin),
    observeBlock: (block) => withChain(observeBlock(block)),
    settle: withChain(settle),
    lookAhead: withChain(lookAhead),
  }
}

/** The weights of a published model; undefined where there is none that is of the kind that is trained. */
const readModel = (store: ContentStore, cid: string, length: number): Float32Array | undefined => {
  try {
    const { kind, values } = decodeWeights(store.get(cid))
    return kind === "model" && values.length === length ? values : undefined
  } catch (error) {
    if (error instanceof ContentNotFound || error instanceof DocumentMalformed) return undefined
    throw error
  }
}

const forget = (results: { readonly round: number }[], round: number): void => {
  const from = results.findIndex((result) => result.round >= round)
  if (from >= 0) results.splice(from)
}

const profitSample = (
  strategy: string,
  members: readonly CastMember[],
  { timeSeconds, money }: Settlement,
  slashed: Chronicle["slashed"],
): ProfitSample => {
  const count = BigInt(members.length)
  const profit = members.reduce((sum, { name }) => sum + BigInt(money.get(name)?.profit ?? "0"), 0n)
  const lost = members.flatMap(accountsOf).reduce((sum, account) => sum + (slashed.get(account) ?? 0n), 0n)
  return {
    timeSeconds,
    strategy,
    agents: members.length,
    meanProfit: String(profit / count),
    meanSlashed: String(lost / count),
  }
}

/** Verified updates of a round, known-bad ones left out: what an honest aggregator averages. */
const updatesOf = ({ tasks }: Chronicle, round: number): number =>
  [...tasks.values()]
    .filter(({ specification }) => specification?.round === round)
    .flatMap(({ submissions }) => [...submissions.values()])
    .filter(({ outcome, trap }) => outcome === outcomes.correct && !trap).length

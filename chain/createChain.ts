/** A chain on an engine, in virtual time. */
import { Deferred, Duration, Effect, Latch } from "effect"
import { foreign } from "../sim/kernel/foreign.ts"
import { record } from "../sim/kernel/ambient.ts"
import { nowMicros } from "../sim/kernel/now.ts"
import type { RandomStream } from "../sim/kernel/randomStream.ts"
import type { Micros } from "../sim/kernel/time.ts"
import { secondsToMicros } from "../sim/kernel/time.ts"
import { type BlockClock, createBlockClock } from "./blockClock.ts"
import { createBlockProducer } from "./blockProducer.ts"
import type { BlockObserver, Chain, ChainShape } from "./chain.ts"
import type { Address, BlockEnvironment, Engine } from "./engine/engine.ts"
import { MempoolFull, type TransactionDropped, TransactionRefused } from "./errors.ts"
import { fork } from "./fork.ts"
import { type GasAccount, GasAccounts } from "./gasAccounts.ts"
import { LogStore } from "./logStore.ts"
import { Mempool } from "./mempool.ts"
import type { OrderingPolicy } from "./ordering/orderingPolicy.ts"
import { feePriority } from "./ordering/feePriority.ts"
import { problemOf } from "./requestCheck.ts"
import type { PendingTransaction, Receipt, TransactionHash, TransactionRequest } from "./transaction.ts"
import { createViewMemo } from "./viewMemo.ts"

export interface ChainLimits {
  /** Transactions that wait for a block at one time. Default 20,000. */
  readonly maxPending: number
  /** Transactions of the whole run. Default 2,000,000. */
  readonly maxTransactions: number
  /** Logs of the whole run. Default 4,000,000. */
  readonly maxLogs: number
  /** Logs that one subscription holds untaken. Default 65,536. */
  readonly logQueueCapacity: number
}

export interface ChainOptions {
  /** Holds the genesis state already. */
  readonly engine: Engine
  /** Unix time of block 0, which is virtual time 0. */
  readonly genesisTimeSeconds: number
  /** Default 12. */
  readonly blockSeconds?: number
  /** Units of gas. Default 30,000,000. */
  readonly blockGasLimit?: bigint
  /** What a view may use. Default: the block's limit. */
  readonly viewGasLimit?: bigint
  /** Who builds the blocks; default the account `chain/builder` would be: the zero address. */
  readonly coinbase?: Address
  /** Default `feePriority`. */
  readonly ordering?: OrderingPolicy
  /**
   * How long a transaction that this sender submits now takes to the public mempool; undefined = it is lost, until it is
   * submitted again. Asked once a transaction. Default 0.
   */
  readonly latencyMicros?: (from: Address, nowMicros: Micros) => Micros | undefined
  /** Random streams by name: `chain/prevRandao` and `chain/ordering` are drawn from. */
  readonly stream: (name: string) => RandomStream
  readonly limits?: Partial<ChainLimits>
}

export interface ChainSystem {
  /** The service for agents. */
  readonly chain: ChainShape
  /**
   * Builds blocks for ever. Spawn it in the kernel, with a smaller priority number than every agent, so that
   * a block comes before what agents do at the same instant.
   */
  readonly produceBlocks: Effect.Effect<never, unknown>
  /** Adds an observer; observers are called in the order of adding. For invariants and metrics. */
  readonly observeBlocks: (observer: BlockObserver) => void
  /** What a sender's transactions have cost so far. */
  readonly gasOf: (sender: Address) => GasAccount
  /** What all senders together have spent; the priority fees of it are the block builders'. */
  readonly gasTotal: () => GasAccount
  /** Runs a program on what the world would become if nobody else did anything; nothing of it remains. See `fork`. */
  readonly fork: <A, E>(program: Effect.Effect<A, E, Chain>) => Effect.Effect<A, E>
}

const defaultLimits: ChainLimits = {
  maxPending: 20_000,
  maxTransactions: 2_000_000,
  maxLogs: 4_000_000,
  logQueueCapacity: 65_536,
}

/** Blocks after which a sender takes it that its transaction was lost. */
const RESEND_BLOCKS = 3n

const zeroAddress = "0x0000000000000000000000000000000000000000"

export const createChain = (options: ChainOptions): ChainSystem => {
  const limits = { ...defaultLimits, ...options.limits }
  const { engine, latencyMicros = () => 0 } = options
  const blockGasLimit = options.blockGasLimit ?? 30_000_000n
  const clock = createBlockClock({
    blockMicros: secondsToMicros(options.blockSeconds ?? 12),
    genesisTimeSeconds: options.genesisTimeSeconds,
    blockGasLimit,
    coinbase: options.coinbase ?? zeroAddress,
    stream: options.stream("chain/prevRandao"),
  })
  const mempool = new Mempool()
  const logs = new LogStore(limits)
  const gas = new GasAccounts()
  const waiting = new Map<TransactionHash, Deferred.Deferred<Receipt, TransactionDropped>>()
  const hasPending = Latch.makeUnsafe(false)
  const views = createViewMemo(engine, options.viewGasLimit ?? blockGasLimit)
  const producer = createBlockProducer({
    engine,
    clock,
    mempool,
    logs,
    gas,
    ordering: options.ordering ?? feePriority,
    orderingStream: options.stream("chain/ordering"),
    blockGasLimit,
    hasPending,
    settle: (hash, outcome) => {
      const deferred = waiting.get(hash)
      if (deferred !== undefined) Deferred.doneUnsafe(deferred, outcome)
    },
    onStateChange: views.forget,
  })

  const attempt = Effect.fnUntraced(function* (request: TransactionRequest) {
    const problem = problemOf(request, blockGasLimit)
    if (problem !== undefined) return yield* new TransactionRefused({ from: request.from, reason: problem })
    if (mempool.size >= limits.maxPending) {
      return yield* new MempoolFull({ from: request.from, limit: limits.maxPending })
    }
    if (mempool.submitted >= limits.maxTransactions) {
      const reason = `the run has had ${limits.maxTransactions} transactions, its limit`
      return yield* new TransactionRefused({ from: request.from, reason })
    }
    const now = yield* nowMicros
    const latency = latencyMicros(request.from, now)
    if (latency === undefined) {
      const hash = mempool.lose(request)
      yield* record("lost", { hash, from: request.from })
      return { hash, isLost: true }
    }
    const pending = mempool.add(request, now + latency)
    // Sent again after it was lost, it is the same transaction, and somebody may wait for it already.
    if (!waiting.has(pending.hash)) waiting.set(pending.hash, Deferred.makeUnsafe())
    hasPending.openUnsafe()
    yield* record("transaction", traceOf(pending))
    return { hash: pending.hash, isLost: false }
  })

  const awaitReceipt = (hash: TransactionHash): Effect.Effect<Receipt, TransactionDropped> =>
    Effect.suspend(() => {
      let deferred = waiting.get(hash)
      if (deferred === undefined) waiting.set(hash, (deferred = Deferred.makeUnsafe()))
      return Deferred.await(deferred)
    })

  const awaitBlock = Effect.fnUntraced(function* (number: bigint) {
    yield* sleepUntil(clock.timeOf(number))
    yield* producer.idle
  })

  const blockNumber = Effect.map(nowMicros, clock.blockAt)

  /**
   * Who hears nothing of a transaction sends it again after some blocks. One that did arrive is known already, and sending
   * it again changes nothing: so only those that were lost are.
   */
  const send = Effect.fnUntraced(function* (request: TransactionRequest) {
    let sent = yield* attempt(request)
    while (sent.isLost) {
      yield* awaitBlock((yield* blockNumber) + RESEND_BLOCKS)
      sent = yield* attempt(request)
    }
    return yield* awaitReceipt(sent.hash)
  })

  const chain: ChainShape = {
    submit: (request) => Effect.map(attempt(request), ({ hash }) => hash),
    send,
    awaitReceipt,
    view: (request) =>
      Effect.flatMap(blockNumber, (number) => {
        const environment = clock.environment(number)
        const known = views.known(request, environment)
        return known === undefined
          ? foreign("view", () => views.view(request, environment))
          : Effect.succeed(known)
      }),
    blockNumber,
    nextBlock: Effect.flatMap(blockNumber, (number) => Effect.as(awaitBlock(number + 1n), number + 1n)),
    awaitBlock,
    getLogs: (range) => Effect.sync(() => logs.find(range)),
    subscribeLogs: (filter) => logs.subscribe(filter),
    pending: Effect.map(nowMicros, (now) => mempool.arrivedBy(now)),
    codeHashOf: (address) => foreign("code", () => engine.codeHashOf(address)),
    timestampOf: clock.timestampOf,
  }

  return {
    chain,
    produceBlocks: produceBlocks(clock, mempool, hasPending, producer.produce),
    observeBlocks: producer.observe,
    gasOf: (sender) => gas.of(sender),
    gasTotal: () => gas.total,
    fork: (program) =>
      Effect.flatMap(blockNumber, (block) =>
        fork({ engine, block, environmentOf: clock.environment }, program),
      ),
  }
}

const sleepUntil = (timeMicros: Micros): Effect.Effect<void> =>
  Effect.flatMap(nowMicros, (now) =>
    timeMicros > now ? Effect.sleep(Duration.micros(BigInt(timeMicros - now))) : Effect.void,
  )

/** While something is pending, wakes at every block's time; otherwise not at all. */
const produceBlocks = (
  clock: BlockClock,
  mempool: Mempool,
  hasPending: Latch.Latch,
  produce: (environment: BlockEnvironment, timeMicros: Micros) => Effect.Effect<void, unknown>,
): Effect.Effect<never, unknown> =>
  Effect.forever(
    Effect.gen(function* () {
      yield* hasPending.await
      const number = clock.blockAt(yield* nowMicros) + 1n
      yield* sleepUntil(clock.timeOf(number))
      yield* produce(clock.environment(number), clock.timeOf(number))
      if (mempool.size === 0) hasPending.closeUnsafe()
    }),
  )

const traceOf = (pending: PendingTransaction) => ({
  hash: pending.hash,
  from: pending.from,
  to: pending.to,
  sequence: pending.sequence,
  data: pending.data,
  value: pending.value,
  gasLimit: pending.gasLimit,
  priorityFeeWeiPerGas: pending.priorityFeeWeiPerGas,
  arrivalMicros: pending.arrivalMicros,
})

/** Builds one block: order, execute, book, check, tell. */
import { Effect, Latch } from "effect"
import { record } from "../sim/kernel/ambient.ts"
import { foreign } from "../sim/kernel/foreign.ts"
import type { RandomStream } from "../sim/kernel/randomStream.ts"
import type { Micros } from "../sim/kernel/time.ts"
import type { BlockClock } from "./blockClock.ts"
import type { BlockObserver } from "./chain.ts"
import type { BlockEnvironment, Engine } from "./engine/engine.ts"
import { OrderingInvalid, type TransactionDropped } from "./errors.ts"
import { type Dropped, executeInOrder, toBlock, toError } from "./executeBlock.ts"
import type { GasAccounts } from "./gasAccounts.ts"
import type { LogStore } from "./logStore.ts"
import type { Mempool } from "./mempool.ts"
import type { OrderingPolicy } from "./ordering/orderingPolicy.ts"
import type { Block, PendingTransaction, Receipt, TransactionHash } from "./transaction.ts"

export interface BlockProducerOptions {
  readonly engine: Engine
  readonly clock: BlockClock
  readonly mempool: Mempool
  readonly logs: LogStore
  readonly gas: GasAccounts
  readonly ordering: OrderingPolicy
  readonly orderingStream: RandomStream
  readonly blockGasLimit: bigint
  readonly hasPending: Latch.Latch
  /** Ends the waiting for a transaction. */
  readonly settle: (hash: TransactionHash, outcome: Effect.Effect<Receipt, TransactionDropped>) => void
  readonly onStateChange: () => void
}

export interface BlockProducer {
  /** Does nothing when no transaction has arrived by then. Fails with what an observer fails with. */
  readonly produce: (environment: BlockEnvironment, timeMicros: Micros) => Effect.Effect<void, unknown>
  /** Waits while a block is being built. */
  readonly idle: Effect.Effect<void>
  readonly observe: (observer: BlockObserver) => void
}

export const createBlockProducer = (options: BlockProducerOptions): BlockProducer => {
  const { engine, mempool, logs, gas, ordering } = options
  const observers: BlockObserver[] = []
  const isIdle = Latch.makeUnsafe(true)

  const build = Effect.fnUntraced(function* (
    environment: BlockEnvironment,
    candidates: readonly PendingTransaction[],
  ) {
    const context = { blockNumber: environment.number, stream: options.orderingStream }
    const ordered = ordering.order(candidates, context)
    checkOrder(ordering.name, candidates, ordered)
    const executed = yield* foreign("block", () => executeInOrder(engine, ordered, candidates, environment))
    options.onStateChange()
    for (const { pending } of [...executed.included, ...executed.dropped]) mempool.remove(pending.hash)
    const block = toBlock(environment, executed.included)
    const blockLogs = block.receipts.flatMap((receipt) => receipt.logs)
    logs.append(blockLogs)
    for (const receipt of block.receipts) gas.book(receipt)
    yield* recordBlock(block, executed.dropped)
    for (const observer of observers) yield* observer(block)
    for (const receipt of block.receipts) options.settle(receipt.transactionHash, Effect.succeed(receipt))
    for (const dropped of executed.dropped)
      options.settle(dropped.pending.hash, Effect.fail(toError(dropped)))
    logs.publish(blockLogs)
  })

  return {
    produce: (environment, timeMicros) =>
      Effect.suspend(() => {
        const candidates = mempool.arrivedBy(timeMicros)
        if (candidates.length === 0) return Effect.void
        isIdle.closeUnsafe()
        return Effect.ensuring(
          build(environment, candidates),
          Effect.sync(() => isIdle.openUnsafe()),
        )
      }),
    idle: isIdle.await,
    observe: (observer) => void observers.push(observer),
  }
}

const checkOrder = (
  policy: string,
  candidates: readonly PendingTransaction[],
  ordered: readonly PendingTransaction[],
): void => {
  const left = new Set(candidates)
  for (const pending of ordered) {
    if (left.delete(pending)) continue
    throw new OrderingInvalid({ policy, reason: `${pending.hash} is no candidate, or stands there twice` })
  }
}

/** One event for the block, one a receipt, one a log: all of them under the digest. */
const recordBlock = Effect.fnUntraced(function* (block: Block, dropped: readonly Dropped[]) {
  const { number, timestampSeconds, prevRandao, gasUsed } = block
  yield* record("block", {
    number,
    timestampSeconds,
    prevRandao,
    gasUsed,
    transactions: block.receipts.length,
  })
  for (const { logs, ...receipt } of block.receipts) {
    yield* record("receipt", receipt)
    for (const log of logs) yield* record("log", log)
  }
  for (const { pending, reason } of dropped) yield* record("dropped", { hash: pending.hash, reason })
})

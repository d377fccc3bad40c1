/** A chain without waiting, for looking ahead: every transaction is in a block of its own as soon as it is sent. */
import { Effect } from "effect"
import { foreign } from "../sim/kernel/foreign.ts"
import type { ChainShape } from "./chain.ts"
import type { BlockEnvironment, Engine } from "./engine/engine.ts"
import { TransactionDropped, TransactionRefused } from "./errors.ts"
import { executeInOrder, toBlock, toError } from "./executeBlock.ts"
import { LogStore } from "./logStore.ts"
import { Mempool } from "./mempool.ts"
import { problemOf } from "./requestCheck.ts"
import type { Receipt, TransactionHash, TransactionRequest } from "./transaction.ts"

export interface InstantChainOptions {
  readonly engine: Engine
  /** The latest block. */
  readonly block: bigint
  readonly environmentOf: (block: bigint) => BlockEnvironment
}

const limits = { maxLogs: 1_000_000, logQueueCapacity: 65_536 }

/**
 * The same service as every chain. `send` mines the next block at once, `awaitBlock` jumps there without virtual time,
 * and there is never anything pending. Logs are those of its own blocks.
 */
export const createInstantChain = (options: InstantChainOptions): ChainShape => {
  const { engine, environmentOf } = options
  let latest = options.block
  const mempool = new Mempool()
  const logs = new LogStore(limits)
  const outcomes = new Map<TransactionHash, Receipt | TransactionDropped>()

  const submit = Effect.fnUntraced(function* (request: TransactionRequest) {
    const environment = environmentOf(latest + 1n)
    const problem = problemOf(request, environment.gasLimit)
    if (problem !== undefined) return yield* new TransactionRefused({ from: request.from, reason: problem })
    const pending = mempool.add(request, 0)
    mempool.remove(pending.hash)
    const { included, dropped } = yield* foreign("instant block", () =>
      executeInOrder(engine, [pending], [pending], environment),
    )
    latest += 1n
    const block = toBlock(environment, included)
    for (const receipt of block.receipts) outcomes.set(receipt.transactionHash, receipt)
    for (const lost of dropped) outcomes.set(lost.pending.hash, toError(lost))
    const blockLogs = block.receipts.flatMap((receipt) => receipt.logs)
    logs.append(blockLogs)
    logs.publish(blockLogs)
    return pending.hash
  })

  const awaitReceipt = (hash: TransactionHash): Effect.Effect<Receipt, TransactionDropped> =>
    Effect.suspend(() => {
      const outcome = outcomes.get(hash)
      if (outcome === undefined) return Effect.never
      return outcome instanceof TransactionDropped ? Effect.fail(outcome) : Effect.succeed(outcome)
    })

  const jumpTo = (number: bigint): Effect.Effect<void> =>
    Effect.sync(() => {
      if (number > latest) latest = number
    })

  return {
    submit,
    send: (request) => Effect.flatMap(submit(request), awaitReceipt),
    awaitReceipt,
    view: ({ from = nobody, to, data }) =>
      foreign("view", () => {
        const environment = environmentOf(latest)
        return engine.view({ from, to, data, value: 0n, gasLimit: environment.gasLimit }, environment)
      }),
    blockNumber: Effect.sync(() => latest),
    nextBlock: Effect.suspend(() => Effect.as(jumpTo(latest + 1n), latest + 1n)),
    awaitBlock: jumpTo,
    getLogs: (range) => Effect.sync(() => logs.find(range)),
    subscribeLogs: (filter) => logs.subscribe(filter),
    pending: Effect.succeed([]),
    codeHashOf: (address) => foreign("code", () => engine.codeHashOf(address)),
    timestampOf: (block) => environmentOf(block).timestampSeconds,
  }
}

const nobody = "0x0000000000000000000000000000000000000000"

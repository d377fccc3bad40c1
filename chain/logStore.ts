/** All logs of the run, and who waits for which. */
import { Cause, Effect, Queue, type Scope } from "effect"
import type { Address, Hex } from "viem"
import { ChainLimitExceeded, SubscriptionOverflow } from "./errors.ts"
import type { ChainLog } from "./transaction.ts"

/** Which logs; what is not given does not restrict. */
export interface LogFilter {
  readonly address?: Address
  /** The first topic: the event's selector. */
  readonly topic?: Hex
}

export interface LogRange extends LogFilter {
  /** First block, inclusive; 0 unless given. */
  readonly fromBlock?: bigint
  /** Last block, inclusive; the latest unless given. */
  readonly toBlock?: bigint
}

export type LogQueue = Queue.Dequeue<ChainLog, SubscriptionOverflow>

interface Subscriber {
  readonly filter: LogFilter
  readonly queue: Queue.Queue<ChainLog, SubscriptionOverflow>
}

export class LogStore {
  readonly #all: ChainLog[] = []
  readonly #byAddress = new Map<string, ChainLog[]>()
  readonly #subscribers = new Set<Subscriber>()
  readonly #maxLogs: number
  readonly #queueCapacity: number

  constructor(limits: { readonly maxLogs: number; readonly logQueueCapacity: number }) {
    this.#maxLogs = limits.maxLogs
    this.#queueCapacity = limits.logQueueCapacity
  }

  /** Throws `ChainLimitExceeded`. */
  append(logs: readonly ChainLog[]): void {
    if (this.#all.length + logs.length > this.#maxLogs) {
      throw new ChainLimitExceeded({ what: "logs", limit: this.#maxLogs })
    }
    for (const log of logs) {
      this.#all.push(log)
      const key = log.address.toLowerCase()
      const ofAddress = this.#byAddress.get(key)
      if (ofAddress === undefined) this.#byAddress.set(key, [log])
      else ofAddress.push(log)
    }
  }

  /** Hands logs to those who subscribed to them, in the order of subscription. */
  publish(logs: readonly ChainLog[]): void {
    for (const { filter, queue } of this.#subscribers) {
      for (const log of logs) {
        if (!matches(log, filter)) continue
        if (Queue.offerUnsafe(queue, log)) continue
        const overflow = new SubscriptionOverflow({ capacity: this.#queueCapacity })
        Queue.failCauseUnsafe(queue, Cause.fail(overflow))
        break
      }
    }
  }

  find(range: LogRange): readonly ChainLog[] {
    const { address, fromBlock = 0n, toBlock } = range
    const candidates = address === undefined ? this.#all : (this.#byAddress.get(address.toLowerCase()) ?? [])
    const found: ChainLog[] = []
    for (let index = firstAtOrAfter(candidates, fromBlock); index < candidates.length; index++) {
      const log = candidates[index] as ChainLog
      if (toBlock !== undefined && log.blockNumber > toBlock) break
      if (matches(log, range)) found.push(log)
    }
    return found
  }

  /** Logs of later blocks, until the scope closes. */
  subscribe(filter: LogFilter): Effect.Effect<LogQueue, never, Scope.Scope> {
    const acquire = Effect.map(
      Queue.make<ChainLog, SubscriptionOverflow>({ capacity: this.#queueCapacity, strategy: "dropping" }),
      (queue) => {
        const subscriber = { filter, queue }
        this.#subscribers.add(subscriber)
        return subscriber
      },
    )
    const release = (subscriber: Subscriber) => {
      this.#subscribers.delete(subscriber)
      return Queue.shutdown(subscriber.queue)
    }
    return Effect.map(Effect.acquireRelease(acquire, release), ({ queue }) => queue)
  }
}

const matches = (log: ChainLog, { address, topic }: LogFilter): boolean =>
  (address === undefined || log.address.toLowerCase() === address.toLowerCase()) &&
  (topic === undefined || log.topics[0] === topic)

/** Logs lie in the order of blocks. */
const firstAtOrAfter = (logs: readonly ChainLog[], block: bigint): number => {
  let low = 0
  let high = logs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((logs[middle] as ChainLog).blockNumber < block) low = middle + 1
    else high = middle
  }
  return low
}

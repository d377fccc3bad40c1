import type { RandomStream } from "../../sim/kernel/randomStream.ts"
import type { PendingTransaction } from "../transaction.ts"

export interface OrderingContext {
  readonly blockNumber: bigint
  /** The builder's own random stream. */
  readonly stream: RandomStream
}

/**
 * How a block builder orders what has reached the mempool. It may leave transactions out (they stay in the
 * mempool), never invent or repeat one. Whatever it says, a sender's transactions are executed in their
 * sequence: one whose predecessor is left out stays too.
 */
export interface OrderingPolicy {
  /** As scenarios name it. */
  readonly name: string
  /** `candidates` come in the order of arrival. */
  readonly order: (
    candidates: readonly PendingTransaction[],
    context: OrderingContext,
  ) => readonly PendingTransaction[]
}

/**
 * Merges the senders' sequences: of each sender's next transaction, the one that `before` puts first is
 * taken, again and again. `before` must be a strict total order.
 */
export const mergeSenders = (
  candidates: readonly PendingTransaction[],
  before: (a: PendingTransaction, b: PendingTransaction) => boolean,
): readonly PendingTransaction[] => {
  const waiting = new Map<string, PendingTransaction[]>()
  for (const candidate of candidates) {
    const own = waiting.get(candidate.from)
    if (own === undefined) waiting.set(candidate.from, [candidate])
    else own.push(candidate)
  }
  const heads: PendingTransaction[] = []
  for (const own of waiting.values()) {
    own.sort((a, b) => b.sequence - a.sequence)
    pushHeap(heads, own.pop() as PendingTransaction, before)
  }
  const ordered: PendingTransaction[] = []
  for (let head = popHeap(heads, before); head !== undefined; head = popHeap(heads, before)) {
    ordered.push(head)
    const next = waiting.get(head.from)?.pop()
    if (next !== undefined) pushHeap(heads, next, before)
  }
  return ordered
}

type Before = (a: PendingTransaction, b: PendingTransaction) => boolean

const pushHeap = (heap: PendingTransaction[], item: PendingTransaction, before: Before): void => {
  let place = heap.length
  while (place > 0) {
    const parent = (place - 1) >> 1
    const above = heap[parent] as PendingTransaction
    if (!before(item, above)) break
    heap[place] = above
    place = parent
  }
  heap[place] = item
}

const popHeap = (heap: PendingTransaction[], before: Before): PendingTransaction | undefined => {
  const first = heap[0]
  const item = heap.pop()
  if (item === undefined || heap.length === 0) return first
  let place = 0
  for (;;) {
    let child = 2 * place + 1
    if (child >= heap.length) break
    const right = heap[child + 1]
    if (right !== undefined && before(right, heap[child] as PendingTransaction)) child++
    const below = heap[child] as PendingTransaction
    if (!before(below, item)) break
    heap[place] = below
    place = child
  }
  heap[place] = item
  return first
}

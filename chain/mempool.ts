/** Transactions that are submitted and in no block yet. */
import type { Micros } from "../sim/kernel/time.ts"
import { sha256Hex } from "../sim/kernel/hash.ts"
import {
  defaultGasLimit,
  type PendingTransaction,
  type TransactionHash,
  type TransactionRequest,
} from "./transaction.ts"

interface SenderState {
  nextSequence: number
  lastArrivalMicros: Micros
}

export class Mempool {
  /** In the order of submission. */
  readonly #pending = new Map<string, PendingTransaction>()
  readonly #senders = new Map<string, SenderState>()
  #submitted = 0

  get size(): number {
    return this.#pending.size
  }

  /** How many transactions were ever submitted. */
  get submitted(): number {
    return this.#submitted
  }

  /**
   * Takes a transaction that reaches the public at `arrivalMicros`, or with its sender's previous one if that
   * is later: a network connection does not reorder what one sender says.
   */
  add(request: TransactionRequest, arrivalMicros: Micros): PendingTransaction {
    const sender = this.#sender(request.from)
    const arrival = Math.max(arrivalMicros, sender.lastArrivalMicros)
    const content = contentOf(request, sender.nextSequence++)
    const pending = { ...content, hash: hashOf(content), index: this.#submitted++, arrivalMicros: arrival }
    sender.lastArrivalMicros = arrival
    this.#pending.set(pending.hash, pending)
    return pending
  }

  /** The hash of a transaction that gets lost on its way: its place in the sender's sequence stays free. */
  lose(request: TransactionRequest): TransactionHash {
    return hashOf(contentOf(request, this.#sender(request.from).nextSequence))
  }

  /** What has reached the public by a time, in the order of arrival, then of submission. */
  arrivedBy(timeMicros: Micros): readonly PendingTransaction[] {
    const arrived = [...this.#pending.values()].filter(({ arrivalMicros }) => arrivalMicros <= timeMicros)
    return arrived.sort((a, b) => a.arrivalMicros - b.arrivalMicros || a.index - b.index)
  }

  remove(hash: string): void {
    this.#pending.delete(hash)
  }

  #sender(from: string): SenderState {
    const known = this.#senders.get(from)
    if (known !== undefined) return known
    const created = { nextSequence: 0, lastArrivalMicros: 0 }
    this.#senders.set(from, created)
    return created
  }
}

type Content = Omit<PendingTransaction, "hash" | "index" | "arrivalMicros">

const contentOf = (request: TransactionRequest, sequence: number): Content => ({
  from: request.from,
  to: request.to,
  data: request.data,
  value: request.value ?? 0n,
  gasLimit: request.gasLimit ?? defaultGasLimit,
  priorityFeeWeiPerGas: request.priorityFeeWeiPerGas ?? 0n,
  sequence,
})

const hashOf = (content: Content): `0x${string}` => {
  const { from, sequence, to, value, gasLimit, priorityFeeWeiPerGas, data } = content
  return `0x${sha256Hex([from, sequence, to, value, gasLimit, priorityFeeWeiPerGas, data].join("\n"))}`
}

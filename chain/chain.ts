/** The chain as programs see it: one service, whatever engine and ordering lie behind it. */
import { Context, type Effect, type Scope } from "effect"
import type { Address, Execution, Hex } from "./engine/engine.ts"
import type { MempoolFull, TransactionDropped, TransactionRefused } from "./errors.ts"
import type { LogQueue, LogFilter, LogRange } from "./logStore.ts"
import type {
  Block,
  ChainLog,
  PendingTransaction,
  Receipt,
  TransactionHash,
  TransactionRequest,
} from "./transaction.ts"

/** A call that changes nothing. */
export interface ViewRequest {
  /** `msg.sender` of the call; the zero address unless given. */
  readonly from?: Address
  readonly to: Address
  readonly data: Hex
}

export type SubmitError = TransactionRefused | MempoolFull

/**
 * *When to use*: for everything between an agent and the contracts. `bindContract` is the typed way to it.
 *
 * *Gotchas*: block n is built at n × 12 virtual seconds, and only if a transaction has reached the mempool by
 * then. Of a transaction submitted exactly at a block's time, the next block is the first that can hold it.
 */
export interface ChainShape {
  /** Sends a transaction on its way and returns at once; costs no virtual time. */
  readonly submit: (request: TransactionRequest) => Effect.Effect<TransactionHash, SubmitError>
  /**
   * `submit`, then waits until a block holds it, and sends it again every few blocks if the network lost it. A reverted
   * transaction has a receipt like any other.
   */
  readonly send: (request: TransactionRequest) => Effect.Effect<Receipt, SubmitError | TransactionDropped>
  /** The receipt of a submitted transaction, once a block holds it. Waits for ever for an unknown hash. */
  readonly awaitReceipt: (hash: TransactionHash) => Effect.Effect<Receipt, TransactionDropped>
  /** Executes a call on the latest state, as of the latest block. Costs no virtual time and leaves no trace. */
  readonly view: (request: ViewRequest) => Effect.Effect<Execution>
  /** Number of the latest block, empty ones included; 0 is genesis. */
  readonly blockNumber: Effect.Effect<bigint>
  /** Waits for the next block and returns its number. */
  readonly nextBlock: Effect.Effect<bigint>
  /** Waits until block `number` and everything in it is done; returns at once when it is already past. */
  readonly awaitBlock: (number: bigint) => Effect.Effect<void>
  /** Past logs, in order. */
  readonly getLogs: (range: LogRange) => Effect.Effect<readonly ChainLog[]>
  /**
   * Logs of blocks to come, while the scope is open. Blocks never wait for a subscriber: one that leaves more
   * lying than its queue holds finds `SubscriptionOverflow` at the end of it.
   */
  readonly subscribeLogs: (filter: LogFilter) => Effect.Effect<LogQueue, never, Scope.Scope>
  /** The public mempool, in the order of arrival: what has got through the network and is in no block yet. */
  readonly pending: Effect.Effect<readonly PendingTransaction[]>
  /** Keccak-256 of an account's code, as everybody can read it. Costs no virtual time. */
  readonly codeHashOf: (address: Address) => Effect.Effect<Hex>
  /** Unix time of a block, seconds. */
  readonly timestampOf: (block: bigint) => bigint
}

/** The chain that a program runs against. */
export class Chain extends Context.Service<Chain, ChainShape>()("autonet/Chain") {}

/** Called with each block after its execution, before anybody learns of it. A failure ends the run. */
export type BlockObserver = (block: Block) => Effect.Effect<void, unknown>

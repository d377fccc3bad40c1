/** What goes into the mempool and what comes out of a block. */
import type { Address, EngineLog, Execution, Hex } from "./engine/engine.ts"
import type { Micros } from "../sim/kernel/time.ts"

/** SHA-256 over all that a transaction says, with its place among its sender's. */
export type TransactionHash = Hex

export interface TransactionRequest {
  readonly from: Address
  /** `null` creates a contract. */
  readonly to: Address | null
  readonly data: Hex
  /** Native value, wei; 0 unless given. */
  readonly value?: bigint
  /** Units of gas; `defaultGasLimit` unless given. */
  readonly gasLimit?: bigint
  /** ATN wei paid to the block builder per unit of gas used, outside the EVM; 0 unless given. */
  readonly priorityFeeWeiPerGas?: bigint
}

export const defaultGasLimit = 5_000_000n

/** A transaction as the mempool shows it to everyone, block builders included. */
export interface PendingTransaction extends Required<TransactionRequest> {
  readonly hash: TransactionHash
  /** Counts the sender's transactions from 0; a block takes them in this order only. */
  readonly sequence: number
  /** Counts all transactions of the run from 0, in the order of submission. */
  readonly index: number
  /** When it has reached the public mempool, after its sender's network delay. */
  readonly arrivalMicros: Micros
}

export interface ChainLog extends EngineLog {
  readonly blockNumber: bigint
  readonly transactionHash: TransactionHash
  readonly transactionIndex: number
  /** Position among the logs of its block. */
  readonly logIndex: number
}

export interface Receipt {
  readonly transactionHash: TransactionHash
  readonly blockNumber: bigint
  /** Position in its block. */
  readonly transactionIndex: number
  readonly from: Address
  readonly to: Address | null
  /** The contract that it created, if it did. */
  readonly contractAddress?: Address
  readonly status: Execution["status"]
  readonly gasUsed: bigint
  readonly priorityFeeWeiPerGas: bigint
  readonly returnData: Hex
  readonly logs: readonly ChainLog[]
  /** Why it halted, in the engine's words. */
  readonly reason?: string
}

/** A block with at least one transaction; empty blocks exist only as numbers. */
export interface Block {
  readonly number: bigint
  readonly timestampSeconds: bigint
  readonly prevRandao: Hex
  readonly gasUsed: bigint
  readonly receipts: readonly Receipt[]
}

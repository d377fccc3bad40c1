/**
 * What the simulation asks of an EVM. The reference engine is `./ethereumjs`; another engine that
 * satisfies this interface must agree with it on every status, return datum, log and unit of gas.
 */
import type { Address, Hex } from "viem"

export type { Address, Hex } from "viem"

/** A value, or the promise of one: an engine may be synchronous. */
export type Awaitable<A> = A | Promise<A>

export interface AccessListEntry {
  readonly address: Address
  /** 32 bytes each. */
  readonly storageKeys: readonly Hex[]
}

/** In wei per gas. A legacy gas price `p` is `{ maxFeePerGas: p, maxPriorityFeePerGas: p }`. */
export interface Fees {
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

/**
 * A call or a contract creation. The sender is known; no signature exists anywhere. The simulation states
 * no fees (gas is priced in ATN outside, see the cost ledger), so that `from` needs no native balance.
 */
export interface Message {
  readonly from: Address
  /** `null` creates a contract with `data` as its init code. */
  readonly to: Address | null
  readonly data: Hex
  /** Native value in wei; 0 for everything that the protocol does. */
  readonly value: bigint
  /** In units of gas, including the intrinsic cost of the transaction. */
  readonly gasLimit: bigint
  /** Must equal the sender's; taken from the sender when absent. */
  readonly nonce?: bigint
  /** 0 when absent. The priority part goes to the coinbase, the base fee to nobody. */
  readonly fees?: Fees
  /** Warm from the start, at a price (EIP-2930). */
  readonly accessList?: readonly AccessListEntry[]
  /** Makes it a blob transaction (EIP-4844), which no engine here offers: `NotSupported`. */
  readonly blobVersionedHashes?: readonly Hex[]
}

/**
 * The block that a message sees. Fork rules are Cancun's. How much gas a block's messages may use together
 * is for the chain to watch, not for the engine.
 */
export interface BlockEnvironment {
  readonly number: bigint
  readonly timestampSeconds: bigint
  /** 32 bytes; what `block.prevrandao` returns. */
  readonly prevRandao: Hex
  readonly coinbase: Address
  readonly gasLimit: bigint
  /** 0 when absent. */
  readonly baseFeePerGas?: bigint
  /** 1, the least there is, when absent. */
  readonly blobBaseFee?: bigint
}

/** An account as it stands between transactions. */
export interface AccountState {
  readonly address: Address
  readonly nonce: bigint
  /** Native, in wei. */
  readonly balance: bigint
  readonly code: Hex
  /** 32 bytes each; no value is zero; sorted by slot. */
  readonly storage: readonly (readonly [slot: Hex, value: Hex])[]
}

/** A log as the EVM emits it; position in block and transaction is added by the chain. */
export interface EngineLog {
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
}

export interface Execution {
  /**
   * `success`; `reverted`: the contract executed REVERT, `returnData` is its reason; `halted`: an
   * exceptional halt (out of gas, invalid opcode, …), all gas is used, `reason` names the halt.
   */
  readonly status: "success" | "reverted" | "halted"
  /** Units of gas after refunds, including the intrinsic cost. For a view, the cost as a transaction. */
  readonly gasUsed: bigint
  readonly returnData: Hex
  /** Empty unless `status` is `success`. */
  readonly logs: readonly EngineLog[]
  /** Set by a successful contract creation. */
  readonly createdAddress?: Address
  /** The engine's word for an exceptional halt, e.g. `out of gas`. */
  readonly reason?: string
}

/** A mark in the engine's undo journal. Valid until a snapshot that is older than it is restored. */
export interface Snapshot {
  readonly mark: number
}

/** A message that no block could contain: wrong before a single opcode runs. Nothing was changed. */
export class InvalidMessage extends Error {
  override readonly name = "InvalidMessage"
}

/** A snapshot was restored that is not on the engine's journal any more. */
export class StaleSnapshot extends Error {
  override readonly name = "StaleSnapshot"
}

/** A thing of Cancun that no engine here offers: blob transactions, point evaluation. Nothing was changed. */
export class NotSupported extends Error {
  override readonly name = "NotSupported"
}

export interface Engine {
  /** Recorded in manifests, never part of a run's identity or digest: engines must agree. */
  readonly name: string
  /**
   * Executes a transaction and keeps its effects: the sender's nonce grows by one even when it reverts.
   * Calls must not overlap; the caller awaits each one. Rejects with `InvalidMessage` when the gas limit
   * is below the intrinsic cost, the balance is below the value and the dearest fee, the nonce is not the
   * sender's, the fees are below the base fee or contradict each other, the init code is too large, or the
   * sender has code.
   */
  transact(message: Message, block: BlockEnvironment): Awaitable<Execution>
  /** As `transact`, but leaves no trace in the state. */
  view(message: Message, block: BlockEnvironment): Awaitable<Execution>
  /** Marks the current state. Costs nothing; must not be called during an execution. */
  snapshot(): Snapshot
  /** Undoes everything since the mark, in time proportional to what changed. Throws `StaleSnapshot`. */
  restore(snapshot: Snapshot): void
  /** Forgets how to undo what happened so far, which frees the journal; older snapshots become stale. */
  forgetHistory(): void
  /** Ethereum's Merkle Patricia root over the whole state; computed on request only, slowly. */
  stateRoot(): Awaitable<Hex>
  codeOf(address: Address): Awaitable<Hex>
  /** Keccak-256 of the code; of nothing for an account without code. */
  codeHashOf(address: Address): Awaitable<Hex>
  nonceOf(address: Address): Awaitable<bigint>
  /** Native balance in wei. */
  balanceOf(address: Address): Awaitable<bigint>
  setBalance(address: Address, wei: bigint): Awaitable<void>
  /** The 32-byte value of a storage slot; zero when unset. */
  storageAt(address: Address, slot: Hex): Awaitable<Hex>
  /** Every account, sorted by address. For roots, differential tests and audits. */
  accounts(): Awaitable<readonly AccountState[]>
  /** Puts an account in place, as at genesis; replaces what was there. */
  putAccount(account: AccountState): Awaitable<void>
  /** An independent engine with the same state and no history. */
  fork(): Awaitable<Engine>
}

/**
 * The world state as plain maps with an undo journal. A checkpoint is a mark in the journal; a commit
 * forgets the mark; a revert undoes what came after it. Each costs no more than what changed. There is
 * no trie: the state root is computed elsewhere, when somebody asks.
 */
import type { AccountFields, StateManagerInterface } from "@ethereumjs/common"
import { Account, type Address, KECCAK256_NULL, KECCAK256_RLP } from "@ethereumjs/util"
import { keccak256 } from "viem"
import { StaleSnapshot, type Snapshot } from "../engine.ts"
import { type AddressKey, addressKey } from "./addressKey.ts"
import { bytesToUnprefixed, bytesToWord, wordToShortestBytes } from "./words.ts"

const noCode = new Uint8Array(0)

/** What `storageRoot` says of an account with storage: only its being different from the empty root counts. */
const someStorageRoot = new Uint8Array(32).fill(1)

export class FlatAccount {
  nonce = 0n
  balance = 0n
  codeHash: Uint8Array = KECCAK256_NULL
  code: Uint8Array = noCode
  /** Slot to value; a zero is never stored. */
  storage = new Map<bigint, bigint>()

  copy(): FlatAccount {
    const copy = Object.assign(new FlatAccount(), this)
    copy.storage = new Map(this.storage)
    return copy
  }
}

/** One reversible change. */
export interface Change {
  undo(): void
}

class AccountChange implements Change {
  readonly #account: FlatAccount
  readonly #nonce: bigint
  readonly #balance: bigint
  readonly #codeHash: Uint8Array
  readonly #code: Uint8Array
  constructor(account: FlatAccount) {
    this.#account = account
    this.#nonce = account.nonce
    this.#balance = account.balance
    this.#codeHash = account.codeHash
    this.#code = account.code
  }
  undo() {
    this.#account.nonce = this.#nonce
    this.#account.balance = this.#balance
    this.#account.codeHash = this.#codeHash
    this.#account.code = this.#code
  }
}

class AccountSetChange implements Change {
  readonly #accounts: Map<AddressKey, FlatAccount>
  readonly #key: AddressKey
  readonly #previous: FlatAccount | undefined
  constructor(accounts: Map<AddressKey, FlatAccount>, key: AddressKey) {
    this.#accounts = accounts
    this.#key = key
    this.#previous = accounts.get(key)
  }
  undo() {
    if (this.#previous === undefined) this.#accounts.delete(this.#key)
    else this.#accounts.set(this.#key, this.#previous)
  }
}

class SlotChange implements Change {
  readonly #storage: Map<bigint, bigint>
  readonly #slot: bigint
  readonly #previous: bigint
  constructor(storage: Map<bigint, bigint>, slot: bigint, previous: bigint) {
    this.#storage = storage
    this.#slot = slot
    this.#previous = previous
  }
  undo() {
    setSlot(this.#storage, this.#slot, this.#previous)
  }
}

class StorageReplaced implements Change {
  readonly #account: FlatAccount
  readonly #previous: Map<bigint, bigint>
  constructor(account: FlatAccount) {
    this.#account = account
    this.#previous = account.storage
  }
  undo() {
    this.#account.storage = this.#previous
  }
}

const setSlot = (storage: Map<bigint, bigint>, slot: bigint, value: bigint): void => {
  if (value === 0n) storage.delete(slot)
  else storage.set(slot, value)
}

export class FlatState implements StateManagerInterface {
  readonly accounts = new Map<AddressKey, FlatAccount>()
  readonly #codeByHash = new Map<string, Uint8Array>()
  /** Slot values at the start of the transaction, of those slots that it wrote. */
  readonly #originals = new Map<AddressKey, Map<bigint, bigint>>()
  #changes: Change[] = []
  readonly #marks: number[] = []
  /** Those that can still be restored, oldest first; while there are any, the journal is kept. */
  readonly #snapshots: Snapshot[] = []

  readonly originalStorageCache = {
    get: (address: Address, slot: Uint8Array): Promise<Uint8Array> =>
      Promise.resolve(wordToShortestBytes(this.originalSlot(addressKey(address), bytesToWord(slot)))),
    clear: (): void => this.#originals.clear(),
  }

  // The synchronous face, which the tuned interpreter uses.

  record(change: Change): void {
    this.#changes.push(change)
  }

  slot(key: AddressKey, slot: bigint): bigint {
    return this.accounts.get(key)?.storage.get(slot) ?? 0n
  }

  originalSlot(key: AddressKey, slot: bigint): bigint {
    return this.#originals.get(key)?.get(slot) ?? this.slot(key, slot)
  }

  setSlot(key: AddressKey, slot: bigint, value: bigint): void {
    const { storage } = this.#present(key)
    const previous = storage.get(slot) ?? 0n
    if (previous === value) return
    let originals = this.#originals.get(key)
    if (originals === undefined) this.#originals.set(key, (originals = new Map()))
    if (!originals.has(slot)) originals.set(slot, previous)
    this.#changes.push(new SlotChange(storage, slot, previous))
    setSlot(storage, slot, value)
  }

  /** Ends a transaction: what slots hold now is what they originally held for the next one. */
  endTransaction(): void {
    this.#originals.clear()
    if (this.#snapshots.length === 0 && this.#marks.length === 0) this.#changes = []
  }

  snapshot(): Snapshot {
    const snapshot = { mark: this.#changes.length }
    this.#snapshots.push(snapshot)
    return snapshot
  }

  restore(snapshot: Snapshot): void {
    const place = this.#snapshots.indexOf(snapshot)
    if (place === -1) {
      throw new StaleSnapshot(
        "This snapshot's history was forgotten, or an older snapshot was restored since.",
      )
    }
    this.#snapshots.length = place + 1
    this.#undoTo(snapshot.mark)
    this.#originals.clear()
  }

  forgetHistory(): void {
    this.#changes = []
    this.#snapshots.length = 0
  }

  /** Takes over the accounts of another state, none of its history. */
  copyFrom(source: FlatState): void {
    for (const [hash, code] of source.#codeByHash) this.#codeByHash.set(hash, code)
    for (const [key, account] of source.accounts) this.accounts.set(key, account.copy())
  }

  #undoTo(mark: number): void {
    for (let index = this.#changes.length - 1; index >= mark; index--) this.#changes[index]?.undo()
    this.#changes.length = mark
  }

  #present(key: AddressKey): FlatAccount {
    const existing = this.accounts.get(key)
    if (existing !== undefined) return existing
    const created = new FlatAccount()
    this.#changes.push(new AccountSetChange(this.accounts, key))
    this.accounts.set(key, created)
    return created
  }

  /** The one object that stands for this code, so that what is derived from code can be kept by identity. */
  #intern(code: Uint8Array, hash: Uint8Array): Uint8Array {
    const key = bytesToUnprefixed(hash)
    const known = this.#codeByHash.get(key)
    if (known !== undefined) return known
    const copy = Uint8Array.from(code)
    this.#codeByHash.set(key, copy)
    return copy
  }

  // EthereumJS's face.

  async getAccount(address: Address): Promise<Account | undefined> {
    const flat = this.accounts.get(addressKey(address))
    if (flat === undefined) return undefined
    const storageRoot = flat.storage.size === 0 ? KECCAK256_RLP : someStorageRoot
    return new Account(flat.nonce, flat.balance, storageRoot, flat.codeHash)
  }

  async putAccount(address: Address, account?: Account): Promise<void> {
    if (account === undefined) return this.deleteAccount(address)
    const flat = this.#present(addressKey(address))
    this.#changes.push(new AccountChange(flat))
    flat.nonce = account.nonce
    flat.balance = account.balance
    if (flat.codeHash !== account.codeHash) {
      flat.codeHash = account.codeHash
      flat.code = this.#codeByHash.get(bytesToUnprefixed(account.codeHash)) ?? noCode
    }
  }

  async deleteAccount(address: Address): Promise<void> {
    const key = addressKey(address)
    if (!this.accounts.has(key)) return
    this.#changes.push(new AccountSetChange(this.accounts, key))
    this.accounts.delete(key)
  }

  async modifyAccountFields(address: Address, fields: AccountFields): Promise<void> {
    const account = (await this.getAccount(address)) ?? new Account()
    Object.assign(account, fields)
    return this.putAccount(address, account)
  }

  async getCode(address: Address): Promise<Uint8Array> {
    return this.accounts.get(addressKey(address))?.code ?? noCode
  }

  async getCodeSize(address: Address): Promise<number> {
    return (await this.getCode(address)).length
  }

  async putCode(address: Address, code: Uint8Array): Promise<void> {
    const flat = this.#present(addressKey(address))
    this.#changes.push(new AccountChange(flat))
    flat.codeHash = code.length === 0 ? KECCAK256_NULL : keccak256(code, "bytes")
    flat.code = this.#intern(code, flat.codeHash)
  }

  async getStorage(address: Address, slot: Uint8Array): Promise<Uint8Array> {
    return wordToShortestBytes(this.slot(addressKey(address), bytesToWord(slot)))
  }

  async putStorage(address: Address, slot: Uint8Array, value: Uint8Array): Promise<void> {
    this.setSlot(addressKey(address), bytesToWord(slot), bytesToWord(value))
  }

  async clearStorage(address: Address): Promise<void> {
    const flat = this.accounts.get(addressKey(address))
    if (flat === undefined || flat.storage.size === 0) return
    this.#changes.push(new StorageReplaced(flat))
    flat.storage = new Map()
  }

  /** Returns what `revertNowTo` goes back to. */
  checkpointNow(): number {
    return this.#marks.push(this.#changes.length) - 1
  }

  commitNow(): void {
    this.#marks.pop()
  }

  revertNow(): void {
    const mark = this.#marks.pop()
    if (mark === undefined) throw new Error("A revert without a checkpoint.")
    this.#undoTo(mark)
  }

  /** Reverts this checkpoint and those within it, which an exception may have left open. */
  revertNowTo(checkpoint: number): void {
    this.#marks.length = checkpoint + 1
    this.revertNow()
  }

  async checkpoint(): Promise<void> {
    this.checkpointNow()
  }

  async commit(): Promise<void> {
    this.commitNow()
  }

  async revert(): Promise<void> {
    this.revertNow()
  }

  clearCaches(): void {
    this.#originals.clear()
  }

  // A flat state has no roots and is not copied: snapshots do that work.

  getStateRoot(): Promise<Uint8Array> {
    return Promise.reject(new Error("A flat state has no trie; use stateRootOf."))
  }

  setStateRoot(): Promise<void> {
    return Promise.reject(new Error("A flat state cannot move to a root; use snapshot and restore."))
  }

  async hasStateRoot(): Promise<boolean> {
    return false
  }

  shallowCopy(): FlatState {
    throw new Error("A flat state is not copied; use snapshot and restore.")
  }
}

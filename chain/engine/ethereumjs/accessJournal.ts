/**
 * Which addresses and slots a transaction has touched and warmed (EIP-161, EIP-2929). Takes the place of
 * EthereumJS's journal and shares the flat state's undo journal, so that a frame has one mark, not two.
 */
import { Account, Address, RIPEMD160_ADDRESS_STRING } from "@ethereumjs/util"
import { type AddressKey, addressKey } from "./addressKey.ts"
import type { Change, FlatState } from "./flatState.ts"
import { hexToBytes } from "../hexToBytes.ts"
import { bytesToUnprefixed, bytesToWord } from "./words.ts"

class Added<A> implements Change {
  readonly #set: Set<A>
  readonly #member: A
  constructor(set: Set<A>, member: A) {
    this.#set = set
    this.#member = member
  }
  undo() {
    this.#set.delete(this.#member)
  }
}

const withoutPrefix = (hex: string): string => (hex.startsWith("0x") ? hex.slice(2) : hex)

export class AccessJournal {
  readonly #state: FlatState
  readonly #warmAddresses = new Set<AddressKey>()
  readonly #warmSlots = new Map<AddressKey, Set<bigint>>()
  readonly #touched = new Set<AddressKey>()

  constructor(state: FlatState) {
    this.#state = state
  }

  /** Warms a slot; true when it was warm before. */
  warmSlot(key: AddressKey, slot: bigint): boolean {
    let slots = this.#warmSlots.get(key)
    if (slots === undefined) this.#warmSlots.set(key, (slots = new Set()))
    if (slots.has(slot)) return true
    slots.add(slot)
    this.#state.record(new Added(slots, slot))
    return false
  }

  // The face of EthereumJS's journal.

  putAccount(address: Address, account: Account | undefined): Promise<void> {
    this.#touch(address)
    return this.#state.putAccount(address, account)
  }

  deleteAccount(address: Address): Promise<void> {
    this.#touch(address)
    return this.#state.deleteAccount(address)
  }

  checkpoint(): Promise<void> {
    return this.#state.checkpoint()
  }

  commit(): Promise<void> {
    return this.#state.commit()
  }

  revert(): Promise<void> {
    return this.#state.revert()
  }

  /** Ends a transaction: touched accounts that are empty disappear, and nothing is warm any more. */
  async cleanup(): Promise<void> {
    for (const key of this.#touched) {
      const flat = this.#state.accounts.get(key)
      if (flat === undefined || flat.nonce !== 0n || flat.balance !== 0n || flat.code.length > 0) continue
      await this.#state.deleteAccount(new Address(hexToBytes(`0x${key}`) as Uint8Array))
    }
    this.cleanJournal()
  }

  cleanJournal(): void {
    this.#warmAddresses.clear()
    this.#warmSlots.clear()
    this.#touched.clear()
  }

  addAlwaysWarmAddress(address: string): void {
    this.#warmAddresses.add(withoutPrefix(address))
  }

  addAlwaysWarmSlot(address: string, slot: string): void {
    const key = withoutPrefix(address)
    this.addAlwaysWarmAddress(key)
    const slots = this.#warmSlots.get(key) ?? new Set<bigint>()
    this.#warmSlots.set(key, slots.add(BigInt(`0x${withoutPrefix(slot)}`)))
  }

  isWarmedAddress(address: Uint8Array): boolean {
    return this.#warmAddresses.has(bytesToUnprefixed(address))
  }

  addWarmedAddress(address: Uint8Array): void {
    const key = bytesToUnprefixed(address)
    if (this.#warmAddresses.has(key)) return
    this.#warmAddresses.add(key)
    this.#state.record(new Added(this.#warmAddresses, key))
  }

  isWarmedStorage(address: Uint8Array, slot: Uint8Array): boolean {
    return this.#warmSlots.get(bytesToUnprefixed(address))?.has(bytesToWord(slot)) ?? false
  }

  addWarmedStorage(address: Uint8Array, slot: Uint8Array): void {
    this.addWarmedAddress(address)
    this.warmSlot(bytesToUnprefixed(address), bytesToWord(slot))
  }

  startReportingAccessList(): void {
    throw new Error("Access lists are not reported by the tuned journal.")
  }

  startReportingPreimages(): void {
    throw new Error("Preimages are not reported by the tuned journal.")
  }

  #touch(address: Address): void {
    const key = addressKey(address)
    if (this.#touched.has(key)) return
    this.#touched.add(key)
    // The precompile at address 3 stays touched even when its frame reverts: a quirk that mainnet kept.
    if (key !== RIPEMD160_ADDRESS_STRING) this.#state.record(new Added(this.#touched, key))
  }
}

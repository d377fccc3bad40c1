/** A Merkle trie knows hashes of addresses and slots only; this one remembers what they are hashes of. */
import { MerkleStateManager } from "@ethereumjs/statemanager"
import type { Account, Address } from "@ethereumjs/util"
import { createAddressFromString, hexToBytes } from "@ethereumjs/util"
import { bytesToHex, pad } from "viem"
import type { AccountState, Hex } from "../engine.ts"

export class RecordingStateManager extends MerkleStateManager {
  readonly #slotsByAddress = new Map<Hex, Set<Hex>>()

  override async putAccount(address: Address, account: Account | undefined): Promise<void> {
    this.#slotsOf(address)
    return super.putAccount(address, account)
  }

  override async putStorage(address: Address, slot: Uint8Array, value: Uint8Array): Promise<void> {
    this.#slotsOf(address).add(bytesToHex(slot))
    return super.putStorage(address, slot, value)
  }

  /** Every account that is there, sorted by address. */
  async accountStates(): Promise<readonly AccountState[]> {
    const states: AccountState[] = []
    for (const hex of [...this.#slotsByAddress.keys()].sort()) {
      const address = createAddressFromString(hex)
      const account = await this.getAccount(address)
      if (account === undefined) continue
      const code = bytesToHex(await this.getCode(address))
      const storage = await this.#storageOf(address, hex)
      states.push({ address: hex, nonce: account.nonce, balance: account.balance, code, storage })
    }
    return states
  }

  async #storageOf(address: Address, hex: Hex): Promise<AccountState["storage"]> {
    const storage: [Hex, Hex][] = []
    for (const slot of [...(this.#slotsByAddress.get(hex) ?? [])].sort()) {
      const value = await this.getStorage(address, hexToBytes(slot))
      if (value.length > 0) storage.push([slot, pad(bytesToHex(value), { size: 32 })])
    }
    return storage
  }

  #slotsOf(address: Address): Set<Hex> {
    const hex = bytesToHex(address.bytes)
    const known = this.#slotsByAddress.get(hex)
    if (known !== undefined) return known
    const slots = new Set<Hex>()
    this.#slotsByAddress.set(hex, slots)
    return slots
  }
}

import { Common, Hardfork, Mainnet, type StateManagerInterface } from "@ethereumjs/common"
import { MerkleStateManager } from "@ethereumjs/statemanager"
import { Account, KECCAK256_RLP, createAddressFromString } from "@ethereumjs/util"
import type { FlatState } from "./flatState.ts"
import { wordToBytes, wordToShortestBytes } from "./words.ts"

/** Copies every account, code and slot into an empty state manager of another kind. */
export const copyFlatState = async (state: FlatState, target: StateManagerInterface): Promise<void> => {
  for (const [key, flat] of state.accounts) {
    const address = createAddressFromString(`0x${key}`)
    await target.putAccount(address, new Account(flat.nonce, flat.balance, KECCAK256_RLP))
    if (flat.code.length > 0) await target.putCode(address, flat.code)
    for (const [slot, value] of flat.storage) {
      await target.putStorage(address, wordToBytes(slot), wordToShortestBytes(value))
    }
  }
}

/** Ethereum's Merkle Patricia root of a flat state, built from nothing: for checks, not for every block. */
export const computeStateRoot = async (state: FlatState): Promise<Uint8Array> => {
  const merkle = new MerkleStateManager({ common: new Common({ chain: Mainnet, hardfork: Hardfork.Cancun }) })
  await copyFlatState(state, merkle)
  return merkle.getStateRoot()
}

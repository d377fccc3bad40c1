/** Ethereum's Merkle Patricia root over a state, whichever engine holds it. */
import { Common, Hardfork, Mainnet } from "@ethereumjs/common"
import { MerkleStateManager } from "@ethereumjs/statemanager"
import { Account, createAddressFromString, hexToBytes, unpadBytes } from "@ethereumjs/util"
import { bytesToHex } from "viem"
import type { AccountState, Hex } from "./engine.ts"

/** Built from nothing: for checks, not for every block. */
export const stateRootOf = async (accounts: readonly AccountState[]): Promise<Hex> => {
  const merkle = new MerkleStateManager({ common: new Common({ chain: Mainnet, hardfork: Hardfork.Cancun }) })
  for (const account of accounts) await putAccountInto(merkle, account)
  return bytesToHex(await merkle.getStateRoot())
}

/** The account must not be there yet, or be without storage. */
export const putAccountInto = async (target: MerkleStateManager, account: AccountState): Promise<void> => {
  const address = createAddressFromString(account.address)
  await target.putAccount(address, new Account(account.nonce, account.balance))
  if (account.code !== "0x") await target.putCode(address, hexToBytes(account.code))
  for (const [slot, value] of account.storage)
    await target.putStorage(address, hexToBytes(slot), unpadBytes(hexToBytes(value)))
}

/** Between the flat state and accounts as every engine gives and takes them. */
import { Account, createAddressFromString, hexToBytes } from "@ethereumjs/util"
import { bytesToHex } from "viem"
import type { AccountState, Hex } from "../engine.ts"
import type { FlatAccount, FlatState } from "./flatState.ts"

const word = (value: bigint): Hex => `0x${value.toString(16).padStart(64, "0")}`

export const flatAccountStates = (state: FlatState): readonly AccountState[] =>
  [...state.accounts.keys()].sort().map((key) => {
    const { nonce, balance, code, storage } = state.accounts.get(key) as FlatAccount
    return {
      address: `0x${key}`,
      nonce,
      balance,
      code: bytesToHex(code),
      storage: [...storage.keys()]
        .sort((a, b) => (a < b ? -1 : 1))
        .map((slot) => [word(slot), word(storage.get(slot) as bigint)]),
    }
  })

export const putFlatAccount = async (state: FlatState, account: AccountState): Promise<void> => {
  const address = createAddressFromString(account.address)
  await state.deleteAccount(address)
  await state.putAccount(address, new Account(account.nonce, account.balance))
  if (account.code !== "0x") await state.putCode(address, hexToBytes(account.code))
  const key = account.address.slice(2).toLowerCase()
  for (const [slot, value] of account.storage) state.setSlot(key, BigInt(slot), BigInt(value))
  state.endTransaction()
}
